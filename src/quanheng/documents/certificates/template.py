"""An office's own template of certificates: copied where it sees nothing but itself and its pictures."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from quanheng.documents.certificates.typesetting import OWN
from quanheng.findings.errors import UsageError
from quanheng.findings.finding import Finding, FindingsError, Kind, Location
from quanheng.findings.text import Text

_HERE: Final = Path(__file__).parent
_OURS: Final = ("certificates.typ", "fitted.typ")
"""The files of the program that lie beside each template."""
_MEBI: Final = 1024 * 1024
MOST_OF_IT: Final = _MEBI
MOST_BESIDE: Final = 20 * _MEBI
MOST_FILES: Final = 100
"""How large a template, and the folder of its pictures, may be."""

REFUSED: Final = Kind(
    code="QH818",
    severity="error",
    en="the template is not set: {why}",
    zh="模板无法排版：{why}",
    hint_en="correct the template; hand-out-awards.md in docs/how-to says what it is given",
    hint_zh="请更正模板；模板可用的内容和样例见操作指南“颁发奖项”",
)
TOO_MUCH: Final = Kind(
    code="QH819",
    severity="error",
    en="the template takes too much: {what}",
    zh="模板超出限制：{what}",
    hint_en="use a smaller template: a file of 1 MiB, beside it a folder of the same name with at most 100 "
    "files and 20 MiB, and no links",
    hint_zh="请精简模板：文件不超过 1 MiB，同名文件夹不超过 100 个文件、20 MiB，且不含链接",
)


def lay_out(template: Path, folder: Path) -> None:
    """Copy `template` and the folder of its name into `folder`, which becomes all that it can see.

    Of `award.typ` that is the folder `award` beside it, with pictures and whatever else it reads.

    Raises:
        UsageError: there is no such file.
        FindingsError: it is too large, holds links, is no text, or shows neither whom it honours nor why.
    """
    if not template.is_file():
        raise UsageError(
            f"there is no {template}: name a typst file (.typ)", f"没有 {template}：请指明 typst 文件（.typ）"
        )
    for name in _OURS:
        shutil.copyfile(_HERE / name, folder / name)
    where = Location(file=template.name)
    if template.stat().st_size > MOST_OF_IT:
        raise FindingsError((TOO_MUCH.at(where, what=Text(en="its size", zh="文件大小")),))
    content = template.read_bytes()
    (folder / OWN).write_bytes(content)
    beside = template.with_suffix("")
    if beside.is_dir() and beside != template:
        _copy(beside, folder / beside.name, where)
    told = tuple(_check(content, folder, where))
    if told:
        raise FindingsError(told)


def _copy(source: Path, target: Path, where: Location) -> None:
    """Copy the files of a folder, as far as they are files; sizes are counted before anything is read."""
    files, size = [], 0
    for folder, folders, names in os.walk(source):
        for name in (*folders, *names):
            path = Path(folder, name)
            if path.is_symlink() or not (path.is_dir() or path.is_file()):
                what = Text(en=f"{name} is a link", zh=f"{name} 是链接")
                raise FindingsError((TOO_MUCH.at(where, what=what),))
        for name in names:
            files.append(Path(folder, name))
            size += files[-1].stat().st_size
            if len(files) > MOST_FILES or size > MOST_BESIDE:
                what = Text(en=f"the folder {source.name}", zh=f"文件夹 {source.name}")
                raise FindingsError((TOO_MUCH.at(where, what=what),))
    for file in files:
        copy = target / file.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, copy)


def _check(content: bytes, folder: Path, where: Location) -> Iterator[Finding]:
    """Yield what a template lacks so that each certificate is its recipient's."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        yield REFUSED.at(where, why=Text(en="it is no text in UTF-8", zh="不是 UTF-8 文本"))
        return
    for file in folder.rglob("*.typ"):
        if file.name not in (*_OURS, OWN):
            text += file.read_text(encoding="utf-8", errors="replace")
    for names, what in _NEEDED:
        if not any(name in text for name in names):
            told = " / ".join(f"item.{name}" for name in names)
            why = Text(en=f"it shows nowhere {what.en}: {told}", zh=f"没有用到{what.zh}的占位符：{told}")
            yield REFUSED.at(where, why=why)


_NEEDED: Final = (
    (("salutation", "recipient", "person", "unit"), Text(en="who is honoured", zh="受奖者")),
    (("text", "award"), Text(en="what for", zh="奖项")),
)
