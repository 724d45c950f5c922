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


_SOON: Final = 0.05


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
    sys.unraisablehook = _raise_again


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
    raise EndedError(number)


def _numbers() -> list[signal.Signals]:
    return [getattr(signal, name) for name in _TOLD_TO_END if hasattr(signal, name)]
