"""``ronghe manage found_county``: begin a county with its first administrator."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from ronghe.apps.accounts.services.founding import found


class Command(BaseCommand):
    """Prints the administrator's password, which is shown this once."""

    help = "建立县（市、区）及其第一个系统管理员 · begin a county with its first administrator"

    def add_arguments(self, parser: CommandParser) -> None:
        """Add code and name of the county, sign-in name and name of the administrator."""
        parser.add_argument("code", help="县的代码 · the county's code, such as 130534")
        parser.add_argument("county", help="县的名称 · the county's name")
        parser.add_argument("username", help="管理员登录名 · the administrator's sign-in name")
        parser.add_argument("name", help="管理员姓名 · the administrator's name")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Begin the county."""
        given = {name: options[name] for name in ("code", "county", "username", "name")}
        try:
            password = found(**given)
        except ValidationError as refusal:
            raise CommandError("\n".join(refusal.messages)) from refusal
        self.stdout.write(f"{given['username']}: {password}")
