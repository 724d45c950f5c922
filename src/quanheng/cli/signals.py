"""A process that is told to end tidies up first, as at Ctrl-C: half-written files and locks go."""

from __future__ import annotations

import signal
import sys
import threading
from typing import Final, NoReturn

_TOLD_TO_END: Final = ("SIGTERM", "SIGHUP", "SIGBREAK")
"""What ends a process in good order, sent by a shell, a service, a closed window; no system has all."""
_SHELL: Final = 128
"""What a shell adds to the number of a signal to tell that it ended the process."""
INTERRUPTED: Final = _SHELL + signal.SIGINT
"""The exit code after Ctrl-C."""

_SOON: Final = 0.05
_TOLD: Final[list[int]] = []
"""The numbers of the signals that told this process to end."""


class EndedError(BaseException):
    """The process was told to end; like `KeyboardInterrupt` no ordinary error, so that nobody swallows it."""

    def __init__(self, number: int) -> None:
        """Keep the number of the signal."""
        self.code = _SHELL + number
        super().__init__(number)


def end_in_good_order() -> None:
    """Let the signals that end a process raise `EndedError`; one that is ignored, as by nohup, stays so."""
    for number in _numbers():
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _raise)
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _interrupt)
    sys.unraisablehook = _raise_again


def told_to_end() -> int | None:
    """Return the code of a process that was told to end; None if it was not.

    A library written in another language may make an error of its own of what was raised in it.
    """
    return _SHELL + _TOLD[-1] if _TOLD else None


def _raise_again(lost: sys.UnraisableHookArgs) -> None:
    """Raise it once more, a moment later, where a library had no way to let it through; tell all else."""
    if not isinstance(lost.exc_value, EndedError):
        sys.__unraisablehook__(lost)
        return
    number = lost.exc_value.code - _SHELL
    signal.signal(number, _raise)
    again = threading.Timer(_SOON, signal.raise_signal, (number,))
    again.daemon = True
    again.start()


def _raise(number: int, _: object) -> NoReturn:
    for other in _numbers():
        signal.signal(other, signal.SIG_IGN)  # it ends already, and soon
    _TOLD.append(number)
    raise EndedError(number)


def _interrupt(number: int, _: object) -> NoReturn:
    _TOLD.append(number)
    raise KeyboardInterrupt


def _numbers() -> list[signal.Signals]:
    return [getattr(signal, name) for name in _TOLD_TO_END if hasattr(signal, name)]
