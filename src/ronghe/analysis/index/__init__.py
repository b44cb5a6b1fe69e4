"""Composite index (综合指数) after the OECD/JRC handbook, one step a module.

`impute`, `treat`, `normalise` and `aggregate` are the steps; `model` says what an index is,
`definition` reads and checks one, `build` carries it out. ``docs/methods/index.md`` explains.
"""

from ronghe.analysis.index.build import Index, Values, build, rebuild
from ronghe.analysis.index.definition import check_index, parse_index
from ronghe.analysis.index.model import IndexModel, Node, Series

__all__ = [
    "Index",
    "IndexModel",
    "Node",
    "Series",
    "Values",
    "build",
    "check_index",
    "parse_index",
    "rebuild",
]
