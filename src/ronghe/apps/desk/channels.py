"""Channels (渠道) by which people can be told outside: what the administrator configured."""

from __future__ import annotations

import logging
from urllib.parse import quote

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, validate_email
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

logger = logging.getLogger("ronghe.channels")

PLACEHOLDER = "{address}"
NAMES: dict[str, str | Promise] = {
    "mail": gettext_lazy("电子邮件"),
    "wecom": gettext_lazy("企业微信机器人"),
    "dingtalk": gettext_lazy("钉钉机器人"),
    "feishu": gettext_lazy("飞书机器人"),
    "webhook": gettext_lazy("网络接口"),
}
_key = RegexValidator(r"\A[A-Za-z0-9_-]{8,100}\Z")


def offered() -> dict[str, str | Promise]:
    """Return the channels that this installation has, by name."""
    return {name: words for name, words in NAMES.items() if name in settings.RONGHE_CHANNELS}


def check_address(channel: str, address: str) -> None:
    """Raise ValidationError where an address cannot be one of the channel's."""
    try:
        (validate_email if channel == "mail" else _key)(address)
    except ValidationError as wrong:
        told = (
            _("这不是电子邮件地址。")
            if channel == "mail"
            else _("这里填机器人的密钥：8到100个字母、数字、短横或下划线。")
        )
        raise ValidationError({"address": told}) from wrong


def send(channel: str, address: str, *, title: str, link: str) -> bool:
    """Send a title and a link, nothing else; return whether it was accepted.

    The person's address is quoted, so it cannot turn the message to another server.
    """
    from apprise import Apprise, NotifyFormat

    pattern = settings.RONGHE_CHANNELS.get(channel)
    if pattern is None:
        return False
    sender = Apprise()
    if not sender.add(pattern.replace(PLACEHOLDER, quote(address, safe=""))):
        logger.error("the address of the channel %s is not understood", channel)
        return False
    return bool(sender.notify(title=title, body=link, body_format=NotifyFormat.TEXT))
