"""Writing: ``holding`` an appraisal, ``drafting`` a report, ``judging`` it, ``rectifying``."""
