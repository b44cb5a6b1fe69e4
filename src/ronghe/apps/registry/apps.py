"""The registry app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistryConfig(AppConfig):
    """Registers the app, its audited actions and its place in the navigation."""

    name = "ronghe.apps.registry"
    verbose_name = _("组织")

    def ready(self) -> None:
        """Put the tree into the navigation."""
        from ronghe.apps.audit import actions
        from ronghe.apps.programs import scopes
        from ronghe.apps.registry import permissions
        from ronghe.ui import navigation

        scopes.declare("organisations:read", _("读取组织机构"), permissions.SEE_TREE)
        actions.declare(
            registry__county_founded=_("建立县（市、区）"),
            registry__node_added=_("新增组织"),
            registry__node_moved=_("调整隶属关系"),
            registry__node_renamed=_("组织更名"),
            registry__node_merged=_("组织并入"),
            registry__node_split=_("组织分设"),
            registry__node_closed=_("撤销组织"),
            registry__business_registered=_("登记信息变动"),
            registry__area_code_stated=_("区划代码变动"),
            registry__household_added=_("登记户"),
            registry__household_corrected=_("更正户的信息"),
            registry__household_marked=_("户加标识"),
            registry__household_unmarked=_("户解除标识"),
            registry__household_seen=_("查阅户的信息"),
            registry__demo_loaded=_("装入演示县"),
        )
        navigation.add("organise", _("组织机构"), "registry:tree", power=permissions.SEE_TREE)
