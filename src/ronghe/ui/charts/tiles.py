"""A map of named tiles (方格图): places coloured by class, with the class in words too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ronghe.ui.components import Words


@dataclass(frozen=True, slots=True)
class Tile:
    """A place: its name, the class it falls in (0 the lowest), words, and its page.

    ``column`` and ``row``, from 1 to 12, put it roughly where it lies; without them tiles stand
    in their order.
    """

    name: Words
    level: int | None
    words: Words = ""
    url: str = ""
    column: int = 0
    row: int = 0


@dataclass(frozen=True, slots=True)
class Tiles:
    """Places and the names of the classes, two to five, from the lowest up.

    The colours say more or less of one thing, never good or bad.
    """

    title: Words
    tiles: Sequence[Tile]
    levels: Sequence[Words]

    def step_of(self, level: int | None) -> int:
        """Return the shade of a class, 1 to 5, evenly over the classes; 0 for none."""
        if level is None:
            return 0
        return 1 + round(4 * level / max(len(self.levels) - 1, 1))

    @property
    def placed(self) -> bool:
        """Tell whether every tile says where it lies."""
        return all(tile.column and tile.row for tile in self.tiles)

    def drawn(self) -> list[tuple[Tile, int, Words]]:
        """Return each tile with its shade and the name of its class."""
        return [
            (tile, self.step_of(tile.level), "" if tile.level is None else self.levels[tile.level])
            for tile in self.tiles
        ]

    def legend(self) -> list[tuple[int, Words]]:
        """Return the shade of each class with its name."""
        return [(self.step_of(level), words) for level, words in enumerate(self.levels)]
