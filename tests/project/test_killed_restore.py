"""A restore that is killed with signal 9 between its renamings leaves all as it was, or done."""

from __future__ import annotations

import pytest

from trial_jobs.fatal import FATAL

RESTORE = "ronghe.project.keeping.restore"
CHANGED = "from ronghe.apps.registry.models import Node; Node.objects.update(name='改过的')"


@pytest.mark.parametrize(
    ("point", "undone"), [("Moves._rename:2", True), ("_put_database:1", False)]
)
def test_a_killed_restore_is_undone_or_whole(installation, tmp_path, point, undone):
    home, file = installation.home, tmp_path / "b.zip"
    (home / "files").mkdir(exist_ok=True)
    (home / "files" / "kept").write_text("before")
    installation.run("backup", str(file))
    installation.run("manage", "shell", "-v", "0", "-c", CHANGED)
    (home / "files" / "kept").write_text("after")

    installation.environment[FATAL] = f"{RESTORE}:{point}"
    installation.start("restore", str(file), "--replace").wait(120)
    assert (home / "killed").exists()
    installation.run("audit", "verify")

    names = installation.rows("SELECT DISTINCT name FROM registry_node ORDER BY 1 LIMIT 2")
    assert (names == [("改过的",)]) is undone
    assert (home / "files" / "kept").read_text() == ("after" if undone else "before")
    assert not list(home.glob("restoring*"))
    assert not list(home.glob(".restoring*"))
    assert undone or list(home.glob("before-restore-*/*"))
