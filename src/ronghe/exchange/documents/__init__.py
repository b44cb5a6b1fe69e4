"""Documents drawn from records: a work report in Word, a ledger binder in PDF and Excel."""
