"""Report appraisals with the reports of secretaries, votes and what is put right; files made."""

from ronghe.apps.reporting.models.appraisals import ReportAppraisal, VoterGroup
from ronghe.apps.reporting.models.exports import Export
from ronghe.apps.reporting.models.paper import PaperObjection
from ronghe.apps.reporting.models.reports import Rectification, Report, Sentence, Votes
from ronghe.apps.reporting.models.sheets import GradeSheet, SheetLine

__all__ = [
    "Export",
    "GradeSheet",
    "PaperObjection",
    "Rectification",
    "Report",
    "ReportAppraisal",
    "Sentence",
    "SheetLine",
    "VoterGroup",
    "Votes",
]
