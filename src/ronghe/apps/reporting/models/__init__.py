"""Report appraisals with the reports of secretaries, votes and what is put right; files made."""

from ronghe.apps.reporting.models.appraisals import ReportAppraisal, VoterGroup
from ronghe.apps.reporting.models.exports import Export
from ronghe.apps.reporting.models.reports import Rectification, Report, Sentence, Votes

__all__ = [
    "Export",
    "Rectification",
    "Report",
    "ReportAppraisal",
    "Sentence",
    "VoterGroup",
    "Votes",
]
