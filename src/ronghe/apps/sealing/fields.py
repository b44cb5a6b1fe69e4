"""A model field whose column holds ciphertext."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import FieldError
from django.db import models

from ronghe.apps.sealing.keys import ring


class SealedField(models.TextField):  # type: ignore[type-arg]
    """Text that is plain in Python and sealed in the database; empty stays empty.

    It cannot be searched or sorted by: keep a look-up digest beside it for finding.
    """

    @property
    def purpose(self) -> str:
        """Return the name of the column, to which the ciphertext is bound."""
        return f"{self.model._meta.label_lower}.{self.name}"

    def get_prep_value(self, value: Any) -> Any:
        """Seal on the way to the database."""
        text = super().get_prep_value(value)
        return ring().seal(text, purpose=self.purpose) if text else text

    def from_db_value(self, value: str | None, *_context: Any) -> str | None:
        """Open on the way from the database."""
        return ring().open(value, purpose=self.purpose) if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        """Refuse to search: equal texts are sealed differently each time."""
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        raise FieldError(f"{self.purpose} is sealed; search its look-up digest instead")
