"""Check that every suppression in the code names its rule and its reason.

`# noqa: PLC0415  rich is slow to import` passes; `# noqa`, `# noqa: PLC0415` and `# type: ignore` do not.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

FOLDERS = ("src", "tests", "tools", "benchmarks", "books")
WORDS = "noqa|type: ignore|mypy: ignore|pragma: no cover|ruff: noqa|fmt: off|fmt: skip"
SUPPRESSION = re.compile(rf"#\s*(?P<word>{WORDS})\b(?P<rest>.*)")
JUSTIFIED = re.compile(
    r"""^(:\s*[A-Z]+[0-9]+(,\s*[A-Z]+[0-9]+)*   # ruff: the rules
         |\[[a-z-]+(,\s*[a-z-]+)*\]             # mypy: the codes
         |)\s+\S+\s+\S+""",  # and at least two words of reason
    re.VERBOSE,
)


def unjustified(text: str) -> Iterator[tuple[int, str]]:
    """Yield the number and the text of each line of `text` that suppresses a check without saying why."""
    for number, line in enumerate(text.splitlines(), start=1):
        found = SUPPRESSION.search(line)
        if found is None:
            continue
        names_rule = found["word"].startswith(("pragma", "fmt")) or found["rest"].startswith((":", "["))
        reason = found["rest"].replace("#", " ", 1)
        if not names_rule or not JUSTIFIED.match(reason):
            yield number, line.strip()


def main() -> int:
    """Print every unjustified suppression and return 1 if there is one."""
    root = Path(__file__).resolve().parent.parent
    count = 0
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*.py")):
            if path == Path(__file__).resolve():
                continue
            for number, line in unjustified(path.read_text(encoding="utf-8")):
                print(f"{path.relative_to(root)}:{number}: name the rule and the reason: {line}")
                count += 1
    print(f"suppressions: {count or 'none'} without a rule and a reason")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
