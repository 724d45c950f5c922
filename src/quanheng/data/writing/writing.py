"""How something is written: by which command, over what people made or not, and who is told on the way."""

from __future__ import annotations

from collections.abc import Callable

from quanheng.findings.text import Text
from quanheng.findings.value import Value


def _nobody(_: Text) -> None:
    """Tell nobody: a program that calls us has no screen."""


class Writing(Value):
    """The `command` that writes, as others are told who holds a lock.

    With `force` a file that this program did not write is written over. `tell` is told in a line what was
    found and mended before: what an earlier command left behind.

    Examples:
        >>> Writing(command="quanheng score").force
        False
    """

    command: str = "import quanheng"
    force: bool = False
    tell: Callable[[Text], None] = _nobody
