"""Reading: ``units`` what is counted, ``entries`` records, ``figures`` measures and targets."""
