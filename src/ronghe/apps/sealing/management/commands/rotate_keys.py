"""``ronghe manage rotate_keys``: seal everything anew with a new key."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from ronghe.apps.sealing.rotation import rotate


class Command(BaseCommand):
    """Prints how many values were sealed anew."""

    help = "更换密钥，重新加密 · add a key and seal everything anew with it"

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Rotate."""
        self.stdout.write(f"{rotate()}")
