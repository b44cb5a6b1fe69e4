"""What searching finds among people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ronghe.apps.accounts.permissions import SEE_PEOPLE
from ronghe.apps.accounts.selectors import people_visible_to
from ronghe.apps.desk.search import Hit, Words, named


def people(user: Any, words: Words) -> Iterator[Hit]:
    """Find people with an account by name or initials, for those who may see them."""
    if not user.has_perm(SEE_PEOPLE):
        return
    for person in named(people_visible_to(user), words, more=("username",)):
        held = "、".join(str(post) for post in person.visible_posts if post.is_current())
        yield Hit(person.name, _("人员"), reverse("accounts:person", args=[person.pk]), held)
