"""Certificates set by typst from a root folder that holds all it may read."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from quanheng.documents.typesetter import STANDARDS, typesetter

MAIN: Final = "certificates.typ"
OWN: Final = "template.typ"
"""What a template is called among the files that it can see."""
_ARROW: Final = "┌─ "
_FONT: Final = "unknown font family"


class SettingError(Exception):
    """A template cannot be set: the typesetter's `message`, the `line`, and whether it is the `own` one's."""

    def __init__(self, message: str, line: int | None = None, *, own: bool = False) -> None:
        """Keep what the typesetter says."""
        super().__init__(message)
        self.message, self.line, self.own = message, line, own


def set_all(jobs: Sequence[str], root: Path, out: Path, folders: Sequence[str]) -> None:
    """Set each of `jobs`, the values of a file as JSON, from the template in `root` into `out`, by number.

    Raises:
        SettingError: the typesetter refuses the template.
    """
    typst = typesetter()
    empty = out / "packages"
    empty.mkdir(exist_ok=True)
    compiler = typst.Compiler(
        root=root,
        font_paths=typst.Fonts(include_embedded_fonts=False, font_paths=list(folders)),
        package_path=empty,
        package_cache_path=empty,
    )
    for number, job in enumerate(jobs):
        date = json.loads(job)["date"]
        moment = dt.datetime(date["year"], date["month"], date["day"], tzinfo=dt.UTC)
        try:
            content, warnings = compiler.compile_with_warnings(
                root / MAIN,
                format="pdf",
                sys_inputs={"certificates": job},
                pdf_standards=STANDARDS,
                timestamp=moment,
            )
        except typst.TypstError as error:
            raise _told(error) from None
        for warning in warnings:
            if warning.message.startswith(_FONT):
                raise _told(warning)
        (out / f"{number}.pdf").write_bytes(content)


def _told(error: Any) -> SettingError:  # noqa: ANN401  the library's own type, known only where it is installed
    """Return what the typesetter says, with the first place in the template that it names."""
    for line in error.diagnostic.splitlines():
        _, _, place = line.partition(_ARROW)
        file, _, rest = place.partition(f"{OWN}:")
        if rest and file[-1:] in ("", "/", "\\"):
            number = rest.partition(":")[0]
            return SettingError(error.message, int(number) if number.isdigit() else None, own=True)
    return SettingError(error.message)
