"""Which process something belongs to, and whether it is alive still.

The number of a process is given again to a later one, so its start belongs to it; and it means something only
on one computer, and there only among the processes that are counted together (a container counts its own).
"""

from __future__ import annotations

import hashlib
import os
import platform
import sys
from pathlib import Path
from typing import Final

from quanheng.findings.value import Value

_DEAD: Final = frozenset("ZXx")
"""States of a process that has ended, though its parent has not yet asked how."""
_START: Final = 19
"""Which field, after the name of the program, says when a process of Linux began."""
_LETTERS: Final = 8


class Owner(Value):
    """A process: its computer, among which processes there, its number, and when it `started`."""

    host: str
    among: str
    pid: int
    started: str

    @property
    def token(self) -> str:
        """What stands for it in a name: `where-number-when`, in hexadecimal but for the number."""
        return f"{_short(f'{self.host} {self.among}')}-{self.pid}-{_short(self.started)}"


def this_process() -> Owner:
    """Return this process.

    Examples:
        >>> is_alive(this_process())
        True
    """
    pid = os.getpid()
    return Owner(host=platform.node(), among=_among(), pid=pid, started=started(pid) or "")


def is_alive(owner: Owner) -> bool | None:
    """Return whether the process is there still; None if that cannot be told from here."""
    if (owner.host, owner.among) != (platform.node(), _among()):
        return None
    now = started(owner.pid)
    return now is not None and now == owner.started


def is_token_alive(token: str) -> bool | None:
    """Return whether the process that `token` stands for is there still; None if it cannot be told from here.

    Examples:
        >>> is_token_alive(this_process().token), is_token_alive("00000000-1-00000000")
        (True, None)
    """
    where, number, when = token.split("-")
    if where != _short(f"{platform.node()} {_among()}"):
        return None
    now = started(int(number))
    return now is not None and _short(now) == when


def started(pid: int) -> str | None:
    """Return when the process `pid` of this computer began, in words of its own; None if there is none."""
    if sys.platform == "win32":
        return _started_on_windows(pid)
    if Path("/proc/self/stat").exists():
        return _started_on_linux(pid)
    return _started_elsewhere(pid)


def _short(text: str) -> str:
    return hashlib.sha256(text.encode(), usedforsecurity=False).hexdigest()[:_LETTERS]


def _among() -> str:
    """Return among which processes of the computer numbers are given: a container has its own."""
    try:
        return str(Path("/proc/self/ns/pid").readlink())
    except OSError:
        return ""


def _started_on_linux(pid: int) -> str | None:
    try:
        # the name of the program, in brackets, may hold blanks and brackets itself
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2]
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return None
    parts = fields.split()
    return None if parts[0] in _DEAD else f"{boot} {parts[_START]}"


def _started_elsewhere(pid: int) -> str | None:
    import subprocess  # noqa: PLC0415  not used on Linux

    told = subprocess.run(  # noqa: S603  a number is all that is put in
        ["/bin/ps", "-o", "lstart=", "-p", str(pid)],
        capture_output=True,
        text=True,
        check=False,
        env={"LC_ALL": "C", "TZ": "UTC"},
    )
    return told.stdout.strip() or None


if sys.platform == "win32":

    def _started_on_windows(pid: int) -> str | None:
        # `os.kill(pid, 0)` would end the process there
        import ctypes  # noqa: PLC0415  used on Windows only
        from ctypes import wintypes  # noqa: PLC0415  the same

        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        handle = kernel.OpenProcess(0x1000, False, pid)  # noqa: FBT003  a C function: limited queries only
        if not handle:
            return None
        try:
            code = wintypes.DWORD()
            times = [wintypes.FILETIME() for _ in range(4)]
            told = kernel.GetProcessTimes(handle, *map(ctypes.byref, times))
            kernel.GetExitCodeProcess(handle, ctypes.byref(code))
        finally:
            kernel.CloseHandle(handle)
        still_active = 259
        if not told or code.value != still_active:
            return None
        return f"{times[0].dwHighDateTime}.{times[0].dwLowDateTime}"
