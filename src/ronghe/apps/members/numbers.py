"""Identity and telephone numbers: checked, and what an identity number says."""

from __future__ import annotations

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from stdnum.cn import ric
from stdnum.exceptions import ValidationError as WrongNumber

from ronghe.apps.members.models import Member
from ronghe.apps.sealing.keys import ring

ID_PURPOSE = "members.member.id_number"


def checked_id_number(number: str) -> str:
    """Return an identity number (GB 11643) without spaces; ValidationError if it is not one."""
    try:
        return str(ric.validate(number))
    except WrongNumber as error:
        told = _("身份证号不对：应为18位，末位校验码须相符。请核对原件。")
        raise ValidationError({"id_number": told}) from error


def born_and_sex(number: str) -> tuple[date, str]:
    """Return what a checked identity number says of its holder."""
    male = int(number[16]) % 2 == 1
    return ric.get_birth_date(number), Member.Sex.MALE if male else Member.Sex.FEMALE


def digest(number: str) -> str | None:
    """Return the look-up digest of an identity number, None of an empty one."""
    return ring().lookup(number.upper(), purpose=ID_PURPOSE) if number else None


def checked_phone(number: str) -> str:
    """Return a telephone number without spaces and dashes; ValidationError if it is not one."""
    plain = re.sub(r"[\s\-()（）]", "", number)
    if plain and not re.fullmatch(r"\+?\d{7,15}", plain):
        raise ValidationError({"phone": _("电话号码应为7至15位数字。")})
    return plain
