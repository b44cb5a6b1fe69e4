"""A store for measuring: members in counties of one shape, fourteen records each on average."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import duckdb

from ronghe.engine.store import ABOVE, Kind, Part, part_folder, write_manifest

IN_BRANCH, BRANCHES, TOWNSHIPS = 19, 138, 13
COUNTY = IN_BRANCH * BRANCHES * TOWNSHIPS
"""Members of a county: 34,086, as in a country of a hundred million."""

KINDS = 30

_UNITS = """
with recursive numbers as (select cast(m as bigint) as m from range({first}, {last}) as r(m)),
branches as (select distinct (m - {first}) // {in_branch} as b from numbers),
townships as (select distinct b // {branches} as t from branches)
select '{code}' as unit, '第{code}县' as name, 'organisation' as kind, 'county' as level,
  '' as peer_group, 'P' || lpad(cast({number} // 90 as varchar), 2, '0') as parent, true as graded
union all select '{code}T' || lpad(cast(t as varchar), 2, '0'), '乡镇' || t, 'organisation',
  'township', '', '{code}', true from townships
union all select {branch}, '支部' || b, 'organisation', 'branch', '', '{code}T' ||
  lpad(cast(b // {branches} as varchar), 2, '0'), true from branches
union all select {member}, '党员' || m, 'member', 'person',
  '{code}/' || case when hash(m * 7) % 3 = 0 then '机关' else '农村' end, {branch}, true
  from (select m, (m - {first}) // {in_branch} as b from numbers) as members
order by unit
"""

_RECORDS = """
select 'R' || cast(m * 32 + j as varchar) as record, {member} as unit,
  'work_' || lpad(cast(h % {kinds} as varchar), 2, '0') as kind,
  date '2025-01-01' + cast((h >> 8) % 365 as integer) as day,
  cast(((h >> 20) % 100 + 1) * 1000 as bigint) as quantity,
  cast((h >> 40) % 6 as bigint) as quality, cast(null as varchar) as object,
  (h >> 50) % 5 <> 0 as verified, cast(null as varchar) as source
from (select m, j, (m - {first}) // {in_branch} as b, hash(m * 64 + j) as h from
  (select m, unnest(range(8 + cast(hash(m) % 13 as integer))) as j
   from range({first}, {last}) as r(m)) as each) as hashed
"""


def make_store(members: int, folder: Path, workers: int = 2) -> None:
    """Write a store of so many members; the same number gives the same files."""
    counties = [
        (i, i * COUNTY, min(members, (i + 1) * COUNTY)) for i in range(-(-members // COUNTY))
    ]
    con = duckdb.connect(config={"threads": 1})
    with ThreadPoolExecutor(workers) as pool:
        parts = list(pool.map(partial(_county, con, folder), counties))
    provinces = sorted({number // 90 for number, *_ in counties})
    above = " union all ".join(
        f"select 'P{p:02}' as unit, '第{p:02}省' as name, 'organisation' as kind, 'province' as level,"
        " '' as peer_group, 'N' as parent, true as graded"
        for p in provinces
    )
    files = _files(
        con,
        folder,
        ABOVE,
        {
            "units": f"select 'N' as unit, '全国' as name,"
            " 'organisation' as kind, 'country' as level, '' as peer_group,"
            f" cast(null as varchar) as parent, true as graded union all {above}"
        },
    )
    parts.append(Part(folder, ABOVE, "", len(provinces) + 1, "N", f"P{provinces[-1]:02}", files))
    kinds = {
        f"work_{k:02}": Kind(members * 14 // KINDS, "2025-01-01", "2025-12-31", 0)
        for k in range(KINDS)
    }
    write_manifest(folder, "county", parts, kinds, [])


def _county(con: duckdb.DuckDBPyConnection, folder: Path, county: tuple[int, int, int]) -> Part:
    number, first, last = county
    code = f"C{number:04}"
    branch = f"'{code}B' || lpad(cast(b as varchar), 4, '0')"
    member = f"{branch} || 'M' || lpad(cast(m % {IN_BRANCH * 100} as varchar), 4, '0')"
    values = {
        "number": number, "first": first, "last": last, "code": code, "branch": branch,
        "member": member, "in_branch": IN_BRANCH, "branches": BRANCHES, "kinds": KINDS,
    }  # fmt: skip
    queries = {"units": _UNITS.format(**values), "records": _RECORDS.format(**values)}
    files = _files(con.cursor(), folder, code, queries)
    return Part(folder, code, f"第{code}县", files["units"][0], code, f"{code}~", files)


def _files(
    con: duckdb.DuckDBPyConnection, folder: Path, code: str, queries: dict[str, str]
) -> dict[str, tuple[int, str]]:
    where = part_folder(folder, code)
    where.mkdir(parents=True)
    files = {}
    for table, query in queries.items():
        path = where / f"{table}.parquet"
        rows = con.execute(
            f"copy ({query}) to '{path}' (format parquet, compression zstd, row_group_size 1000000)"
        ).fetchall()
        with path.open("rb") as content:
            files[table] = (rows[0][0], hashlib.file_digest(content, "sha256").hexdigest())
    return files
