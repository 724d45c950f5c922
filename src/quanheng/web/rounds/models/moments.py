"""Moments by the clock of the office: the rules tell them in the time zone that they come in."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone


def here(moment: dt.datetime) -> dt.datetime:
    """Return `moment` by the clock of the office."""
    return timezone.localtime(moment)


def here_if_any(moment: dt.datetime | None) -> dt.datetime | None:
    """Return `moment` by the clock of the office, if there is one."""
    return None if moment is None else timezone.localtime(moment)
