"""演示: a fictitious county with a person in each role, to try everything on."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone, translation

from ronghe.apps.access import Role
from ronghe.apps.accounts.models import Delegation, Post, User
from ronghe.apps.accounts.services.people import one_time_password
from ronghe.apps.members.models import Belonging, Member, Relation, Stage, StageChange
from ronghe.apps.registry.models import Kind, Level, Node, ParentLink
from ronghe.apps.registry.services import found_county

CODE = "DEMO"
FILE = "demo-accounts.json"


@dataclass(frozen=True, slots=True)
class Person:
    """A demonstration account: sign-in name, name, and the posts as (role, code of the node)."""

    username: str
    name: str
    posts: tuple[tuple[Role, str], ...]


# Code, name, kind, level, code of the parent.
NODES = (
    ("DEMO-D1", "清河县统计局", Kind.DEPARTMENT, Level.COUNTY, CODE),
    ("DEMO-T1", "柳林镇", Kind.TOWNSHIP, Level.TOWNSHIP, CODE),
    ("DEMO-T2", "石桥乡", Kind.TOWNSHIP, Level.TOWNSHIP, CODE),
    ("DEMO-V1", "枣树村", Kind.VILLAGE, Level.GRASS_ROOTS, "DEMO-T1"),
    ("DEMO-B1", "枣树村党支部", Kind.BRANCH, Level.GRASS_ROOTS, "DEMO-V1"),
    ("DEMO-V2", "河湾社区", Kind.VILLAGE, Level.GRASS_ROOTS, "DEMO-T1"),
    ("DEMO-B2", "河湾社区党支部", Kind.BRANCH, Level.GRASS_ROOTS, "DEMO-V2"),
    ("DEMO-E1", "清河果品加工厂", Kind.ENTERPRISE, Level.GRASS_ROOTS, "DEMO-T1"),
    ("DEMO-V3", "青石村", Kind.VILLAGE, Level.GRASS_ROOTS, "DEMO-T2"),
    ("DEMO-B3", "青石村党支部", Kind.BRANCH, Level.GRASS_ROOTS, "DEMO-V3"),
)

PEOPLE = (
    Person("xitong", "高明远", ((Role.ADMINISTRATOR, CODE),)),
    Person("kaohe", "沈静", ((Role.APPRAISAL_OFFICE, CODE),)),
    Person("zuzhi", "周立新", ((Role.ORGANISATION, CODE),)),
    Person("shegong", "林晓", ((Role.SOCIAL_WORK, CODE),)),
    Person("tongji", "孙有数", ((Role.DATA_DEPARTMENT, "DEMO-D1"),)),
    Person("liulin", "赵建国", ((Role.PARTY_SECRETARY, "DEMO-T1"),)),
    Person("xiangzhen", "钱敏", ((Role.TOWNSHIP_OFFICER, "DEMO-T1"),)),
    Person("zhishu", "李长山", ((Role.BRANCH_SECRETARY, "DEMO-B1"), (Role.MEMBER, "DEMO-B1"))),
    Person("zuwei", "吴秀英", ((Role.ORGANISATION_OFFICER, "DEMO-B1"), (Role.MEMBER, "DEMO-B1"))),
    Person("dangyuan", "郑小满", ((Role.MEMBER, "DEMO-B1"),)),
    Person("qiye", "王加工", ((Role.ENTERPRISE, "DEMO-E1"),)),
    Person("zhuanjia", "冯知远", ((Role.EXPERT, CODE),)),
    Person("jumin", "陈大妈", ((Role.RESIDENT, "DEMO-V2"),)),
    Person("jijian", "秦正", ((Role.INSPECTOR, CODE),)),
    Person("xianling", "韩春", ((Role.COUNTY_LEADER, CODE),)),
    Person("chayue", "何平", ((Role.VIEWER, CODE),)),
)

# Name, code of the Party organisation, stage, code of where the person floats to if anywhere.
ROSTER = (
    ("李长山", "DEMO-B1", Stage.FULL, ""),
    ("吴秀英", "DEMO-B1", Stage.FULL, ""),
    ("郑小满", "DEMO-B1", Stage.FULL, ""),
    ("王远航", "DEMO-B1", Stage.FULL, "DEMO-B2"),
    ("刘春燕", "DEMO-B1", Stage.PROBATIONARY, ""),
    ("赵小禾", "DEMO-B1", Stage.ACTIVIST, ""),
    ("马树林", "DEMO-B2", Stage.FULL, ""),
    ("杨桂兰", "DEMO-B2", Stage.FULL, ""),
    ("孟河清", "DEMO-B2", Stage.TARGET, ""),
    ("石磊", "DEMO-B3", Stage.FULL, ""),
    ("石秀云", "DEMO-B3", Stage.APPLICANT, ""),
)


def accounts_file(home: Path) -> Path:
    """Return where the demonstration's password is kept for its owner to read."""
    return home / FILE


def load(home: Path) -> bool:
    """Load the demonstration once; return whether it was loaded now.

    Every account gets the same password, drawn anew for each installation and kept in a file
    that only its owner can read.
    """
    if Node.objects.filter(county=None, code=CODE).exists():
        return False
    password = one_time_password()
    handle = os.open(accounts_file(home), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as written:
        json.dump({"password": password}, written)
    with transaction.atomic():
        since = date(timezone.localdate().year - 1, 1, 1)
        nodes = _grow_tree(since)
        people = _open_accounts(nodes, password, since)
        _lend(people["zhishu"], people["xiangzhen"])
        _fill_roster(nodes, since)
    return True


def password_kept(home: Path) -> str:
    """Return the demonstration's password, empty where there is none."""
    file = accounts_file(home)
    return json.loads(file.read_text(encoding="utf-8"))["password"] if file.exists() else ""


def accounts(*, english: bool) -> list[str]:
    """Return a line for each account: sign-in name, name, roles."""
    with translation.override("en" if english else "zh-hans"):
        named = [(one, "、".join(str(role.label) for role, _code in one.posts)) for one in PEOPLE]
    return [f"  {one.username:<10} {one.name}  {roles}" for one, roles in named]


def _grow_tree(since: date) -> dict[str, Node]:
    nodes = {CODE: found_county(code=CODE, name="清河县", fictitious=True)}
    for code, name, kind, level, parent_code in NODES:
        parent = nodes[parent_code]
        node = Node.objects.create(
            code=code, name=name, kind=kind, level=level, county=nodes[CODE], fictitious=True
        )
        Node.objects.filter(pk=node.pk).update(path=f"{parent.path}{node.pk}/")
        node.refresh_from_db()
        ParentLink.objects.create(child=node, parent=parent, since=since)
        nodes[code] = node
    return nodes


def _open_accounts(nodes: dict[str, Node], password: str, since: date) -> dict[str, User]:
    opened = {}
    until = timezone.localdate() + timedelta(days=500)
    for person in PEOPLE:
        user = User(username=person.username, name=person.name)
        user.set_password(password)
        user.save()
        opened[person.username] = user
        for role, code in person.posts:
            Post.objects.create(user=user, role=role, node=nodes[code], since=since, until=until)
    return opened


def _lend(principal: User, deputy: User) -> None:
    """Let the township officer act for the branch secretary, to show delegation."""
    post = Post.objects.get(user=principal, role=Role.BRANCH_SECRETARY)
    today = timezone.localdate()
    Delegation.objects.create(
        post=post, deputy=deputy, since=today, until=today + timedelta(days=90)
    )


def _fill_roster(nodes: dict[str, Node], since: date) -> None:
    """Put members on the roster, without numbers: made-up ones might be somebody's."""
    for name, code, stage, away in ROSTER:
        member = Member.objects.create(county=nodes[CODE], name=name, stage=stage)
        StageChange.objects.create(member=member, stage=stage, since=since)
        places = [(Relation.ORGANISATION, code), *([(Relation.FLOATING, away)] if away else [])]
        for relation, place in places:
            Belonging.objects.create(
                member=member, node=nodes[place], relation=relation, since=since
            )
