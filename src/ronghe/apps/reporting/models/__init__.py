"""Report appraisals with the reports of secretaries, votes and what is put right."""

from ronghe.apps.reporting.models.appraisals import ReportAppraisal, VoterGroup
from ronghe.apps.reporting.models.reports import Rectification, Report, Sentence, Votes

__all__ = ["Rectification", "Report", "ReportAppraisal", "Sentence", "VoterGroup", "Votes"]
