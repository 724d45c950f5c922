"""What a site does by itself once a minute: it seals the log each day and forgets sessions that are over.

`quanheng serve` starts it beside the processes that answer, and it ends with them.
"""

from __future__ import annotations

import os
import time
from typing import Final

_TICK: Final = 5
"""Seconds between two looks whether the server is still there."""
_MINUTE: Final = 60


def keep() -> None:
    """Look after the site until the process that started this one has ended."""
    import django  # noqa: PLC0415  its settings stand in the environment

    django.setup()
    parent = os.getppid()
    last = 0.0
    while os.getppid() == parent:
        if time.monotonic() - last >= _MINUTE or not last:
            last = time.monotonic()
            _look_after()
        time.sleep(_TICK)


def _look_after() -> None:
    from django.db import close_old_connections  # noqa: PLC0415  after Django has its settings
    from django.utils import timezone  # noqa: PLC0415  the same

    from quanheng.web.site.upkeep import look_after  # noqa: PLC0415  the same

    close_old_connections()
    look_after(at=timezone.localtime())


if __name__ == "__main__":
    keep()
