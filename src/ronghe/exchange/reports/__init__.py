"""Reports of a run: a page, a workbook and an official notice, drawn from the run folder alone.

The same run folder gives the same bytes: no clock is read, dates are those of the scheme's
period. What each report shows is in ``docs/reference/reports.md``.
"""

from __future__ import annotations

from pathlib import Path

from ronghe.exchange.reports.folder import open_run
from ronghe.exchange.reports.labels import Labels
from ronghe.exchange.reports.notice import write_notice
from ronghe.exchange.reports.page import write_page
from ronghe.exchange.reports.workbook import write_workbook
from ronghe.wording import Language

__all__ = ["write_reports"]


def write_reports(folder: Path, language: Language) -> None:
    """Write ``report.html``, ``report.xlsx`` and ``report.docx`` into a run folder.

    Parameters
    ----------
    folder
        What ``ronghe appraise`` left: ``run.json``, ``results.parquet`` and ``inputs/``.
    language
        Of everything but the words of the scheme and the data, which are as they were written.

    Raises
    ------
    ProblemsError
        no-such-run: there is no run in the folder.
    """
    with open_run(folder) as run:
        say = Labels(language)
        write_page(run, say, folder / "report.html")
        write_workbook(run, say, folder / "report.xlsx")
        write_notice(run, say, folder / "report.docx")
