"""The demonstration's accounts: a person in each role."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone, translation

from ronghe.apps.access import Role
from ronghe.apps.accounts.models import Delegation, Post, User
from ronghe.project.demo.world import COUNTY, SINCE, World

TOWNSHIP, BRANCH, COMMUNITY, FIRM = "QH01", "QH01B01", "QH01V06", "QH01-Q002"
STATISTICS = "县统计局"


@dataclass(frozen=True, slots=True)
class Person:
    """A demonstration account: sign-in name, name, and the posts as (role, code of the node)."""

    username: str
    name: str
    posts: tuple[tuple[Role, str], ...]


PEOPLE = (
    Person("xitong", "高明远", ((Role.ADMINISTRATOR, COUNTY),)),
    Person("kaohe", "沈静", ((Role.APPRAISAL_OFFICE, COUNTY),)),
    Person("zuzhi", "周立新", ((Role.ORGANISATION, COUNTY),)),
    Person("shegong", "林晓", ((Role.SOCIAL_WORK, COUNTY),)),
    Person("tongji", "孙有数", ((Role.DATA_DEPARTMENT, STATISTICS),)),
    Person("liulin", "赵建国", ((Role.PARTY_SECRETARY, TOWNSHIP),)),
    Person("xiangzhen", "钱敏", ((Role.TOWNSHIP_OFFICER, TOWNSHIP),)),
    Person("zhishu", "李长山", ((Role.BRANCH_SECRETARY, BRANCH), (Role.MEMBER, BRANCH))),
    Person("zuwei", "吴秀英", ((Role.ORGANISATION_OFFICER, BRANCH), (Role.MEMBER, BRANCH))),
    Person("dangyuan", "郑小满", ((Role.MEMBER, BRANCH),)),
    Person("qiye", "王加工", ((Role.ENTERPRISE, FIRM),)),
    Person("zhuanjia", "冯知远", ((Role.EXPERT, COUNTY),)),
    Person("jumin", "陈大妈", ((Role.RESIDENT, COMMUNITY),)),
    Person("jijian", "秦正", ((Role.INSPECTOR, COUNTY),)),
    Person("xianling", "韩春", ((Role.COUNTY_LEADER, COUNTY),)),
    Person("chayue", "何平", ((Role.VIEWER, COUNTY),)),
)
"""Everybody who can sign in; those with the role of a member are on the roster too."""


def accounts(*, english: bool) -> list[str]:
    """Return a line for each account: sign-in name, name, roles."""
    with translation.override("en" if english else "zh-hans"):
        named = [(one, "、".join(str(role.label) for role, _code in one.posts)) for one in PEOPLE]
    return [f"  {one.username:<10} {one.name}  {roles}" for one, roles in named]


def load(world: World) -> None:
    """Open the accounts, all with the same password, and lend one post to show delegation."""
    until = timezone.localdate() + timedelta(days=500)
    named = {node.name: node for node in world.nodes.values() if node.kind == "department"}
    places = {**world.nodes, **named}
    for person in PEOPLE:
        user = User(username=person.username, name=person.name)
        user.set_password(world.password)
        user.save()
        world.people[person.username] = user
        for role, code in person.posts:
            Post.objects.create(user=user, role=role, node=places[code], since=SINCE, until=until)
    _lend(world.people["zhishu"], world.people["xiangzhen"])


def _lend(principal: User, deputy: User) -> None:
    """Let the township officer act for the branch secretary."""
    post = Post.objects.get(user=principal, role=Role.BRANCH_SECRETARY)
    today = timezone.localdate()
    Delegation.objects.create(
        post=post, deputy=deputy, since=today, until=today + timedelta(days=90)
    )
