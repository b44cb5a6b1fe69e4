"""Who may do what, and where: roles (角色), powers (权限) and reach (范围).

A role is held at a node of the organisation tree for a term. An app declares its powers and the
roles that have them; what somebody reaches with a power is every node at or below the places
where they hold such a role, themselves or by delegation.
"""

from ronghe.apps.access.powers import POWERS, Power, declare
from ronghe.apps.access.reach import Reach, Standing
from ronghe.apps.access.roles import Role

__all__ = ["POWERS", "Power", "Reach", "Role", "Standing", "declare"]
