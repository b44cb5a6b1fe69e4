"""``ronghe manage catalogue``: check the English catalogue, or bring it up to date."""

from __future__ import annotations

from typing import Any

import polib
from django.core.management.base import BaseCommand, CommandError, CommandParser

from ronghe.ui.catalogues import PACKAGE, missing_in, update

FILE = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
HEADER = {
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Language": "en",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}


class Command(BaseCommand):
    """Fails where an English text is missing or uncertain."""

    help = "Check that every text has its English; --update adds what is new."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add ``--update``."""
        parser.add_argument("--update", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Check, or update and say what is still to be translated."""
        catalogue = polib.pofile(str(FILE), wrapwidth=0) if FILE.exists() else polib.POFile()
        catalogue.wrapwidth = 0
        if options["update"]:
            catalogue.metadata = HEADER
            update(catalogue)
            FILE.parent.mkdir(parents=True, exist_ok=True)
            catalogue.save(str(FILE))
        missing = missing_in(catalogue)
        if missing:
            raise CommandError("\n".join(missing))
        self.stdout.write(f"{len(catalogue)} texts, all in English.")
