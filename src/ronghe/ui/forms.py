"""What the forms of all apps share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.validators import FileExtensionValidator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ronghe.ui.doubts import NeedsReasonError


class DayField(forms.DateField):
    """A day, entered with the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        picker = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(widget=picker, input_formats=["%Y-%m-%d"], **kwargs)


class UploadField(forms.FileField):
    """A file (文件), with its kinds and greatest size said beside it and checked.

    What is inside is for the service to check: an ending is only a name.
    """

    def __init__(self, *, endings: Sequence[str], megabytes: int, **kwargs: Any) -> None:
        self.megabytes = megabytes
        limits = format_lazy(
            gettext_lazy("可用的文件：{endings}；不超过{megabytes} MB。"),
            endings=" ".join(endings),
            megabytes=megabytes,
        )
        super().__init__(
            validators=[FileExtensionValidator([one.lstrip(".") for one in endings])],
            widget=forms.FileInput(attrs={"accept": ",".join(endings)}),
            **{"help_text": limits, **kwargs},
        )

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Refuse what is larger than said."""
        if data and data.size > self.megabytes * 1024 * 1024:
            size = f"{data.size / 1024 / 1024:.1f}"
            limits = {"size": size, "most": self.megabytes}
            raise ValidationError(_("文件有%(size)s MB，最多%(most)d MB。") % limits)
        return super().clean(data, initial)


class ReasonForm(forms.Form):
    """A form whose service may ask for a reason; the field shows once it is asked for."""

    reason = forms.CharField(
        label=gettext_lazy("理由"), max_length=300, required=False, widget=forms.HiddenInput
    )


def take_errors(form: forms.Form, refusal: ValidationError) -> None:
    """Show what a service refused at the fields it is about, the rest above the form."""
    if isinstance(refusal, NeedsReasonError):
        form.fields["reason"].widget = forms.Textarea(attrs={"rows": 3})
        form.fields["reason"].help_text = _("确需这样办的，写明理由后再提交；理由会留存。")
    told = refusal.message_dict if hasattr(refusal, "error_dict") else {"": refusal.messages}
    for name, sentences in told.items():
        field = None if name in ("", NON_FIELD_ERRORS) or name not in form.fields else name
        for sentence in sentences:
            form.add_error(field, sentence)


def form_page(
    request: HttpRequest,
    form: forms.Form,
    *,
    save: Callable[..., Any],
    done: Any,
    to: str | Callable[[Any], str],
    template: str = "ui/form_page.html",
    **shown: Any,
) -> HttpResponse:
    """Show a form; once it is sent well, call a service with what it says and go on.

    What the service refuses shows at the fields it is about. ``done`` is the sentence said
    afterwards and ``to`` the address gone to; either may be a function of what was made.
    """
    if request.method == "POST" and form.is_valid():
        try:
            made = save(**form.cleaned_data)
        except ValidationError as refusal:
            take_errors(form, refusal)
        else:
            messages.success(request, str(done(made) if callable(done) else done))
            return redirect(to(made) if callable(to) else to)
    return render(request, template, {"form": form, **shown}, status=refused(request))


def refused(request: HttpRequest) -> int:
    """Return the status of a page with a form: 422 where what was sent has been refused."""
    return 422 if request.method == "POST" else 200


def back_or(request: HttpRequest, default: str) -> HttpResponseRedirect:
    """Go back to the page of ours that was posted as ``next``, else to the default address."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = default
    return HttpResponseRedirect(back)


def offer(form: forms.Form, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """Let a field of a form offer these choices."""
    cast(forms.ChoiceField, form.fields[name]).choices = list(choices)


def offer_rows(form: forms.Form, name: str, rows: Any) -> None:
    """Let a field of a form offer these rows of the database."""
    cast("forms.ModelChoiceField[Any]", form.fields[name]).queryset = rows


FEW = 60
"""Up to so many nodes are listed to choose from; of more, one is named."""


class NodeField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A node named by its name or code, with suggestions while one types.

    What a suggestion says, ``名称（代码）``, is understood as well as either alone.
    """

    def __init__(self, *, name: str, kinds: Iterable[str], **kwargs: Any) -> None:
        asked = urlencode([("field", name), *(("kind", kind) for kind in kinds)])
        suggestions = f"list_{name}"
        attributes = {
            "list": suggestions,
            "autocomplete": "off",
            "hx-get": f"{reverse('registry:suggest')}?{asked}",
            "hx-target": f"#{suggestions}",
            "hx-trigger": "input changed delay:250ms",
        }
        super().__init__(widget=forms.TextInput(attrs=attributes), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Show a node by its label, also where a link named it by its id; words as they were."""
        if str(value or "").isdecimal() and (named := self._by_id(str(value))):
            value = named
        return node_label(value) if hasattr(value, "code") else value

    def to_python(self, value: Any) -> Any:
        """Return the one node that is meant; refuse where there is none or several."""
        words = str(value or "").strip()
        if not words or self.queryset is None:
            return super().to_python(words)
        code = words.removesuffix("）").rpartition("（")[2]
        for meant in ({"code": code}, {"code": words}, {"name": words}, {"name__contains": words}):
            found = list(self.queryset.filter(**meant)[:2])
            if len(found) == 1:
                return found[0]
            if found:
                raise ValidationError(_("有几个组织都符合，请写明代码。"))
        if named := self._by_id(words):
            return named
        raise ValidationError(_("没有这个组织，或不在您的职务范围内。"))

    def _by_id(self, words: str) -> Any:
        """Return the node that a link names by its id, where no code is like that."""
        if not words.isdecimal() or self.queryset is None:
            return None
        if self.queryset.filter(code=words).exists():
            return None
        return self.queryset.filter(pk=int(words)).first()


def node_label(node: Any) -> str:
    """Return a node's name with its code."""
    return f"{node.name}（{node.code}）"


def offer_nodes(form: forms.Form, name: str, nodes: Any, *, kinds: Iterable[str] = ()) -> None:
    """Let a field offer these nodes of the tree: a few to choose from, many to be named.

    ``kinds`` narrow what is suggested for many, where the nodes are of some kinds only.
    """
    if nodes.count() > FEW:
        old = form.fields[name]
        form.fields[name] = NodeField(
            name=name,
            kinds=kinds,
            queryset=nodes,
            label=old.label,
            required=old.required,
            initial=old.initial,
            help_text=_("写出名称或代码的一部分，再从列出的里面选。"),
        )
        return
    offer_rows(form, name, nodes)
    cast(Any, form.fields[name]).label_from_instance = _indented


def _indented(node: Any) -> str:
    return f"{'　' * (node.path.count('/') - 1)}{node.name}"
