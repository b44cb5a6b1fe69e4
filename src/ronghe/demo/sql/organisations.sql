-- The organisations of one county: townships, then villages, communities, enterprises and organs.
-- Effort at Party building and economic strength are latent, correlated, and shared downwards.

create or replace temp table township as
with drawn as (
    select *, county || padded(number, 2) as code,
        key_of(county || 'township' || number) as key
    from (select *, getvariable('county') as county from townships)
), latent as (
    select *, bell(draw(key, 1)) as own, bell(draw(key, 2)) as other from drawn
)
select number, code, name, type, key,
    100 + pick(draw(key, 3), 60) as villages,
    if(type = 'industrial', 200, 70) as firms,
    if(getvariable('first'), coalesce(party, own), own) as party,
    if(getvariable('first'), coalesce(economy, 0.5 * own + 0.85 * other), 0.5 * own + 0.85 * other)
        as economy
from latent;

-- How many branches each township has: some at least, the others by weight.
create or replace temp table branch_count as
with weighted as (
    select t.number, t.code, t.party, t.economy, c.letter, c.branches, c.in_each,
        if(c.letter = 'B', t.villages, t.firms) as weight
    from township t, classes c
    where c.letter <> 'G'
), summed as (
    select *, sum(weight) over (partition by letter order by number) as upto,
        sum(weight) over (partition by letter) as total,
        count(*) over (partition by letter) as townships
    from weighted
)
select code as parent, letter, party, economy,
    (in_each + portion(branches - in_each * townships, upto - weight, upto, total))::bigint as many
from summed
union all
select getvariable('county'), letter, 0, 0, branches from classes where letter = 'G';

create or replace temp table branch as
with listed as (
    select *, unnest(range(1, many + 1)) as number from branch_count
), coded as (
    select *, parent || letter || padded(number, greatest(2, length(many::varchar))) as code
    from listed
), keyed as (
    select *, key_of(code) as key from coded
)
select code, parent, letter, key,
    case letter when 'E' then 'enterprise' when 'G' then 'organ'
        else if(number % 6 = 0, 'community', 'village') end as type,
    0.55 * party + 0.8 * bell(draw(key, 1)) as party,
    0.5 * economy + 0.35 * bell(draw(key, 1)) + 0.75 * bell(draw(key, 2)) as economy,
    (1000 * exp(0.45 * bell(draw(key, 3))))::bigint as weight
from keyed;

-- Members fall to the branches of a class by weight, above a number that each has.
create or replace temp table organisation as
with summed as (
    select b.*, c.members as of_class, c.fewest, c.branches, c.level,
        sum(b.weight) over (partition by letter order by code) as upto,
        sum(b.weight) over (partition by letter) as total
    from branch b join classes c using (letter)
)
select code, parent, type, level, key, party, economy,
    row_number() over (partition by type order by code) - 1 as place,
    (fewest + portion(of_class - fewest * branches, upto - weight, upto, total))::bigint as members
from summed
order by code;
