-- The tables of `tables/` in the forms that the other scripts join.

create or replace temp table measure_kinds as
select row_number() over () as number, * replace (digits::integer as digits) from measures_table;

create or replace temp table ballot_kinds as
select row_number() over () as number, * from ballots_table;

create or replace temp table panel_kinds as
select row_number() over () as number, * from panels_table;

create or replace temp table work_kinds as
select row_number() over () as number, * from works_table;

create or replace temp table townships as select * from townships_table;

create or replace temp table record_kinds as select * from kinds_table;

-- What a member of a kind of branch does: 32 slots for each kind of branch.
create or replace temp table mix as
select type, kind, row_number() over (partition by type) - 1 as slot
from (select type, kind, unnest(range(slots)) from mix_table);

-- When a kind of work falls: 24 slots for each kind.
create or replace temp table seasons as
select kind, slot, string_split(months, ' ')[1 + slot % len(string_split(months, ' '))]::integer
    as month
from kinds_table, (select unnest(range(24)) as slot);
