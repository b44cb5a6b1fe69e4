"""Reading: ``reports`` report appraisals and what belongs to them, ``facts`` a place's year."""
