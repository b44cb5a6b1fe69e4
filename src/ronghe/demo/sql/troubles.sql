-- What is wrong on purpose in the first county; docs/reference/generated-data.md lists it.

create or replace macro unit_at(place) as getvariable('county') || place;

-- A figure that never came.
delete from measure_row
where getvariable('first') and unit = unit_at('06') and measure = 'industrial_output'
    and period = getvariable('year');

-- Eighty records in the last four days of the year, hardly any checked, of little use to anyone.
create or replace temp table gamed_record as
select unit_at('05B04') as unit, 'case_solved' as kind, getvariable('year') as year, 9000 + n as number,
    make_date(getvariable('year'), 12, 28 + n % 4) as date, 1.0::double as quantity,
    n % 3 as quality, 'H' || padded(n % 9, 4) as served, n % 10 = 0 as verified,
    '诉求办理系统' as channel
from (select unnest(range(80))::integer as n)
where getvariable('first')
union all
-- A responsible safety accident in a township, a secretary punished in a village.
select unit_at('11'), 'safety_accident', getvariable('year'), 9900,
    make_date(getvariable('year'), 8, 17), 1, null, null, true, '县应急管理局'
where getvariable('first')
union all
select unit_at('08B03'), 'discipline_action', getvariable('year'), 9901,
    make_date(getvariable('year'), 6, 9), 1, null, null, true, '县纪委监委'
where getvariable('first');

create or replace temp view out_exemptions as
select 'member-appraisal' as scheme, unit_at('04B02M0003') as unit, indicator,
    '年满70周岁，本人申请，党支部同意（演示）' as reason
from (values ('task_quality'), ('served')) exempt(indicator)
where getvariable('first')
union all
select 'township-fusion', unit_at('10'), 'industrial_output', '重点生态功能区，不考核工业产值（演示）'
where getvariable('first')
order by unit, indicator;

-- Work still open: some of it late.
create or replace temp view out_open_items as
with listed as (
    select code || '-T1' as item, code as unit, 'target' as kind, '年度新增就业目标尚差部分' as title,
        'new_jobs' as counts_for, 6 + pick(draw(key, 30), 30) as quantity,
        if(getvariable('first') and code = unit_at('02'), make_date(getvariable('year'), 6, 30),
            make_date(getvariable('year'), 12, 31)) as due,
        '乡镇长' as owner
    from subject where type = 'township'
    union all
    select code || '-T2', code, 'task', '引进项目落地服务', 'project_landed', 1,
        make_date(getvariable('year'), 11 + pick(draw(key, 31), 2), 30), '分管副乡镇长'
    from subject where type = 'township' and draw(key, 32) % 2 = 0
    union all
    select code || '-C1', code, 'case', '群众诉求待办', 'case_solved', 1 + pick(draw(key, 33), 4),
        if(getvariable('first') and code = unit_at('12B01'), make_date(getvariable('year'), 9, 15),
            make_date(getvariable('year'), 12, 1 + pick(draw(key, 34), 28))), '村（社区）书记'
    from subject
    where type in ('village', 'community')
        and (draw(key, 35) % 3 = 0 or (getvariable('first') and code = unit_at('12B01')))
    union all
    select code || '-J1', code, 'target', '带动就业目标尚差部分', 'local_jobs',
        1 + pick(draw(key, 36), 5), make_date(getvariable('year'), 12, 31), '村（社区）书记'
    from subject where type in ('village', 'community') and draw(key, 37) % 2 = 0
    union all
    select code || '-C1', code, 'case', '包联企业诉求待办', 'case_solved', 1,
        make_date(getvariable('year'), 12, 20), '本人'
    from subject where type = 'cadre' and draw(key, 38) % 2 = 0
    union all
    select code || '-C1', code, 'case', '联系户诉求待办', 'case_solved', 1,
        make_date(getvariable('year'), 12, 1 + pick(draw(key, 39), 28)), '本人'
    from member where draw(key, 40) % 12 = 0
)
select item, unit, kind, title || '（演示）' as title, counts_for,
    quantity::decimal(12, 3) as quantity, due, owner
from listed
order by unit, item;

-- Totals as another run published them; a run of the township scheme replaces them.
create or replace temp view out_results as
with totals as (
    select code, 82 + 3 * (0.3 * party + 0.7 * economy) as total from township
)
select 'township-fusion' as scheme, unit, greatest(50, least(100, round(total, 3)))
    ::decimal(8, 3) as total
from (
    select code as unit, total from totals
    union all
    select cadre.code, totals.total from cadre join totals on totals.code = cadre.parent
)
order by unit;
