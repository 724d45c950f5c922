"""The fonts that are installed: those that the typesetter finds, and those of an office's own folders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from quanheng.documents.fonts.choice import Fonts, Installed, choose
from quanheng.documents.typesetter import typesetter
from quanheng.findings.errors import UsageError

FOLDERS: Final = "QUANHENG_FONTS"
"""The variable of the environment that names folders of fonts, as `PATH` names folders of programs."""


def folders_in(environment: Mapping[str, str], separator: str) -> tuple[Path, ...]:
    """Return the folders of fonts that the environment names.

    Examples:
        >>> [path.name for path in folders_in({"QUANHENG_FONTS": "/a/one:/a/two"}, ":")]
        ['one', 'two']
    """
    return tuple(Path(part) for part in environment.get(FOLDERS, "").split(separator) if part)


def installed_fonts(folders: Sequence[Path] = ()) -> Fonts:
    """Return what each kind of text is set in, of the fonts of the system and those in `folders`.

    Raises:
        UsageError: a folder is none, or the typesetter is not installed.
    """
    for folder in folders:
        if not folder.is_dir():
            raise UsageError(
                f"{folder} is not a folder: name a folder with fonts",
                f"{folder} 不是文件夹：请指明字体文件夹",
            )
    paths = tuple(str(folder.resolve()) for folder in folders)
    return choose(_found(paths), paths)


@lru_cache(maxsize=4)
def _found(folders: tuple[str, ...]) -> tuple[Installed, ...]:
    typst = typesetter()
    fonts = typst.Fonts(include_embedded_fonts=False, font_paths=list(folders))
    return tuple(
        Installed(family=font.family, weight=font.weight, path=font.path, index=font.index)
        for font in fonts.fonts()
        if font.style == "normal" and font.path
    )
