"""Rounds, what was entered for them, what was computed, appeals and improvement."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ronghe.apps.appraisal.models.schemes import Version
from ronghe.apps.appraisal.rounds import stages

STAGES = [
    (stages.Stage.OPEN, pgettext_lazy("round stage", "已建立")),
    (stages.Stage.COLLECTING, pgettext_lazy("round stage", "采集")),
    (stages.Stage.COMPUTING, pgettext_lazy("round stage", "计算")),
    (stages.Stage.REVIEW, pgettext_lazy("round stage", "审核")),
    (stages.Stage.DISCLOSED, pgettext_lazy("round stage", "反馈")),
    (stages.Stage.APPEALS, pgettext_lazy("round stage", "申诉处理")),
    (stages.Stage.PUBLICITY, pgettext_lazy("round stage", "公示")),
    (stages.Stage.SIGN_OFF, pgettext_lazy("round stage", "审定")),
    (stages.Stage.FINAL, pgettext_lazy("round stage", "定稿")),
    (stages.Stage.IMPROVEMENT, pgettext_lazy("round stage", "整改提升")),
    (stages.Stage.WITHDRAWN, pgettext_lazy("round stage", "已撤销")),
]


def _user(**more: object) -> models.ForeignKey:  # type: ignore[type-arg]
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        **more,  # type: ignore[arg-type]
    )


class Round(models.Model):
    """An appraisal round (考核轮次): a published version carried out on a period at a node.

    Its units are those below the node; of ``groups`` only where peer groups are named, of
    ``chosen`` where units are named by code.
    ``stage``, ``resume``, ``stale``, ``until`` and ``provisional`` are the state of
    `rounds.stages`; appeals are counted, publicity and signatures are those of procedures.
    ``collect_until`` is when inputs are due, ``disclosed`` the day from which the time for
    appeals is counted. ``run`` is the computation that holds. ``missing`` is what was missing
    when somebody last looked, for the desks: kind, code, title, supplier and how many units lack
    it under each township.
    """

    node = models.ForeignKey("registry.Node", models.PROTECT, related_name="+")
    version = models.ForeignKey(Version, models.PROTECT, related_name="rounds")
    groups = models.JSONField(default=list)
    chosen = models.JSONField(default=list)
    title = models.CharField(_("名称"), max_length=200)
    period = models.CharField(_("考核期"), max_length=20)
    stage = models.CharField(
        _("阶段"), max_length=20, choices=STAGES, default=stages.Stage.OPEN.value
    )
    resume = models.CharField(max_length=20, blank=True)
    stale = models.BooleanField(default=False)
    disclosed = models.DateField(null=True)
    until = models.DateField(null=True)
    provisional = models.BooleanField(default=False)
    collect_until = models.DateField(_("数据截止日"))
    opened_by = _user()
    opened_at = models.DateTimeField(auto_now_add=True)
    run = models.ForeignKey("Run", models.PROTECT, null=True, related_name="+")
    revision = models.PositiveIntegerField(default=0)
    missing = models.JSONField(default=list)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("appraisal:round", args=[self.pk])

    @property
    def county(self) -> Any:
        """Return the county it is held in."""
        return self.node.county or self.node

    @property
    def is_over(self) -> bool:
        """Tell whether nothing that counts can change any more."""
        return stages.Stage(self.stage) in stages.ENDED


class Run(models.Model):
    """A computation (计算) of a round: its folder holds the data it was made from.

    ``data_digest`` and ``result_digest`` are SHA-256 of the data and of the results' file;
    ``done`` is set once all results are in the tables.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="runs")
    number = models.PositiveIntegerField()
    by = _user()
    at = models.DateTimeField(auto_now_add=True)
    job = models.ForeignKey("desk.Job", models.SET_NULL, null=True, related_name="+")
    data_digest = models.CharField(max_length=64, blank=True)
    result_digest = models.CharField(max_length=64, blank=True)
    units = models.PositiveIntegerField(default=0)
    warnings = models.TextField(blank=True)
    done = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="appraisal_run_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.round_id}/{self.number}"

    @property
    def folder(self) -> Path:
        """Return where its data and results lie."""
        return Path(settings.HOME) / "rounds" / str(self.round_id) / str(self.number)


class Result(models.Model):
    """What a run says of one unit: thousandths of points; a grade is a proposal until signed.

    ``node`` is where the unit stands, ``member`` the person where it is one. ``scores`` holds
    the points of each indicator, None where it does not count. ``low``, ``high`` and ``band``
    are the rank interval and band, of organisations only.
    """

    run = models.ForeignKey(Run, models.CASCADE, related_name="results")
    unit = models.CharField(_("单位代码"), max_length=60)
    name = models.CharField(_("名称"), max_length=100)
    node = models.ForeignKey("registry.Node", models.PROTECT, related_name="+")
    member = models.ForeignKey("members.Member", models.PROTECT, null=True, related_name="+")
    group = models.CharField(_("分组"), max_length=60, blank=True)
    total = models.BigIntegerField(null=True)
    grade = models.CharField(max_length=40, blank=True)
    rank = models.PositiveIntegerField(null=True)
    low = models.PositiveIntegerField(null=True)
    high = models.PositiveIntegerField(null=True)
    band = models.PositiveIntegerField(null=True)
    previous = models.BigIntegerField(null=True)
    scores = models.JSONField(default=dict)

    class Meta:
        ordering = ["group", "name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["run", "unit"], name="appraisal_result_unit_once")
        ]

    def __str__(self) -> str:
        return self.name


class Votes(models.Model):
    """Democratic evaluation (民主测评) of a unit: how many votes of a group for a grade."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="votes")
    ballot = models.CharField(max_length=40)
    unit = models.CharField(max_length=60)
    group = models.CharField(max_length=60)
    grade = models.CharField(max_length=60)
    count = models.PositiveIntegerField()
    by = _user()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "ballot", "unit", "group", "grade"], name="appraisal_votes_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.ballot} {self.unit}"


class ExpertScore(models.Model):
    """The score (专家评分) that one expert gives a unit, in thousandths."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="expert_scores")
    panel = models.CharField(max_length=40)
    unit = models.CharField(max_length=60)
    expert = _user()
    score = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "panel", "unit", "expert"], name="appraisal_expertscore_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.panel} {self.unit}"


class Appeal(models.Model):
    """An appeal (申诉) against a result: what is wrong, what shows it, the answer with reasons."""

    class State(models.TextChoices):
        """Where an appeal stands."""

        OPEN = "open", pgettext_lazy("appeal", "待答复")
        UPHELD = "upheld", pgettext_lazy("appeal", "成立")
        REFUSED = "refused", pgettext_lazy("appeal", "不成立")

    result = models.ForeignKey(Result, models.PROTECT, related_name="appeals")
    indicator = models.CharField(max_length=40, blank=True)
    words = models.TextField(_("哪里不对"))
    evidence = models.TextField(_("依据"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.OPEN)
    by = _user()
    at = models.DateTimeField(auto_now_add=True)
    answer = models.TextField(_("答复和理由"), blank=True)
    answered_by = _user(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.result_id} {self.state}"


class AppealFile(models.Model):
    """A file (附件) that shows what an appeal says, kept by its digest outside the web root."""

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="files")
    name = models.CharField(max_length=100)
    ending = models.CharField(max_length=5)
    size = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Inquiry(models.Model):
    """An inquiry (转请核实): a department is asked whether its own input to a result is right.

    ``wrong`` is None until the department has answered; what was wrong it corrected in its
    figures or records. The appeal is decided by the office.
    """

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="inquiries")
    asked = models.ForeignKey("registry.Node", models.PROTECT, related_name="+")
    due = models.DateField(_("期限"))
    by = _user()
    at = models.DateTimeField(auto_now_add=True)
    wrong = models.BooleanField(_("核实结果"), null=True)
    statement = models.TextField(_("核实情况和理由"), blank=True)
    answered_by = _user(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["appeal", "asked"], name="appraisal_inquiry_once"),
            models.CheckConstraint(
                condition=Q(wrong__isnull=True) | ~Q(statement=""),
                name="appraisal_inquiry_answered_with_reasons",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.appeal_id} {self.asked_id}"

    @property
    def is_overdue(self) -> bool:
        """Tell whether the department has let the time pass without an answer."""
        return self.wrong is None and self.due < timezone.localdate()


class Sample(models.Model):
    """A draw (抽查) of a round's records at one place: who drew it checks none of them."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="samples")
    draw = models.OneToOneField("records.Draw", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.round_id} {self.draw_id}"


class Improvement(models.Model):
    """An improvement item (整改事项) that follows from lost points: who does what by when."""

    result = models.ForeignKey(Result, models.PROTECT, related_name="improvements")
    indicator = models.CharField(max_length=40)
    words = models.CharField(_("做什么"), max_length=300)
    owner = _user()
    due = models.DateField(_("期限"))
    done = models.DateField(_("办结日"), null=True)
    outcome = models.CharField(_("办得怎样"), max_length=300, blank=True)
    by = _user()

    class Meta:
        ordering = ["due", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done__isnull=True) | ~Q(outcome=""),
                name="appraisal_improvement_done_says_how",
            )
        ]

    def __str__(self) -> str:
        return self.words
