"""A store for measuring: members in counties of one shape, fourteen records each on average."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import duckdb

from ronghe.analysis.scoring.tallies import Bounds
from ronghe.engine.store import ABOVE, Kind, Part, part_folder, write_manifest

IN_BRANCH, BRANCHES, TOWNSHIPS = 19, 138, 13
COUNTY = IN_BRANCH * BRANCHES * TOWNSHIPS
"""Members of a county: 34,086, as in a country of a hundred million."""

KINDS = 30

_PEOPLE = """
select m, b, 'B' || lpad(cast(b as varchar), 4, '0') as branch,
  'B' || lpad(cast(b as varchar), 4, '0') || 'M' || lpad(cast(m % {in_branch} as varchar), 2, '0')
  as member, case when m % 3 = 0 then '机关' else '农村' end as kind
from (select m, m // {in_branch} as b from range({county}) as r(m)) order by m
"""

_EVENTS = """
select m, member, 'R' || row_number() over (order by m, j) as record,
  cast(h % {kinds} as integer) as kind, cast((h >> 8) % 365 as integer) as day,
  cast((h >> 20) % 100 as integer) as quantity, cast((h >> 40) % 6 as integer) as quality,
  cast((h >> 50) % 5 as integer) as verified
from (select m, member, j, hash(m * 64 + j) as h from
  (select m, member, unnest(range(8 + cast(hash(m) % 13 as integer))) as j from people) as each)
order by m, j
"""

_UNITS = """
select '{code}' as unit, '第{code}县' as name, 'organisation' as kind, 'county' as level,
  '' as peer_group, '{province}' as parent, true as graded
union all select distinct '{code}T' || lpad(cast(b // {branches} as varchar), 2, '0'),
  '乡镇' || b // {branches}, 'organisation', 'township', '', '{code}', true from mine
union all select distinct '{code}' || branch, '支部' || b, 'organisation', 'branch', '',
  '{code}T' || lpad(cast(b // {branches} as varchar), 2, '0'), true from mine
union all select '{code}' || member, '党员' || m, 'member', 'person', '{code}/' || kind,
  '{code}' || branch, true from mine
order by unit
"""

_RECORDS = """
select '{code}' || record as record, '{code}' || member as unit,
  [{names}][(kind + {number}) % {kinds} + 1] as kind, date '2025-01-01' + day as day,
  cast(((quantity + 7 * {number}) % 100 + 1) * 1000 as bigint) as quantity,
  cast((quality + {number}) % 6 as bigint) as quality, cast(null as varchar) as object,
  (verified + {number}) % 5 <> 0 as verified, cast(null as varchar) as source
from events where m < {most}
"""


def make_store(members: int, folder: Path, workers: int = 2) -> None:
    """Write a store of so many members; the same number gives the same files.

    All counties have the same people, their figures shifted by the county's number.
    """
    con = duckdb.connect(config={"threads": 1})
    con.execute(f"create table people as {_PEOPLE.format(in_branch=IN_BRANCH, county=COUNTY)}")
    con.execute(f"create table events as {_EVENTS.format(kinds=KINDS)}")
    counties = range(-(-members // COUNTY))
    with ThreadPoolExecutor(workers) as pool:
        parts = list(pool.map(partial(_county, con, folder, members), counties))
    provinces = sorted({number // 90 for number in counties})
    above = " union all ".join(
        f"select '{_province(p)}' as unit, '第{p:02}省' as name, 'organisation' as kind,"
        " 'province' as level, '' as peer_group, 'N' as parent, true as graded"
        for p in [number * 90 for number in provinces]
    )
    nation = (
        "select 'N' as unit, '全国' as name, 'organisation' as kind, 'country' as level,"
        " '' as peer_group, cast(null as varchar) as parent, true as graded"
    )
    files = _files(con, folder, ABOVE, {"units": f"{nation} union all {above}"})
    parts.append(Part(folder, ABOVE, "", len(provinces) + 1, "N", "P~", files))
    rows = sum(part.files["records"][0] for part in parts if "records" in part.files)
    kinds = {
        f"work_{k:02}": Kind(rows // KINDS, "2025-01-01", "2025-12-31", 0) for k in range(KINDS)
    }
    write_manifest(folder, "county", parts, kinds, Bounds(20, 100_000), [])


def _province(county: int) -> str:
    return f"P{county // 90:02}"


def _county(con: duckdb.DuckDBPyConnection, folder: Path, members: int, number: int) -> Part:
    code = f"C{number:04}"
    most = min(COUNTY, members - number * COUNTY)
    values = {
        "number": number, "code": code, "province": _province(number), "kinds": KINDS,
        "branches": BRANCHES, "names": ", ".join(f"'work_{k:02}'" for k in range(KINDS)),
        "most": most,
    }  # fmt: skip
    mine = f"with mine as (select * from people where m < {most}) "
    queries = {"units": mine + _UNITS.format(**values), "records": _RECORDS.format(**values)}
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
