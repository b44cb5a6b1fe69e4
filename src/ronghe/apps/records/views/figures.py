"""Pages of measures: what a business delivers of its own."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ronghe.apps.records import forms, services
from ronghe.apps.records.selectors.own_figures import asked_of, business_delivering
from ronghe.ui.forms import form_page


@login_required
def own_figures(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a business deliver what is asked of every business, of itself."""
    business = business_delivering(request.user, pk)
    form = forms.OwnFiguresForm(
        request.POST or None, asked=asked_of(business, timezone.localdate())
    )

    def save(source: str, **_said: Any) -> Any:
        amounts = form.amounts()
        if not amounts:
            raise ValidationError(_("请至少填一项；没有的空着。"))
        return services.deliver_own(business, amounts, source=source, by=request.user)

    return form_page(
        request,
        form,
        save=save,
        done=_("已报送；各部门共用，不用再报第二次。"),
        to=reverse("registry:node", args=[pk]),
        title=_("报送本单位数据：%(name)s") % {"name": business.name},
        explained=_("只报这里列出的；没有的空着，不要填0。改了数重新报送，原来的照旧可查。"),
        submit=_("报送"),
        back=reverse("registry:node", args=[pk]),
    )
