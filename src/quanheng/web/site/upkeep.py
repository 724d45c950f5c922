"""The daily work of a site: a seal of the log, and no sessions that are over."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Final

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError

from quanheng.web.audit.seals import write_seal
from quanheng.web.audit.verify import ends_of_chains
from quanheng.web.site.folder import SiteFolder

_LOG: Final = logging.getLogger(__name__)


def look_after(*, at: dt.datetime) -> None:
    """Seal the log, if it is not sealed today, and delete the sessions that are over then.

    That the database or the disk is away for a while ends nothing: it is tried again a minute later.
    """
    site: SiteFolder = settings.SITE_FOLDER
    try:
        if write_seal(site.seals, ends_of_chains(), at=at):
            call_command("clearsessions", verbosity=0)
    except (DatabaseError, OSError):
        _LOG.exception("the daily work could not be done")
