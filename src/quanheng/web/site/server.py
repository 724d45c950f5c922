"""The server: two processes of four threads that answer, and the keeper beside them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import Any, Final

from django.db import connections
from gunicorn.app.base import BaseApplication

from quanheng.web.site.wsgi import application

_WORKERS: Final = 2
_THREADS: Final = 4
_LONGEST: Final = 120
"""Seconds after which a process that does not answer is started anew."""
_KEEPER: Final = [sys.executable, "-m", "quanheng.web.site.keeper"]


class Server(BaseApplication):
    """Gunicorn, told by us and not by its files or the command line."""

    def __init__(self, bind: str, ready: Callable[[], None]) -> None:
        """Serve at `bind`; `ready` is called when pages can be asked for."""
        self._bind = bind
        self._ready = ready
        self._keeper: subprocess.Popen[bytes] | None = None
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

    def _begin(self, _: object) -> None:
        self._keeper = subprocess.Popen(_KEEPER)  # noqa: S603  our own module
        self._ready()

    def _end(self, _: object) -> None:
        if self._keeper:
            self._keeper.terminate()


def serve_pages(bind: str, *, ready: Callable[[], None]) -> None:
    """Serve pages until the process is told to end."""
    connections.close_all()  # no process shares a connection with another
    Server(bind, ready).run()
