-- Records of both years: what members do, what organisations do.

-- Twice a year each member trains and takes part in organisational life; the rest is work.
create or replace temp view member_work as
with years as (
    select unnest([getvariable('year') - 1, getvariable('year')]) as year
), counted as (
    select m.code, m.key, m.type, m.effort, y.year,
        least(30, (2.08 * exp(0.6 * m.effort) + fraction(draw(m.key, y.year)))::integer) as works
    from member m, years y
), listed as (
    select *, unnest(range(1, 5 + works)) as number from counted
), keyed as (
    select * exclude (key), draw(key + number * 7919, year) as key from listed
)
select k.code, k.effort, k.year, k.number, k.key,
    case when k.number <= 2 then 'training_hours' when k.number <= 4 then 'life_attended'
        else x.kind end as kind
from keyed k join mix x on x.type = k.type and x.slot = draw(k.key, 1) % 32;

-- What happens a few times a year, or rarely: to organisations, cadres and members.
create or replace temp view rare_work as
with someone as (
    select code, type, key, party, economy from subject
    union all
    select code, 'member', key, effort, 0 from member
), years as (
    select unnest([getvariable('year') - 1, getvariable('year')]) as year
), counted as (
    select s.code, s.party as effort, y.year, w.kind, w.number as place,
        draw(s.key + w.number * 7919, y.year + 50) as key,
        w.mean * exp(w.party * s.party + w.economy * s.economy
            + 0.25 * bell(draw(s.key + w.number * 7919, y.year + 70))) as mean
    from someone s join work_kinds w using (type), years y
), listed as (
    select *, unnest(range(1, 1 + floor(mean + fraction(draw(key, 2)))::integer)) as number
    from counted
)
select code, effort, year, place * 100 + number as number, draw(key + number * 7919, 3) as key, kind
from listed;

create or replace temp view drawn_record as
select w.code as unit, w.kind, w.year, w.number,
    make_date(w.year, s.month, 1 + pick(draw(w.key, 4), 28)) as date,
    case when k.digits = 0 then k.least + pick(draw(w.key, 5), (k.most - k.least + 1))
        else k.least + pick(draw(w.key, 5), 2 * (k.most - k.least) + 1) / 2.0::double end
        as quantity,
    if(k.rated, greatest(0, least(5,
        round(3.7 + 0.5 * w.effort + 0.75 * bell(draw(w.key, 6)))))::integer, null) as quality,
    case k.object
        when 'household' then 'H' || padded(pick(draw(w.key, 7), 2400), 4)
        when 'firm' then 'Q' || padded(pick(draw(w.key, 7), 120), 3)
        when 'case' then if(draw(w.key, 8) % 3 = 0,
            'Q' || padded(pick(draw(w.key, 7), 120), 3),
            'H' || padded(pick(draw(w.key, 7), 2400), 4))
        end as served,
    draw(w.key, 9) % 100 < 90 as verified,
    k.channel
from (select * from member_work union all select * from rare_work) w
join seasons s on s.kind = w.kind and s.slot = draw(w.key, 10) % 24
join record_kinds k on k.kind = w.kind;

create or replace temp view out_records as
select unit || '-' || year % 100 || '-' || padded(number, 2) as record, unit, kind, date,
    quantity::decimal(12, 3) as quantity, quality,
    if(substr(unit, 1 + length(getvariable('county')), 1) = 'G', getvariable('county'),
        left(unit, length(getvariable('county')) + 2)) || '-' || served as object,
    if(verified, 'yes', 'no') as verified, '演示数据·' || channel as source
from (select * from drawn_record union all select * from gamed_record)
order by unit, date, record;
