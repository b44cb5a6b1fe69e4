"""The web: one Django app per capability, on a ground floor that none of them may be imported by.

The ground floor, from the bottom up: ``access`` (roles, powers, reach) and ``sealing`` (encrypted
fields), ``audit``, ``registry`` and ``desk``, ``accounts`` and
``members``.
"""
