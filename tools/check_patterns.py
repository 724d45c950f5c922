"""Check that regular expressions are made in `findings/patterns.py` alone, with a bound or a reason.

Python's own engine looks back: over a text of any length an expression may take hours. Those of Polars are
made without looking back.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = Path("src/quanheng/findings/patterns.py")
MAKING = frozenset(
    {"compile", "match", "search", "fullmatch", "sub", "subn", "split", "findall", "finditer", "template"}
)


def stray_patterns(source: str) -> Iterator[int]:
    """Yield each line of `source` that uses a regular expression of Python's without a bound."""
    for node in ast.walk(ast.parse(source)):
        if (
            (isinstance(node, ast.ImportFrom) and node.module == "re")
            or (
                isinstance(node, ast.Import) and any(name.name == "re" and name.asname for name in node.names)
            )
            or (isinstance(node, ast.Attribute) and _is_re(node.value) and node.attr in MAKING)
        ):
            yield node.lineno


def _is_re(value: ast.expr) -> bool:
    return isinstance(value, ast.Name) and value.id == "re"


def main() -> int:
    """Print every stray expression and return 1 if there is one."""
    count = 0
    for path in sorted((ROOT / "src").rglob("*.py")):
        here = path.relative_to(ROOT)
        if here == HOME:
            continue
        for line in stray_patterns(path.read_text(encoding="utf-8")):
            print(f"{here}:{line}: make it with 'bounded' or 'linear' of {HOME.as_posix()}")
            count += 1
    print(f"patterns: {count or 'none'} without a bound")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
