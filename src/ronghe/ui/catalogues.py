"""English beside Chinese: finding what has to be translated, and compiling the catalogue.

Source strings are Chinese. They are found without any tool outside Python: in Python files by the
syntax tree, in templates by Django's own parser.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from django.template import Engine
from django.template.base import Node, NodeList, Template
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

PACKAGE = Path(__file__).resolve().parents[1]
CALLS = {
    "_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext",
    "pgettext_lazy",
}  # fmt: skip

_TAG = re.compile(r"\{[%{].*?[%}]\}")
_IN_TAG = re.compile(r'\b_\("([^"]+)"\)')


@dataclass(frozen=True, slots=True, order=True)
class Message:
    """A text to translate: itself, its plural and its context where it has them."""

    text: str
    plural: str = ""
    context: str = ""


def messages_in_package() -> dict[Message, str]:
    """Return every text of the web's Python files and templates, with one place it is in."""
    found: dict[Message, str] = {}
    for place in ("apps", "ui", "project"):
        for file in sorted((PACKAGE / place).rglob("*.py")):
            for message in _in_python(file.read_text(encoding="utf-8")):
                found.setdefault(message, str(file.relative_to(PACKAGE)))
        for file in sorted((PACKAGE / place).rglob("templates/**/*.html")):
            for message in _in_template(file.read_text(encoding="utf-8")):
                found.setdefault(message, str(file.relative_to(PACKAGE)))
    return found


def compile_all(folders: Iterable[Path]) -> None:
    """Compile each catalogue that is newer than what was compiled from it."""
    for folder in folders:
        for source in Path(folder).rglob("*.po"):
            target = source.with_suffix(".mo")
            if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
                polib.pofile(str(source)).save_as_mofile(str(target))


def missing_in(catalogue: polib.POFile) -> list[str]:
    """Return what is untranslated, uncertain or no longer in use, one line each."""
    wanted = messages_in_package()
    kept = {_key(entry): entry for entry in catalogue if not entry.obsolete}
    told = []
    for message, place in sorted(wanted.items()):
        entry = kept.get(message)
        if entry is None or not entry.translated():
            told.append(f"{place}: untranslated or fuzzy: {message.text}")
        elif _names(message.text) != _names(entry.msgstr or entry.msgstr_plural[1]):
            told.append(f"{place}: other placeholders: {message.text}")
    told += [f"no longer used: {one.text}" for one in sorted(kept.keys() - wanted.keys())]
    return told


def update(catalogue: polib.POFile) -> None:
    """Add what is new, empty, and drop what is no longer used; keep the order of the texts."""
    wanted = messages_in_package()
    kept = {_key(entry): entry for entry in catalogue}
    catalogue.clear()
    for message in sorted(wanted):
        entry = kept.get(message) or polib.POEntry(
            msgid=message.text,
            msgid_plural=message.plural,
            msgctxt=message.context or None,
            msgstr_plural={0: "", 1: ""} if message.plural else {},
        )
        catalogue.append(entry)


def _key(entry: polib.POEntry) -> Message:
    return Message(entry.msgid, entry.msgid_plural, entry.msgctxt or "")


def _names(text: str) -> set[str]:
    return set(re.findall(r"%\((\w+)\)", text))


def _in_python(source: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        name = node.func.id
        texts = [one.value for one in node.args if isinstance(one, ast.Constant)]
        words = [one for one in texts if isinstance(one, str)]
        if name not in CALLS or not words:
            continue
        if name.startswith("pgettext"):
            yield Message(words[1], context=words[0])
        elif name.startswith("ngettext"):
            yield Message(words[0], plural=words[1])
        else:
            yield Message(words[0])


def _in_template(source: str) -> Iterator[Message]:
    engine = Engine.get_default()
    for node in _all_nodes(Template(source, engine=engine).nodelist):
        if isinstance(node, TranslateNode):
            context = node.message_context.var if node.message_context else ""
            yield Message(str(node.filter_expression.var.literal), context=str(context))
        elif isinstance(node, BlockTranslateNode):
            singular, _names_used = node.render_token_list(node.singular)
            plural = node.render_token_list(node.plural)[0] if node.plural else ""
            yield Message(singular, plural=plural)
    for tag in _TAG.findall(source):
        yield from map(Message, _IN_TAG.findall(tag))


def _all_nodes(nodes: NodeList) -> Iterator[Node]:
    for node in nodes:
        yield node
        for attribute in {*node.child_nodelists, "nodelist"}:  # block tags do not tell theirs
            yield from _all_nodes(getattr(node, attribute, None) or NodeList())
