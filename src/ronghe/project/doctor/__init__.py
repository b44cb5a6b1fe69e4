"""Looking an installation over (体检): what was found, what is expected, what to do."""

from ronghe.project.doctor.findings import Finding, State
from ronghe.project.doctor.visit import examine

__all__ = ["Finding", "State", "examine"]
