-- Members and cadres, with the effort that their work follows, and every unit of the county.

create or replace temp table member as
with listed as (
    select code as parent, type, party, economy, unnest(range(1, members + 1)) as number
    from organisation
), keyed as (
    select *, parent || 'M' || padded(number, 4) as code,
        draw(draw(key_of(parent), 11) + number, 12) as key
    from listed
)
select code, parent, type, key,
    0.5 * party + 0.87 * bell(draw(key, 1)) as effort,
    draw(key, 2) % 40 = 0 as probationary,
    party, economy
from keyed
order by code;

create or replace temp table cadre as
select t.code || 'L' || post.number as code, t.code as parent, post.peer_group,
    t.name || post.name as name, key_of(t.code || 'L' || post.number) as key,
    0.7 * t.party + 0.6 * bell(draw(key_of(t.code || 'L' || post.number), 1)) as party,
    0.7 * t.economy + 0.6 * bell(draw(key_of(t.code || 'L' || post.number), 2)) as economy
from township t,
    (values (1, 'secretary', '党委书记'), (2, 'head', '乡镇长')) post(number, peer_group, name);

create or replace macro word(part, place) as
    getvariable(part)[1 + (place % len(getvariable(part)))::integer];

create or replace macro turn(part, place) as place // len(getvariable(part));

create or replace macro place_name(type, place) as case type
    when 'village' then word('village_front', place)
        || word('village_back', place + turn('village_front', place)) || '党支部'
    when 'community' then word('community_front', place)
        || word('community_back', place + turn('community_front', place)) || '党支部'
    when 'enterprise' then word('firm_front', place)
        || word('firm_back', place + turn('firm_front', place)) || '党支部'
    else word('organ_front', place) || word('organ_back', place + turn('organ_front', place))
        || '第' || (1 + place) || '党支部'
end;

create or replace temp view out_units as
with listed as (
    select getvariable('county') as unit, getvariable('county_name') || '县委' as name,
        'organisation' as kind, 'county' as level, 'county' as peer_group, null as parent,
        true as graded
    union all
    select code, name || if(name like '%街道', '党工委', '党委'), 'organisation', 'township', type,
        getvariable('county'), true
    from township
    union all
    select code, name, 'cadre', 'township', peer_group, parent, true from cadre
    union all
    select code, place_name(type, place), 'organisation', level, type, parent, true
    from organisation
    union all
    select code, word('family', draw(key, 3)) || if(draw(key, 4) % 4 = 0, '',
            word('given_first', draw(key, 5))) || word('given_second', draw(key, 6)),
        'member', 'person', getvariable('county'), parent, not probationary
    from member
    union all
    select code, name, 'area', level, if(level = 'county', 'county', ''), parent, level = 'county'
    from area
)
select unit, name || '（演示）' as name, kind, level, nullif(peer_group, '') as peer_group, parent,
    if(graded, 'yes', 'no') as graded
from listed
order by unit;
