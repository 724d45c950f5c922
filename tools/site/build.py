"""Build the documents into a site in both languages: `python -m tools.site.build [FOLDER]`.

The site needs nothing from anywhere else: no font, no script, no picture of another server.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Final

from tools.site.examples import BOOKS, lay_examples, make_examples
from tools.site.interface import lay_interface
from tools.site.pages import LANGUAGES, ROOT, lay_pages
from tools.site.settings import settings_of

from quanheng.findings.text import Language

_HERE: Final = Path(__file__).resolve().parent


def build_site(target: Path, books: Sequence[str] = tuple(BOOKS)) -> None:
    """Build the site into the folder `target`, in place of what was built there; `books` are its examples.

    Raises:
        CalledProcessError: the builder found something amiss; it has said what.
    """
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        built = work / "site"
        make_examples(built / "examples", work / "results", books)
        shutil.copytree(_HERE / "theme", work / "theme")
        for language in LANGUAGES:
            _build(language, work, books)
        shutil.copyfile(_HERE / "index.html", built / "index.html")
        if target.exists():
            shutil.rmtree(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(built, target)


def _build(language: Language, work: Path, books: Sequence[str]) -> None:
    source = work / language
    lay_pages(language, source)
    lay_interface(language, source / "reference")
    lay_examples(language, source, books)
    for name in ("site.css", "site.js"):
        shutil.copyfile(_HERE / name, source / name)
    pages = sorted(PurePosixPath(page.relative_to(source)) for page in source.rglob("*.md"))
    settings = settings_of(language, pages)
    file = work / f"{language}.yml"  # JSON is YAML
    file.write_text(json.dumps(settings, ensure_ascii=False, indent=1), encoding="utf-8")
    builder = [sys.executable, "-m", "zensical", "build", "--strict", "--config-file", str(file)]
    subprocess.run(builder, check=True, cwd=work)


def main() -> int:
    """Build the site into the folder that is named, else `out/site`."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "out" / "site"
    build_site(target)
    print(f"{target / 'index.html'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
