"""A moment in which nothing ends the process but what cannot be caught: what comes meanwhile comes after."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

_ENDING: Final = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
"""What is raised in the middle of what a program does; not all systems have all."""


@contextmanager
def undisturbed() -> Iterator[None]:
    """Let Ctrl-C and its like wait until the few steps inside are done; they are raised right after.

    Python raises them in the main thread only, so other threads need not care.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    waiting: list[int] = []
    handlers: dict[signal.Signals, Callable[[int, FrameType | None], object]] = {}
    try:
        for name in _ENDING:
            number = getattr(signal, name, None)
            handler = None if number is None else signal.getsignal(number)
            if number is not None and callable(handler):
                handlers[number] = handler
                signal.signal(number, lambda come, _: waiting.append(come))
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
        for number in waiting[:1]:
            handlers[signal.Signals(number)](number, None)
