"""Where the example books stand: `books/` of a checkout, `quanheng/books/` of an installed wheel.

They exist once; the wheel carries a copy that is made when it is built.
"""

from __future__ import annotations

from pathlib import Path

from quanheng.findings.errors import UsageError
from quanheng.findings.nearest import did_you_mean
from quanheng.findings.text import Text

_PACKAGE = Path(__file__).resolve().parents[0]
_SHELVES = (_PACKAGE / "books", _PACKAGE.parents[1] / "books")
_SCHEME = "scheme.yaml"


def example_books() -> tuple[str, ...]:
    """Return the names of the example books, in alphabetical order.

    Examples:
        >>> example_books()
        ('county-classes', 'district-2023', 'enterprises', 'hdi-2022', 'index-51', 'wuxi-gdp')
    """
    return tuple(sorted({scheme.parent.name for shelf in _SHELVES for scheme in shelf.glob(f"*/{_SCHEME}")}))


def path_of_example(name: str) -> Path:
    """Return the folder of the example book `name`, to be read and never written to.

    Raises:
        UsageError: there is no such example; the message offers the nearest name.

    Examples:
        >>> (path_of_example("hdi-2022") / "scheme.yaml").is_file()
        True
    """
    names = example_books()
    if name not in names:
        meant = did_you_mean(name, names)
        if not meant.en:
            meant = Text(en=f"; there are: {', '.join(names)}", zh=f"；现有：{'、'.join(names)}")
        raise UsageError(f"there is no example book {name!r}{meant.en}", f"没有示例“{name}”{meant.zh}")
    return next(shelf / name for shelf in _SHELVES if (shelf / name / _SCHEME).is_file())
