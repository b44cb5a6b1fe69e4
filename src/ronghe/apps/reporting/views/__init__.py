"""Pages of report appraisals."""
