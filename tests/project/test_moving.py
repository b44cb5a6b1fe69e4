"""The embedded database moves to PostgreSQL with every row, and numbers go on there."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connections

from keeping_world import another, contents, files_in, installed
from ronghe.analysis.errors import ProblemsError
from ronghe.apps.members.models import Member
from ronghe.apps.registry.models import Node
from ronghe.apps.sealing.fields import SealedField
from ronghe.project.keeping import backup, occupied, restore
from ronghe.project.keeping.databases import working_on
from ronghe.project.keeping.moving import move
from web_world import person


def test_everything_moves_to_postgresql_and_the_former_database_goes_out_of_the_way(
    filled, tmp_path, settings
):
    expected = contents()
    file = backup.back_up(tmp_path / "b.zip").file
    with another("postgresql", tmp_path) as target, installed("sqlite", tmp_path, settings) as home:
        restore.restore(file)
        files = files_in(home / "files")

        rows, aside = move(target)

        assert files_in(home / "files") == files
        assert not (home / "ronghe.sqlite3").exists()
        assert (aside / "ronghe.sqlite3").exists()
        with working_on(target):
            moved = contents()
            county = Node.objects.filter(county=None).first()
            last = Member.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
            made = Member.objects.create(county=county, name="new", stage="full")

    assert moved == expected
    assert rows == sum(len(part) for part in expected.values()) - sealed_columns(expected)
    assert made.pk > last


def sealed_columns(kept):
    """Return how many rows of ciphertext stand beside those of the tables."""
    sealed = [one for one in apps.get_models() if is_sealed(one)]
    return sum(len(kept[one._meta.label]) // 2 for one in sealed)


def is_sealed(model):
    return any(isinstance(one, SealedField) for one in model._meta.concrete_fields)


def test_a_database_in_which_somebody_has_an_account_is_no_target(filled, tmp_path, settings):
    with another("postgresql", tmp_path) as target:
        file = backup.back_up(tmp_path / "b.zip").file
        with working_on(target):
            restore.bring_up_to_date()
            person("already-there")
            before = contents()

        with installed("sqlite", tmp_path, settings) as home:
            restore.restore(file)
            with pytest.raises(ProblemsError) as refusal:
                move(target)
            assert (home / "ronghe.sqlite3").exists()

        with working_on(target):
            assert contents() == before

    assert [problem.code for problem in refusal.value.problems] == ["target-not-empty"]


def test_a_move_that_fails_leaves_both_databases_as_they_were(
    filled, tmp_path, settings, monkeypatch
):
    file = backup.back_up(tmp_path / "b.zip").file
    with another("postgresql", tmp_path) as target, installed("sqlite", tmp_path, settings) as home:
        restore.restore(file)
        monkeypatch.setattr(restore.tables, "set_last_id", fails)
        with pytest.raises(OSError, match="no space"):
            move(target)

        assert (home / "ronghe.sqlite3").exists()
        with working_on(target) as there:
            assert there.introspection.table_names() == []


def fails(*_arguments):
    raise OSError(28, "no space")


def test_nothing_moves_while_the_site_serves(transactional_db, tmp_path, settings):
    with (
        installed("sqlite", tmp_path, settings) as home,
        occupied.serving(home),
        pytest.raises(ProblemsError) as refusal,
    ):
        move({})

    assert [problem.code for problem in refusal.value.problems] == ["installation-in-use"]


def test_only_the_embedded_database_moves(transactional_db):
    if connections["default"].vendor == "sqlite":
        pytest.skip("this is the run on SQLite")

    with pytest.raises(ProblemsError) as refusal:
        move({})

    assert [problem.code for problem in refusal.value.problems] == ["move-from-embedded-only"]
