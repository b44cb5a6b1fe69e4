"""Charts of the web: each is a drawing without script, a live one with it, and a table.

A view builds one of the values below and hands it to the page; ``{% chart it %}`` shows it. The
same value gives the static picture (`svg`), what ECharts draws (`option`) and the table beside it.
"""

from ronghe.ui.charts.bars import Bars, Peers, Ranks, Waterfall
from ronghe.ui.charts.common import Chart, Table, shown
from ronghe.ui.charts.planes import Quadrant, Radar, Spot
from ronghe.ui.charts.tiles import Tile, Tiles
from ronghe.ui.charts.trends import Line, Trend

__all__ = [
    "Bars", "Chart", "Line", "Peers", "Quadrant", "Radar", "Ranks", "Spot", "Table", "Tile",
    "Tiles", "Trend", "Waterfall", "shown",
]  # fmt: skip
