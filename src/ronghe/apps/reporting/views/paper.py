"""Pages for an objection entered on a secretary's behalf."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from ronghe.apps.records.selectors.evidence import path_of
from ronghe.apps.records.uploads import ENDINGS
from ronghe.apps.records.views.files import handed_out
from ronghe.apps.reporting.forms import PaperObjectionForm
from ronghe.apps.reporting.selectors import paper as selectors
from ronghe.apps.reporting.selectors import reports as reading
from ronghe.apps.reporting.services import paper as services
from ronghe.ui.forms import form_page


@login_required
def object_on_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter an objection that the assessed made on paper or by word."""
    report = reading.report_held_by(request.user, pk)
    sent = (request.POST or None, request.FILES or None)
    form = PaperObjectionForm(*sent, endings=ENDINGS, megabytes=settings.RONGHE_EVIDENCE_MB)
    url = report.get_absolute_url()
    return form_page(
        request,
        form,
        save=lambda **given: services.object_on_paper(report, by=request.user, **given),
        done=_("异议已代录，答复之前不会签批。"),
        to=lambda made: made.get_absolute_url(),
        title=_("代录异议：%(report)s") % {"report": report},
        explained=_(
            "书记没有账号，或者书面、口头提出的，由您照录；按收到日期算是否在异议期内。"
            "代录的人、点评的人和录票的人都不答复。"
        ),
        submit=_("提出异议"),
        back=url,
        files=True,
    )


@login_required
def paper_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the file of an objection that was entered on somebody's behalf."""
    found = selectors.paper_visible_to(request.user, pk)
    return handed_out(path_of(found.digest, services.SHELF), found.name, found.ending)
