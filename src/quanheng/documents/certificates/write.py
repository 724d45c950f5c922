"""Certificates as PDF/A-2a with PDF/UA-1, from the built-in template or an office's own."""

from __future__ import annotations

import json
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from quanheng.data.files.apart.command import command_of
from quanheng.documents.certificates.child import OUT_OF_MEMORY
from quanheng.documents.certificates.plain import PLACE_HOLDERS, plain_of, texts_by_role
from quanheng.documents.certificates.template import REFUSED, TOO_MUCH, lay_out
from quanheng.documents.certificates.typesetting import set_all
from quanheng.documents.compose.awards.certificates import Certificates
from quanheng.documents.fonts.choice import Fonts
from quanheng.documents.fonts.missing import covering
from quanheng.documents.words.place_holders import unknown
from quanheng.findings.collector import each_once
from quanheng.findings.finding import Finding, FindingsError, Location, require_no_errors
from quanheng.findings.patterns import bounded
from quanheng.findings.text import Text
from quanheng.findings.visible import json_text

_HERE: Final = Path(__file__).parent
_MEMORY: Final = 2 * 1024**3
_SECONDS: Final = 30
_SECONDS_EACH: Final = 0.5
"""What an office's own template may take: memory, and time for itself and for each certificate."""
_WAIT_TIMES: Final = 3
"""On a busy machine a second of computing takes longer."""
_NO_SUCH_KEY: Final = bounded(r'dictionary does not contain key "([^"]{1,60})"')
_ENDED_BY_THE_SYSTEM: Final = frozenset(
    -int(getattr(signal, name, 1000)) for name in ("SIGXCPU", "SIGKILL", "SIGXFSZ")
)


def set_certificates(
    files: Sequence[Certificates], *, fonts: Fonts, template: Path | None = None
) -> tuple[tuple[bytes, ...], tuple[Finding, ...]]:
    """Return each of `files` as the bytes of a PDF, and what was found on the way.

    The same certificates in the same fonts have the same bytes. A `template` is set in a process of its own
    that sees a copy of it alone, fetches nothing, and ends where it takes too much memory or time.

    Raises:
        FindingsError: a character is in no font, or the template cannot be set.
        UsageError: there is no such template, or the typesetter is not installed.
    """
    found = [covering(fonts, texts_by_role(file)) for file in files]
    findings = tuple(each_once(finding for each in found for finding in each.findings))
    require_no_errors(findings)
    jobs = [
        json_text(plain_of(file, fonts, each), indent=None) for file, each in zip(files, found, strict=True)
    ]
    with TemporaryDirectory() as folder:
        out = Path(folder, "out")
        out.mkdir()
        if template is None:
            set_all(jobs, _HERE, out, fonts.folders)
        else:
            root = Path(folder, "root")
            root.mkdir()
            lay_out(template, root)
            seconds = int(_SECONDS + _SECONDS_EACH * sum(len(file.items) for file in files))
            _set_apart(template, jobs, root, out, fonts, seconds)
        return tuple((out / f"{number}.pdf").read_bytes() for number in range(len(files))), findings


def _set_apart(template: Path, jobs: list[str], root: Path, out: Path, fonts: Fonts, seconds: int) -> None:
    """Set an office's own template in a process apart, and tell what goes wrong as findings."""
    where = Location(file=template.name)
    request = {
        "jobs": jobs,
        "root": str(root),
        "out": str(out),
        "folders": list(fonts.folders),
        "memory": _MEMORY,
        "seconds": seconds,
    }
    try:
        done = subprocess.run(  # noqa: S603  our own program; no text of a stranger
            command_of("quanheng.documents.certificates.child"),
            input=json.dumps(request).encode(),
            capture_output=True,
            timeout=_WAIT_TIMES * seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise FindingsError((_took_too_long(where, seconds),)) from None
    if done.returncode:
        raise FindingsError((_ended(done, where, seconds),))
    said = json.loads(done.stdout)
    if said:
        raise FindingsError((_refused(said, where),))


def _took_too_long(where: Location, seconds: int) -> Finding:
    return TOO_MUCH.at(where, what=Text(en=f"more than {seconds} seconds", zh=f"排版时间超过{seconds}秒"))


def _ended(done: subprocess.CompletedProcess[bytes], where: Location, seconds: int) -> Finding:
    """Return why the process ended before its time."""
    if done.returncode == OUT_OF_MEMORY or b"memory allocation" in done.stderr:
        return TOO_MUCH.at(where, what=Text(en="more than 2 GiB of memory", zh="内存超过 2 GiB"))
    if done.returncode in _ENDED_BY_THE_SYSTEM:
        return _took_too_long(where, seconds)
    why = Text(en="the typesetter broke over it", zh="排版程序因其中断")
    return REFUSED.at(where, why=why)


def _refused(said: dict[str, object], where: Location) -> Finding:
    line = said["line"] if isinstance(said["line"], int) else None
    place = Location(file=where.file, line=line)
    message = str(said["message"])
    no_key = _NO_SUCH_KEY.match(message)
    if no_key is not None and said["own"]:
        return unknown(no_key[1], place, PLACE_HOLDERS)
    return REFUSED.at(place, why=message)
