"""What a site does by itself: it looks after its log and sessions once a minute, and keeps the worker alive.

`quanheng serve` starts it beside the processes that answer, and it ends with them, as does the worker.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from types import FrameType
from typing import Final

_TICK: Final = 5
"""Seconds between two looks whether the server and the worker are still there."""
_MINUTE: Final = 60
_WORKER: Final = (sys.executable, "-m", "quanheng.web.jobs.worker")


def keep() -> None:
    """Look after the site until the process that started this one has ended."""
    import django  # noqa: PLC0415  its settings stand in the environment

    from quanheng.web.base.seeing import see_whole_from_here  # noqa: PLC0415  Django is needed from here on

    django.setup()
    see_whole_from_here()
    signal.signal(signal.SIGTERM, _end)
    parent = os.getppid()
    last = 0.0
    worker: subprocess.Popen[bytes] | None = None
    while os.getppid() == parent:
        if worker is None or worker.poll() is not None:
            # It ends with this process, whose number it is told: nobody else has to.
            worker = subprocess.Popen((*_WORKER, str(os.getpid())))  # noqa: S603  our own module
        if time.monotonic() - last >= _MINUTE or not last:
            last = time.monotonic()
            _look_after()
        time.sleep(_TICK)


def _end(_: int, __: FrameType | None) -> None:
    raise SystemExit(0)


def _look_after() -> None:
    from django.db import close_old_connections  # noqa: PLC0415  after Django has its settings
    from django.utils import timezone  # noqa: PLC0415  the same

    from quanheng.web.site.running.upkeep import look_after  # noqa: PLC0415  the same

    close_old_connections()
    look_after(at=timezone.localtime())


if __name__ == "__main__":
    keep()
