-- Measures and targets of both years, votes and expert scores.

create or replace temp table subject as
select code, 'township' as type, key, party, economy, members
from township join (
    select township, sum(members) as members
    from (select left(parent, length(getvariable('county')) + 2) as township, members
        from organisation where type <> 'organ')
    group by township
) size on size.township = township.code
union all
select code, type, key, party, economy, members from organisation
union all
select code, 'cadre', key, party, economy, 1 from cadre
union all
select code, 'county', key_of(code), bell(draw(key_of(code), 1)), bell(draw(key_of(code), 2)), 1
from area where level = 'county';

create or replace temp table figure as
with relative as (
    select *, members / avg(members) over (partition by type) as size from subject
), drawn as (
    select s.code, s.economy as strength, s.size, m.* exclude (size),
        m.size as power, draw(s.key, 100 + m.number) as noise,
        draw(s.key, 300 + m.number) as luck, draw(s.key, 500 + m.number) as aim,
        m.party * s.party + m.economy * s.economy as pull
    from relative s join measure_kinds m using (type)
), before as (
    select *, case form
        when 'amount' then base * pow(size, power) * exp(spread * (0.8 * pull + 0.45 * bell(noise)))
        else greatest(low, least(high, base + spread * (0.8 * pull + 0.45 * bell(noise)))) end
        as earlier
    from drawn
), both_years as (
    select *, case form
        when 'amount' then
            earlier * (1 + growth / 100 + 0.03 * economy * strength + 0.04 * bell(luck))
        else greatest(low, least(high, earlier + growth + 0.2 * spread * bell(luck))) end as later
    from before
)
select code, measure, digits, target_rise, target_level, source, aim,
    round(earlier, digits) as earlier, round(later, digits) as later
from both_years;

create or replace temp table measure_row as
select code as unit, measure, unnest([getvariable('year') - 1, getvariable('year')]) as period,
    unnest([earlier, later])::decimal(18, 6) as value, '演示数据·' || source as source
from figure;

create or replace temp view out_measures as
select unit, measure, period::varchar as period, value, source
from measure_row
order by unit, measure, period;

create or replace temp view out_targets as
with both_years as (
    select code as unit, measure, source,
        unnest([getvariable('year') - 1, getvariable('year')]) as period,
        unnest([
            coalesce(target_level, earlier * (1 + (aim % 9 - 4) / 100.0::double)),
            coalesce(target_level, earlier * (1 + target_rise / 100))
        ]) as value, digits
    from figure
    where target_rise is not null or target_level is not null
)
select unit, measure, period::varchar as period,
    greatest(round(value, digits), pow(10, -digits))::decimal(18, 6) as value,
    '演示数据·年度目标责任书' as source
from both_years
order by unit, measure, period;

-- Votes fall on four grades; the better a unit is led, the more on the first two.
create or replace temp table voted as
with leaning as (
    select b.*, s.code, s.key, greatest(3, least(b.voters, if(b.type = 'township', 999, 80))) as cast_,
        0.8 * b.party * s.party + 0.45 * bell(draw(s.key, 700 + b.number)) as mood
    from subject s join ballot_kinds b using (type)
    union all
    select b.*, m.code, m.key, b.voters - pick(draw(m.key, 20), 5),
        b.party * m.effort + 0.6 * bell(draw(m.key, 700 + b.number))
    from member m join ballot_kinds b on b.type = 'member'
), shares as (
    select *, greatest(0.05, least(0.97, 0.58 + 0.2 * mood)) as best,
        greatest(0.3, least(1.0, 0.8 + 0.18 * mood)) as second from leaning
), counted as (
    select *, round(cast_ * best)::integer as n1 from shares
), counted_on as (
    select *, ceil((cast_ - n1) * second)::integer as raw2 from counted
), counted_all as (
    select *, least(raw2, cast_ - n1) as n2, (cast_ - n1 - least(raw2, cast_ - n1)) as rest
    from counted_on
)
select ballot, code as unit, voter_group, scale,
    [n1, n2, rest - rest // 3, rest // 3] as votes
from counted_all;

create or replace temp view out_ballots as
select ballot, unit, voter_group,
    if(scale = 'good', ['好', '较好', '一般', '差'], ['优秀', '合格', '基本合格', '不合格'])[place]
        as grade,
    votes[place] as votes
from voted, (values (1), (2), (3), (4)) grades(place)
where votes[place] > 0
order by unit, ballot, voter_group, place;

create or replace temp table judged as
select p.panel, s.code as unit, 'E' || e.number as expert, e.number,
    p.base + p.party * s.party + p.economy * s.economy + 2.2 * bell(draw(s.key, 800 + e.number))
        + 1.5 * bell(draw(key_of(p.panel), e.number)) as score
from subject s join panel_kinds p using (type), (select unnest(range(1, 8)) as number) e
where e.number <= p.experts;

create or replace temp view out_expert_scores as
select panel, unit, expert,
    greatest(40, least(100, round(score
        + if(getvariable('first') and panel = 'township_panel' and number = 7, 9, 0), 1)))
        ::decimal(6, 1) as score
from judged
order by panel, unit, expert;
