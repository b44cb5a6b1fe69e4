"""Reading the tree: what somebody may see of it, today or as it was on a day."""

from ronghe.apps.registry.selectors.nodes import (
    business_registered_by,
    history_of,
    holds_fictitious_data,
    node_managed_by,
    node_visible_to,
    nodes_managed_by,
    nodes_reached_by,
    nodes_visible_to,
    registration_of,
)
from ronghe.apps.registry.selectors.tree import (
    Row,
    Twig,
    children_of,
    nodes_found,
    places_of,
    tree_on,
    tree_visible_to,
    twig_of,
    twigs_for,
)

__all__ = [
    "Row",
    "Twig",
    "business_registered_by",
    "children_of",
    "history_of",
    "holds_fictitious_data",
    "node_managed_by",
    "node_visible_to",
    "nodes_found",
    "nodes_managed_by",
    "nodes_reached_by",
    "nodes_visible_to",
    "places_of",
    "registration_of",
    "tree_on",
    "tree_visible_to",
    "twig_of",
    "twigs_for",
]
