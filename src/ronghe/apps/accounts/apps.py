"""The accounts app."""

from types import ModuleType

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Registers the app: audited actions, navigation, desk items, allauth's signals."""

    name = "ronghe.apps.accounts"
    verbose_name = _("账号")

    def ready(self) -> None:
        """Tell audit, navigation and desk what accounts have for them."""
        from ronghe.apps.accounts import (  # noqa: F401
            deskitems,
            factors,
            permissions,
            searchhits,
            signals,
        )
        from ronghe.apps.accounts.services import tokens
        from ronghe.apps.audit import actions
        from ronghe.apps.desk import items, search
        from ronghe.apps.programs import scopes
        from ronghe.apps.programs.tokens import KEEPER
        from ronghe.ui import navigation

        KEEPER.owner_of = tokens.owner_of
        scopes.declare("people:read", _("读取人员和任职"), permissions.SEE_PEOPLE)
        _declare_actions(actions)
        navigation.add("settings", _("人员与账号"), "accounts:people", power=permissions.SEE_PEOPLE)
        search.provide(searchhits.people)
        items.provide(deskitems.second_factor)
        items.provide(deskitems.ending_posts)
        items.provide(deskitems.lent_posts)


def _declare_actions(actions: ModuleType) -> None:
    actions.declare(
        accounts__account_opened=_("开立账号"),
        accounts__account_closed=_("停用账号"),
        accounts__account_reopened=_("恢复账号"),
        accounts__password_renewed=_("重发密码"),
        accounts__password_changed=_("本人修改密码"),
        accounts__second_factor_added=_("设置第二重验证"),
        accounts__second_factor_dropped=_("本人取消第二重验证"),
        accounts__second_factor_removed=_("解除第二重验证"),
        accounts__signed_in=_("登录"),
        accounts__sign_in_failed=_("登录失败"),
        accounts__post_given=_("给予职务"),
        accounts__post_ended=_("结束任职"),
        accounts__delegation_given=_("授权代办"),
        accounts__delegation_ended=_("结束代办授权"),
        accounts__token_made=_("建立接口令牌"),
        accounts__token_revoked=_("撤销接口令牌"),
    )
