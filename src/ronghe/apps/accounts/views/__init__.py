"""Pages of the accounts: ``own`` for everybody's own account, ``people`` for those responsible."""
