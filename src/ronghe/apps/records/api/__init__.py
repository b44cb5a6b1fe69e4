"""Records, measures and targets for programs."""

from ninja import Router

from ronghe.apps.records.api import entries, figures

router = Router(tags=["records"])
router.add_router("", entries.router)
router.add_router("", figures.router)

__all__ = ["router"]
