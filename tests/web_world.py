"""Two counties of the same shape, with a person in each role: what the web tests are about."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from django.utils import timezone

from ronghe.apps.access import Role

PASSWORD = "qing-he-2026"

PLACES = {
    Role.ADMINISTRATOR: "county",
    Role.APPRAISAL_OFFICE: "county",
    Role.ORGANISATION: "county",
    Role.SOCIAL_WORK: "county",
    Role.DATA_DEPARTMENT: "department",
    Role.PARTY_SECRETARY: "township",
    Role.TOWNSHIP_OFFICER: "township",
    Role.BRANCH_SECRETARY: "branch",
    Role.ORGANISATION_OFFICER: "branch",
    Role.MEMBER: "branch",
    Role.ENTERPRISE: "enterprise",
    Role.EXPERT: "county",
    Role.RESIDENT: "village",
    Role.INSPECTOR: "county",
    Role.COUNTY_LEADER: "county",
    Role.VIEWER: "county",
}
"""At which node of a county each role is held."""

SHAPE = (
    ("department", "department", 1, "county"),
    ("township", "township", 2, "county"),
    ("village", "village", 3, "township"),
    ("branch", "branch", 3, "village"),
    ("enterprise", "enterprise", 3, "township"),
    ("township_beside", "township", 2, "county"),
    ("village_beside", "village", 3, "township_beside"),
    ("branch_beside", "branch", 3, "village_beside"),
)


def days(number: int) -> date:
    """Return the day so many days from today."""
    return timezone.localdate() + timedelta(days=number)


@dataclass
class County:
    """A county: its nodes by name and its people by role."""

    name: str
    nodes: dict = field(default_factory=dict)
    people: dict = field(default_factory=dict)

    def __getitem__(self, role: Role):
        """Return the person in a role, as if just signed in."""
        from ronghe.apps.accounts.models import User

        return User.objects.get(pk=self.people[role].pk)

    def place_of(self, role: Role):
        """Return the node where a role is held."""
        return self.nodes[PLACES[role]]


def person(username: str, **more):
    """Make an account that can sign in with PASSWORD."""
    from ronghe.apps.accounts.models import User

    user = User(username=username, name=more.pop("name", username), **more)
    user.set_password(PASSWORD)
    user.save()
    return user


def post(user, role, node, *, since: int = -400, until: int | None = None):
    """Give a post from and until so many days from today, whoever gives it."""
    from ronghe.apps.accounts.models import Post

    end = None if until is None else days(until)
    return Post.objects.create(user=user, role=role, node=node, since=days(since), until=end)


def on_roster(node, *, stage="full", name="李大山"):
    """Put a member on the roster of an organisation, whoever registers."""
    from ronghe.apps.members.models import Belonging, Member, StageChange

    member = Member.objects.create(county=node.county or node, name=name, stage=stage)
    StageChange.objects.create(member=member, stage=stage, since=days(-400))
    Belonging.objects.create(member=member, node=node, relation="organisation", since=days(-400))
    return member


def business_below(node, *, kind="enterprise", code="business"):
    """Put a business into the tree, whoever adds it."""
    from ronghe.apps.registry.models import Node, ParentLink

    county = node.county or node
    made = Node.objects.create(code=code, name=code, kind=kind, level=3, county=county)
    Node.objects.filter(pk=made.pk).update(path=f"{node.path}{made.pk}/")
    ParentLink.objects.create(child=made, parent=node, since=days(-400))
    made.refresh_from_db()
    return made


def grow(name: str) -> County:
    """Make a county with its tree and a person in each role."""
    from ronghe.apps.registry.services import add_node, found_county

    county = County(name)
    county.nodes["county"] = found_county(code=name, name=name)
    for role in Role:
        county.people[role] = person(f"{name}-{role}")
    post(county.people[Role.ADMINISTRATOR], Role.ADMINISTRATOR, county.nodes["county"])
    for key, kind, level, parent in SHAPE:
        county.nodes[key] = add_node(
            parent=county.nodes[parent],
            code=key,
            name=f"{name} {key}",
            kind=kind,
            level=level,
            since=days(-400),
            by=county[Role.ADMINISTRATOR],
        )
    for role in set(Role) - {Role.ADMINISTRATOR}:
        post(county.people[role], role, county.place_of(role))
    return county


@pytest.fixture
def here(db) -> County:
    """The county the test is about."""
    return grow("here")


@pytest.fixture
def there(db) -> County:
    """Another county of the same installation."""
    return grow("there")


@pytest.fixture
def signed_in(client):
    """Return a function that signs somebody in, has seen the desk, and returns the browser."""
    from ronghe.apps.desk.items import items_for, remember

    def sign_in(user):
        client.force_login(user)
        session = client.session
        remember(session, len(items_for(user)))
        session.save()
        return client

    return sign_in
