"""Check that code of the web site reads its tables by `objects.visible_to(…)`, so that nobody sees too much.

Actions and models may say `objects.for_the_program()` instead; any other use of `.objects` is refused.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_ROOT: Final = Path(__file__).resolve().parent.parent
_WEB: Final = Path("src/quanheng/web")
_INSIDE: Final = frozenset({"domain", "models"})
"""Parts of the path of a module that may look at all rows."""
_OF_LIBRARIES: Final = frozenset({"Authenticator", "SocialAccount"})
"""Tables of libraries, which have no `visible_to`: actions may read them."""
_ALONE: Final = frozenset(
    {
        "audit/log.py",  # adds to the end of a chain, whoever acts
        "audit/verify.py",  # reads every entry: what is checked is that none is missing
    }
)


def bare_uses(source: str, *, all_rows: bool) -> Iterator[int]:
    """Yield each line of `source` that reads a table otherwise than it may.

    Examples:
        >>> list(bare_uses("Account.objects.visible_to(person)", all_rows=False))
        []
        >>> list(bare_uses("Account.objects.filter(code='chen')", all_rows=True))
        [1]
        >>> list(bare_uses("Account.objects.for_the_program()", all_rows=False))
        [1]
    """
    allowed = {"visible_to", "for_the_program"} if all_rows else {"visible_to"}
    tree = ast.parse(source)
    good = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr in allowed
    }
    good |= {
        id(node)
        for node in ast.walk(tree)
        if all_rows
        and isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id in _OF_LIBRARIES
    }
    managers = {"objects", "_default_manager", "_base_manager"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in managers and id(node) not in good:
            yield node.lineno


def main() -> int:
    """Print every bare use and return 1 if there is one."""
    count = 0
    for path in sorted((_ROOT / _WEB).rglob("*.py")):
        here = path.relative_to(_ROOT / _WEB)
        all_rows = here.as_posix() in _ALONE or not _INSIDE.isdisjoint(here.parts)
        for line in bare_uses(path.read_text(encoding="utf-8"), all_rows=all_rows):
            print(f"{_WEB / here}:{line}: read by 'objects.visible_to(person)'")
            count += 1
    print(f"tables: {count or 'none'} read by all")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
