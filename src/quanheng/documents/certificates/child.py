"""The process apart that sets templates of an office: with little memory and time, and no way to the net.

The request is JSON on standard input; the files are written into the folder it names, and the answer, on
standard output, is what went wrong, if anything.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from pathlib import Path
from typing import Any, Final

OUT_OF_MEMORY: Final = 77
_MOST_WRITTEN: Final = 256 * 1024 * 1024
_NOWHERE: Final = "http://127.0.0.1:9"
"""A proxy that nobody answers at: what a template wants to fetch is not fetched."""
_PROXIES: Final = ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")


def main() -> int:
    """Set what is asked for, and say what went wrong."""
    request = json.loads(sys.stdin.buffer.read())
    _restrict(request["memory"], request["seconds"])
    for name in _PROXIES:
        os.environ[name] = _NOWHERE
    for name in ("no_proxy", "NO_PROXY"):
        os.environ.pop(name, None)
    try:
        answer = _set(request)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode())
    return 0


def _set(request: dict[str, Any]) -> dict[str, Any]:
    from quanheng.documents.certificates.typesetting import SettingError, set_all  # noqa: PLC0415  after limits

    try:
        set_all(request["jobs"], Path(request["root"]), Path(request["out"]), request["folders"])
    except SettingError as error:
        return {"message": error.message, "line": error.line, "own": error.own}
    return {}


def _restrict(memory: int, seconds: int) -> None:
    """Let the system end this process where it takes more memory or time, or writes very large files."""
    try:
        import resource  # noqa: PLC0415  Windows has no such module
    except ImportError:
        return
    wanted = (
        (resource.RLIMIT_DATA, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, _MOST_WRITTEN),
    )
    for limit, most in wanted:
        _, hard = resource.getrlimit(limit)
        soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(limit, (soft, hard))
