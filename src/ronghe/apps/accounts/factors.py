"""Second factors keep their secrets sealed."""

from __future__ import annotations

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ronghe.apps.sealing.keys import ring
from ronghe.apps.sealing.rotation import reseals

PURPOSE = "mfa.authenticator.data"


class FactorAdapter(DefaultMFAAdapter):
    """Seals what allauth would keep plain, and says what to do when a code is wrong."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("验证码不对或已过期。请等验证器换一个码再输入，并核对设备的时间。"),
    }

    def encrypt(self, text: str) -> str:
        """Seal a secret before it is stored."""
        return ring().seal(text, purpose=PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        """Open a stored secret."""
        return ring().open(encrypted_text, purpose=PURPOSE)


@reseals
def reseal_factors() -> int:
    """Seal the secrets of all second factors anew; return how many there are."""
    done = 0
    for pk in list(Authenticator.objects.values_list("pk", flat=True)):
        with transaction.atomic():
            factor = Authenticator.objects.select_for_update().get(pk=pk)
            factor.data = _anew(factor.data)
            factor.save(update_fields=["data"])
            done += 1
    return done


def _anew(data: dict[str, object]) -> dict[str, object]:
    """Seal anew what is sealed: the secret of an authenticator, the seed or the codes beside it."""
    keys = ring()

    def anew(value: object) -> object:
        if isinstance(value, list):
            return [anew(one) for one in value]
        if isinstance(value, str):
            return keys.seal(keys.open(value, purpose=PURPOSE), purpose=PURPOSE)
        return value

    sealed = {"secret", "seed", "migrated_codes"}
    return {name: anew(value) if name in sealed else value for name, value in data.items()}
