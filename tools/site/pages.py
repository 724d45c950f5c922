"""The documents as pages of a site: one language each, links within it, lists as Markdown has them."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Final

from quanheng.findings.text import Language, Text

ROOT: Final = Path(__file__).resolve().parents[2]
DOCS: Final = ROOT / "docs"
LANGUAGES: Final[tuple[Language, ...]] = ("en", "zh")
_BESIDE: Final = {
    "CHANGELOG.md": "changes.md",
    "CONTRIBUTING.md": "contributing.md",
    "books/district-2023/README.md": "notebooks/about-district-2023.md",
    "books/district-2023/README.zh.md": "notebooks/about-district-2023.md",
    "books/county-classes/README.md": "how-to/about-county-classes.md",
    "books/county-classes/README.zh.md": "how-to/about-county-classes.md",
}
"""Pages elsewhere in the project, and what they are called in the site."""
_OTHER: Final = re.compile(r"^\[(?:中文|English)\]\([^)\n]+\)\n+", re.MULTILINE)
_FENCE: Final = re.compile(r"^(`{3,}).*?^\1$\n?", re.MULTILINE | re.DOTALL)
_LINK: Final = re.compile(r"\]\((?P<to>[^)\s#:]*)(?P<anchor>#[^)\s]*)?\)")
_ITEM: Final = re.compile(r"(?:[-*]|[0-9]{1,2}\.) ")


def lay_pages(language: Language, folder: Path) -> list[PurePosixPath]:
    """Write the pages of `language`, pictures and notebooks into `folder`; return the pages.

    What there is in one language only is in both sites.
    """
    sources = sources_of(language)
    for source, name in sources.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.suffix == ".ipynb":
            text = _notebook(source)
        elif source.suffix == ".md":
            text = source.read_text(encoding="utf-8")
        else:
            shutil.copyfile(source, target)
            continue
        target.write_text(page_of(text, source, language), encoding="utf-8")
    for inside in {page.parent for page in folder.rglob("*.md")}:
        if not (inside / "index.md").exists():
            _list(inside, language)
    return sorted(PurePosixPath(page.relative_to(folder)) for page in folder.rglob("*.md"))


class LinkError(Exception):
    """A link that leads to nothing of the site."""


@cache
def sources_of(language: Language) -> Mapping[Path, PurePosixPath]:
    """Return each file that is part of the site of `language`, and its name there."""
    found = {}
    for source in sorted([*DOCS.rglob("*"), *(ROOT / name for name in _BESIDE)]):
        if source.is_dir() or source.name.startswith(".") or _language(source) not in {None, language}:
            continue
        name = _BESIDE.get(source.relative_to(ROOT).as_posix()) or _name(source)
        found[source] = PurePosixPath(name)
    return found


def _name(source: Path) -> str:
    name = source.relative_to(DOCS).as_posix()
    return name.replace("README", "index").replace(".zh.", ".").replace(".ipynb", ".md")


def _language(source: Path) -> Language | None:
    """Return the language of a file, None if it is the only one or a picture of neither."""
    if ".zh." in source.name:
        return "zh"
    return "en" if source.with_name(f"{source.stem}.zh{source.suffix}").exists() else None


def page_of(text: str, source: Path, language: Language) -> str:
    """Return the text of `source` as a page of the site of `language`."""
    parts, at = [], 0
    text = _OTHER.sub("", text, count=1)
    for fence in _FENCE.finditer(text):
        parts += [_words(text[at : fence.start()], source, language), fence[0]]
        at = fence.end()
    return "".join([*parts, _words(text[at:], source, language)])


def _words(text: str, source: Path, language: Language) -> str:
    linked = _LINK.sub(lambda link: f"]({_target(link['to'], source, language)}{link['anchor'] or ''})", text)
    lines: list[str] = []
    for line in linked.split("\n"):
        # Markdown wants a blank line in front of a list, GitHub does not
        if _ITEM.match(line) and lines and lines[-1].strip() and not _belongs(lines):
            lines.append("")
        lines.append(line)
    return "\n".join(lines)


def _belongs(lines: list[str]) -> bool:
    """Return whether the last of `lines` is part of a list."""
    for line in reversed(lines):
        if not line.strip():
            return False
        if _ITEM.match(line):
            return True
        if not line.startswith(" "):
            return False
    return False


def _target(to: str, source: Path, language: Language) -> str:
    """Return where a link of `source` leads in the site of `language`, or in that of the other one."""
    if not to:
        return to
    target = (source.parent / to).resolve()
    here = sources_of(language)[source]
    if target.is_dir():
        target /= "README.md"
        if not target.exists():
            return _relative(PurePosixPath(target.parent.relative_to(DOCS).as_posix()) / "index.md", here)
    own = sources_of(language).get(target)
    if own is not None:
        return _relative(own, here)
    other: Language = "en" if language == "zh" else "zh"
    there = sources_of(other).get(target)
    if there is None:
        raise LinkError(
            f"{source.relative_to(ROOT)} links to {to}, which is no page of the site: see _BESIDE"
        )
    return _relative(PurePosixPath("..") / other / there.with_suffix(".html"), here)


def _relative(to: PurePosixPath, here: PurePosixPath) -> str:
    return os.path.relpath(f"/x/y/{to}", f"/x/y/{here.parent}").replace(os.sep, "/")


def _list(folder: Path, language: Language) -> None:
    """Write a page that lists the others of its folder."""
    title = {"decisions": Text(en="Decisions", zh="决定"), "notebooks": Text(en="Notebooks", zh="笔记本")}
    name = folder.name
    head = title[name].in_language(language) if name in title else name
    pages = sorted(page for page in folder.glob("*.md") if page.name != "index.md")
    items = "".join(f"- [{title_of(page)}]({page.name})\n" for page in pages)
    (folder / "index.md").write_text(f"# {head}\n\n{items}", encoding="utf-8")


def title_of(page: Path) -> str:
    """Return the heading of a page."""
    first = page.read_text(encoding="utf-8").lstrip().partition("\n")[0]
    return first.removeprefix("# ").strip()


def _notebook(source: Path) -> str:
    """Return a notebook as a page: its words, and its cells as code."""
    cells = json.loads(source.read_text(encoding="utf-8"))["cells"]
    parts = []
    for cell in cells:
        text = "".join(cell["source"])
        parts.append(text if cell["cell_type"] == "markdown" else f"```python\n{text}\n```")
    return "\n\n".join(parts) + "\n"
