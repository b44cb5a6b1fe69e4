"""演示数据: a fictitious county, province or country to try everything on.

``generate`` writes the tables that a run reads. What is in them, and what is wrong in them on
purpose, is in ``docs/reference/generated-data.md``.
"""

from ronghe.demo.growing import Generated, Progress, generate
from ronghe.demo.results import hand_down
from ronghe.demo.shape import Scope
from ronghe.demo.writing import Format

__all__ = ["Format", "Generated", "Progress", "Scope", "generate", "hand_down"]
