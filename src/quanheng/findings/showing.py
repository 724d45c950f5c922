"""A value that shows itself in a notebook: that it does is said here, how it looks is told from above.

What a result is knows nothing of pages or charts. `import quanheng` says who does (`notebook/`), which is
imported when the first value is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Final, TypeAlias

Bundle: TypeAlias = Mapping[str, str]
"""What a notebook is given of a value: by kind (`text/html`, `text/plain`) what it is in that kind."""
_HOW: Final[list[Callable[[object], Bundle]]] = []


def shown_by(how: Callable[[object], Bundle]) -> None:
    """Let values be shown as `how` returns them."""
    _HOW[:] = [how]


class Shows:
    """A value that notebooks show as a page with its chart, and as text."""

    __slots__ = ()

    def _repr_mimebundle_(
        self, include: Collection[str] | None = None, exclude: Collection[str] | None = None
    ) -> dict[str, str]:
        """Return the value in the kinds that a notebook asks for."""
        return {
            kind: told
            for how in _HOW
            for kind, told in how(self).items()
            if (not include or kind in include) and kind not in (exclude or ())
        }
