"""What DuckDB and Spark read alike and take differently is made explicit."""

from __future__ import annotations

from ronghe.analysis.scoring.statements import Statement
from ronghe.engine.spark.translate import given, to_spark, translate


def test_totals_are_added_up_in_a_type_that_holds_them():
    query = "select cast(sum(x) as decimal(38,0)) as t, cast(sum(x) as bigint) as s from inputs"

    assert to_spark(query) == (
        "SELECT CAST(SUM(CAST(x AS DECIMAL(38, 0))) AS DECIMAL(38, 0)) AS t,"
        " CAST(SUM(x) AS BIGINT) AS s FROM inputs"
    )


def test_places_are_numbered_in_64_bits():
    query = "select row_number() over (partition by g order by x) * 1000 as p from inputs"

    assert "CAST(ROW_NUMBER() OVER (PARTITION BY g ORDER BY x NULLS LAST) AS BIGINT) * 1000" in (
        to_spark(query)
    )


def test_gaps_stand_last_whichever_way_things_are_ordered():
    ordered = to_spark("select x from t order by x, y desc")

    assert ordered == "SELECT x FROM t ORDER BY x NULLS LAST, y DESC"


def test_quotes_and_backslashes_in_texts_and_names_stay_what_they_are():
    query = """select 'it''s a \\ and "' as "a`b", "c""d" from t"""

    assert to_spark(query) == r"""SELECT 'it\'s a \\ and "' AS `a``b`, `c"d` FROM t"""


def test_the_tables_that_steps_read_and_do_not_make_have_to_be_given():
    steps = [
        Statement("inputs", "select * from units u left join (select * from records) as r on true"),
        Statement("peers", "with small as (select * from inputs) select * from small"),
    ]

    assert given(translate(steps)) == {"units", "records"}
