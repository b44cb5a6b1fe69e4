"""Pages: ``entry`` to enter and change, ``listing`` to look, ``checking``, ``calendar``."""
