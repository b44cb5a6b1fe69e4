"""Changing the tree: each change is dated, audited, and leaves earlier trees as they were."""

from ronghe.apps.registry.services.areas import state_area_code
from ronghe.apps.registry.services.changing import close_node, rename_node
from ronghe.apps.registry.services.founding import add_node, found_county
from ronghe.apps.registry.services.households import (
    add_household,
    correct_household,
    end_mark,
    mark_household,
)
from ronghe.apps.registry.services.moving import merge_node, move_node, split_node
from ronghe.apps.registry.services.registering import register_business

__all__ = [
    "add_household",
    "add_node",
    "close_node",
    "correct_household",
    "end_mark",
    "found_county",
    "mark_household",
    "merge_node",
    "move_node",
    "register_business",
    "rename_node",
    "split_node",
    "state_area_code",
]
