"""The server: two processes of four threads that answer; beside them the keeper, begun anew if need be."""

from __future__ import annotations

import logging
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any, Final

from django.db import connections
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

from quanheng.web.site.wsgi import application

_WORKERS: Final = 2
_THREADS: Final = 4
_LONGEST: Final = 120
"""Seconds after which a process that does not answer is started anew."""
_LOG: Final = logging.getLogger(__name__)
_APART: Final = 5.0
"""Seconds between two beginnings of the keeper at least: one that cannot begin is not begun without end."""
_KEEPER: Final = [sys.executable, "-m", "quanheng.web.site.running.keeper"]


class Server(BaseApplication):
    """Gunicorn, told by us and not by its files or the command line."""

    def __init__(self, bind: str, ready: Callable[[], None]) -> None:
        """Serve at `bind`; `ready` is called when pages can be asked for."""
        self._bind = bind
        self._ready = ready
        self._keeper: subprocess.Popen[bytes] | None = None
        self._begun = 0.0
        super().__init__()

    def load_config(self) -> None:
        """Tell how many processes and threads there are, and how they begin and end."""
        options: dict[str, Any] = {
            "bind": self._bind,
            "workers": _WORKERS,
            "threads": _THREADS,
            "worker_class": "gthread",
            "timeout": _LONGEST,
            "preload_app": True,
            "loglevel": "warning",
            "proc_name": "quanheng",
            "when_ready": self._begin,
            "on_exit": self._end,
            "forwarded_allow_ips": "",
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> object:
        """Return the site."""
        return application

    def run(self) -> None:
        """Serve until told to end."""
        _Arbiter(self).run()

    def see_to_keeper(self) -> None:
        """Begin the keeper anew if it has ended, whoever ended it."""
        if self._keeper is None or self._keeper.poll() is None or time.monotonic() - self._begun < _APART:
            return
        _LOG.warning("the keeper of the site has ended; it is begun anew")
        self._begin_keeper()

    def _begin(self, _: object) -> None:
        self._begin_keeper()
        self._ready()

    def _begin_keeper(self) -> None:
        self._begun = time.monotonic()
        self._keeper = subprocess.Popen(_KEEPER)  # noqa: S603  our own module

    def _end(self, _: object) -> None:
        if self._keeper:
            self._keeper.terminate()


class _Arbiter(Arbiter):
    """Gunicorn's first process, which looks once a second whether those it began are still there."""

    def manage_workers(self) -> None:
        """See to the processes that answer, and to the keeper."""
        super().manage_workers()
        if isinstance(self.app, Server):
            self.app.see_to_keeper()


def serve_pages(bind: str, *, ready: Callable[[], None]) -> None:
    """Serve pages until the process is told to end."""
    connections.close_all()  # no process shares a connection with another
    Server(bind, ready).run()
