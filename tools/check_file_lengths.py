"""Check that no source file is longer than can be read in one sitting."""

from __future__ import annotations

import sys
from pathlib import Path

MOST_LINES = 350


def main() -> int:
    """Print every file that is too long and return 1 if there is one."""
    root = Path(__file__).resolve().parent.parent
    count = 0
    for path in sorted((root / "src").rglob("*.py")):
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > MOST_LINES:
            print(f"{path.relative_to(root)}: {lines} lines, over {MOST_LINES}; split it by what it is about")
            count += 1
    print(f"file lengths: {count or 'none'} over {MOST_LINES} lines")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
