"""What a site does by itself: publish what is planned, seal the log each day, end sessions that are over."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Final

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError

from quanheng.web.audit.seals import write_seal
from quanheng.web.audit.verify import ends_of_chains
from quanheng.web.publication.domain.moves import publish_due
from quanheng.web.site.kept.folder import SiteFolder

_LOG: Final = logging.getLogger(__name__)


def look_after(*, at: dt.datetime) -> None:
    """Publish what is due; if it is not done today, seal the log and delete the sessions that are over.

    That the database or the disk is away for a while ends nothing: it is tried again a minute later.
    """
    site: SiteFolder = settings.SITE_FOLDER
    try:
        publish_due(at=at)
        if write_seal(site.seals, ends_of_chains(), at=at):
            call_command("clearsessions", verbosity=0)
    except (DatabaseError, OSError):
        _LOG.exception("the work of the site could not be done")
