"""A file that somebody hands in: not too large, what it says it is, without macros, unpacked within bounds.

What a workbook holds is read by the core, in a process apart with limits of its own.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path, PurePosixPath
from typing import Final

from quanheng.data.files.archives import ZIP_BOMB, listed
from quanheng.data.files.magic import WORKBOOKS, sort_of
from quanheng.findings.finding import NOWHERE, Finding, FindingsError
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.web.library.findings import BAD_ARCHIVE, HOLDS_MACROS, UPLOAD_OF_NO_USE, UPLOAD_TOO_LARGE

MEBI: Final = 1024 * 1024
MOST_MEBI: Final = 20
"""Megabytes of a file that is handed in."""
_LONGEST_NAME: Final = 120
_LONGEST_ENDING: Final = 20
_ENCRYPTED: Final = 0x1
_MACROS: Final = ("vbaproject.bin", "basic/", "macrosheets/")
"""What the parts are called in which a workbook keeps programs."""
_COMPOUND: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_MACROS_OF_OLD: Final = ("_VBA_PROJECT", "Macros", "_xlm.")
"""The same, where a document is one file of many streams, whose names it holds as they are."""
_TOO_LARGE: Final = Text(zh="解开后过大，或文件过多", en="it is too large once unpacked")
_NOT_SOUND: Final = Text(zh="不是有效的 zip 文件", en="it is no sound zip file")


class Upload(Value):
    """A file as it came: the name its sender gave it, and what it holds."""

    name: str
    content: bytes

    def __str__(self) -> str:
        """Return its name alone, as the log tells it."""
        return self.plain_name

    @property
    def plain_name(self) -> str:
        """The last part of its name, with nothing in it that is no letter to print; its ending stays.

        Examples:
            >>> Upload(name="a/" + "长" * 200 + ".pdf", content=b"").plain_name == "长" * 116 + ".pdf"
            True
        """
        last = PurePosixPath(self.name.replace("\\", "/")).name
        told = PurePosixPath("".join(letter for letter in last if letter.isprintable()) or "-")
        ending = told.suffix[:_LONGEST_ENDING]
        return told.name[: -len(told.suffix) or None][: _LONGEST_NAME - len(ending)] + ending

    @property
    def is_workbook(self) -> bool:
        """Whether it is called a workbook."""
        return Path(self.plain_name).suffix.lower() in WORKBOOKS


def require_taken(upload: Upload, *, wanted: Text) -> None:
    """Raise `FindingsError` for a file that is too large, empty, not what it is called, or with macros."""
    found: list[Finding] = []
    name = upload.plain_name
    if len(upload.content) > MOST_MEBI * MEBI:
        found.append(UPLOAD_TOO_LARGE.at(name=name, most=MOST_MEBI))
    elif not upload.content or (upload.is_workbook and sort_of(upload.content) not in ("zip", "compound")):
        found.append(UPLOAD_OF_NO_USE.at(name=name, wanted=wanted))
    elif upload.is_workbook and has_macros(upload.content):
        found.append(HOLDS_MACROS.at(name=name))
    if found:
        raise FindingsError(tuple(found))


def unpack(upload: Upload, folder: Path, *, only: tuple[str, ...]) -> None:
    """Write the files of a zip whose name without its ending is one of `only` into `folder`.

    They are those that lie beside the uppermost of them; nothing is written anywhere else, whatever the
    archive calls its files.

    Raises:
        FindingsError: it is no zip, has a password, or unpacks to too much.
    """
    name = upload.plain_name
    entries = [entry for entry in entries_of(upload) if not entry.is_dir()]
    try:
        with zipfile.ZipFile(io.BytesIO(upload.content)) as archive:
            for entry in _beside_the_first(entries, only):
                if entry.flag_bits & _ENCRYPTED:
                    raise _refused(name, Text(zh="设有密码", en="it has a password"))
                with archive.open(entry) as part:
                    content = part.read(MOST_MEBI * MEBI + 1)
                if len(content) > MOST_MEBI * MEBI:
                    raise _refused(name, _TOO_LARGE)
                (folder / PurePosixPath(entry.filename).name).write_bytes(content)
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, EOFError) as error:
        raise _refused(name, _NOT_SOUND) from error


def entries_of(upload: Upload) -> tuple[zipfile.ZipInfo, ...]:
    """Return what a zip lists, within the bounds that hold for every archive that is read.

    Raises:
        FindingsError: it is no sound zip, or unpacks to too much by its own account.
    """
    entries = listed(upload.content, NOWHERE)
    if isinstance(entries, Finding):
        raise _refused(upload.plain_name, _TOO_LARGE if entries.kind is ZIP_BOMB else _NOT_SOUND)
    return entries


def _beside_the_first(entries: list[zipfile.ZipInfo], only: tuple[str, ...]) -> list[zipfile.ZipInfo]:
    named = [entry for entry in entries if PurePosixPath(entry.filename).stem.lower() in only]
    if not named:
        return []
    depth = min(entry.filename.count("/") for entry in named)
    first = next(entry for entry in named if entry.filename.count("/") == depth)
    above = PurePosixPath(first.filename).parent
    return [entry for entry in named if PurePosixPath(entry.filename).parent == above]


def has_macros(content: bytes) -> bool:
    """Return whether a document of an office program holds programs of its own, of our day or of old."""
    if content.startswith(_COMPOUND):
        return any(mark.encode("utf-16-le") in content for mark in _MACROS_OF_OLD)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = [entry.filename.lower() for entry in archive.infolist()]
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return False
    return any(part in name for name in names for part in _MACROS)


def _refused(name: str, why: Text) -> FindingsError:
    return FindingsError((BAD_ARCHIVE.at(name=name, why=why),))
