"""HTML to PDF by WeasyPrint: nothing is fetched, from nowhere."""

from __future__ import annotations

from pathlib import Path


def write_pdf(path: Path, html: str) -> None:
    """Print a page of HTML that needs no other file.

    Raises
    ------
    OSError
        The machine lacks Pango, which ``ronghe doctor`` says.
    """
    from weasyprint import HTML  # slow to import, and not everywhere possible
    from weasyprint.urls import URLFetcher

    HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=[])).write_pdf(path)
