"""Who may read the audit entries of a place."""

from ronghe.apps.access import Role, declare

SEE_ENTRIES = declare("audit.see_entries", roles=[Role.ADMINISTRATOR, Role.INSPECTOR])
