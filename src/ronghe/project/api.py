"""The API: OpenAPI under ``/api/v1/openapi.json``, every address by token."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from ronghe.apps.accounts.api import router as accounts
from ronghe.apps.appraisal.api import router as appraisal
from ronghe.apps.audit.api import router as audit
from ronghe.apps.members.api import router as members
from ronghe.apps.planning.api import router as planning
from ronghe.apps.programs.document import Api
from ronghe.apps.programs.reference import Reference
from ronghe.apps.records.api import router as records
from ronghe.apps.registry.api import router as registry

api = Api(
    title="Ronghe 融合",
    version="1",
    description=gettext_noop("程序凭令牌读取和登记，看到和能做的不超过令牌主人。"),
    docs=Reference(),
    urls_namespace="api",
)
for router in (accounts, registry, members, records, appraisal, planning, audit):
    api.add_router("", router)
