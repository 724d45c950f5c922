"""Write the generated pages of the reference, or with `--check` say which are out of date.

Run it as `python -m tools.generate_reference [--check]`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from tools.reference_commands import command_pages
from tools.reference_findings import finding_pages
from tools.reference_rounds import round_pages
from tools.reference_scheme import scheme_pages
from tools.reference_toolbox import toolbox_pages

from quanheng.scheme.tools.tool import FAMILIES

REFERENCE = Path(__file__).resolve().parent.parent / "docs" / "reference"


def pages() -> Mapping[str, str]:
    """Return every generated page by its path below `docs/reference`."""
    return {**finding_pages(), **command_pages(), **scheme_pages(), **toolbox_pages(), **round_pages()}


def out_of_date(wanted: Mapping[str, str], folder: Path) -> Iterator[str]:
    """Yield the paths of pages that are missing, differ, or belong to nothing any more."""
    for path, text in wanted.items():
        page = folder / path
        if not page.is_file() or page.read_text(encoding="utf-8") != text:
            yield path
    for page in sorted(page for family in FAMILIES for page in (folder / family).glob("*.md")):
        if page.relative_to(folder).as_posix() not in wanted:
            yield page.relative_to(folder).as_posix()


def main() -> int:
    """Write the pages, or with `--check` print what is out of date and return 1 if something is."""
    wanted = pages()
    stale = list(out_of_date(wanted, REFERENCE))
    if "--check" in sys.argv[1:]:
        for path in stale:
            print(f"docs/reference/{path}: out of date; 'make docs' writes it")
        print(f"reference: {len(stale) or 'no'} pages out of date")
        return 1 if stale else 0
    for path in stale:
        page = REFERENCE / path
        if path in wanted:
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(wanted[path], encoding="utf-8")
        else:
            page.unlink()
        print(f"docs/reference/{path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
