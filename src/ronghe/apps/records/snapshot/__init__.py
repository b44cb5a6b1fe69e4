"""The data folder (数据文件夹) of a county and period, as ``ronghe appraise`` reads it.

``write_folder`` writes it from one read transaction. Apps above add the tables that are theirs
(votes, expert scores, exemptions) with ``provides``.
"""

from ronghe.apps.records.snapshot.folder import Written, provides, write_folder

__all__ = ["Written", "provides", "write_folder"]
