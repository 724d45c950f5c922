"""Check that the lock files pin everything with hashes and hold no address of any index."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

LOCKS = ("requirements.lock", "requirements-dev.lock")
ADDRESS = re.compile(r"://|^\s*-|--(index|extra|find)|@\s*file:", re.MULTILINE)
PINNED = re.compile(r"^[a-z0-9][a-z0-9._-]*==\S+( ; .+)? \\$")
HASH = re.compile(r"^ {4}--hash=sha256:[0-9a-f]{64}( \\)?$")


def faults(text: str) -> Iterator[tuple[int, str]]:
    """Yield the number and the text of each line of a lock file that is not a pin or a hash."""
    for number, line in enumerate(text.splitlines(), start=1):
        if ADDRESS.search(line.replace("--hash=", "")) or not (PINNED.match(line) or HASH.match(line)):
            yield number, line


def main() -> int:
    """Print every fault and return 1 if there is one."""
    root = Path(__file__).resolve().parent.parent
    count = 0
    for name in LOCKS:
        for number, line in faults((root / name).read_text(encoding="utf-8")):
            print(f"{name}:{number}: not a pin with a hash: {line}")
            count += 1
    print(f"locks: {count or 'no'} faults")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
