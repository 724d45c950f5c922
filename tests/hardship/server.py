"""Commands run in forks of one process that has everything loaded: some die at a chosen effect on the disk.

An audit hook sees every file that is opened to be written, renamed, removed or made, whoever does it: the
program has no hook of its own for this. A line of JSON comes in for each run, a line goes out.
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import signal
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import Any, Final

from quanheng.cli.commands import paths, place_of
from quanheng.cli.main import main as program
from quanheng.cli.main import run
from quanheng.cli.signals import end_in_good_order

BROKEN: Final = 77
FALLEN: Final = 98
"""The code of a program that ended with a traceback."""
_EFFECTS: Final = frozenset(
    {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod"}
)
_MORE: Final = (
    "quanheng.usecase.results.assess",
    "quanheng.usecase.results.publish",
    "quanheng.usecase.books.new",
    "quanheng.usecase.books.convert",
    "quanheng.documents.tables.result_folder",
    "xlsxwriter",
    "python_calamine",
)


def _load_all() -> None:
    for words in paths():
        importlib.import_module(place_of(*words).partition(":")[0])
    for name in _MORE:
        importlib.import_module(name)


class _Watch:
    """Counts the effects below a folder, and dies before number `at`."""

    def __init__(self, folder: str, at: int | None) -> None:
        self._folder = folder
        self._at = at
        self.effects: list[str] = []

    def __call__(self, event: str, args: tuple[Any, ...]) -> None:
        if event == "open":
            path, mode, flags = args
            writes = any(letter in (mode or "") for letter in "wax+") or (
                isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
            )
            if not writes or not isinstance(path, str | bytes | os.PathLike):
                return
            touched = [path]
        elif event in _EFFECTS:
            touched = [arg for arg in args[:2] if isinstance(arg, str | bytes | os.PathLike)]
        else:
            return
        names = [str(Path.cwd() / os.fsdecode(path)) for path in touched]
        if not any(name.startswith(self._folder) for name in names):
            return
        self.effects.append(f"{event} {' '.join(names)}")
        if self._at is not None and len(self.effects) > self._at:
            os._exit(BROKEN)


def _child(request: dict[str, Any], answers: Path) -> None:
    for number, name in ((1, "out"), (2, "err")):
        os.dup2(os.open(answers / name, os.O_WRONLY | os.O_CREAT), number)
    if request.get("streams"):
        _with_streams(request, answers)
    os.chdir(request["folder"])
    end_in_good_order()
    if request.get("limit") is not None:
        # Python keeps what a write cut short left of a compiled module: every later start would fall over it.
        sys.dont_write_bytecode = True
        resource.setrlimit(resource.RLIMIT_FSIZE, (request["limit"], request["limit"]))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    watch = _Watch(os.path.realpath(request["folder"]) + os.sep, request.get("at"))
    sys.addaudithook(watch)
    code = run(request["tokens"])
    sys.stdout.flush()
    sys.stderr.flush()
    (answers / "effects").write_text("\n".join(watch.effects), encoding="utf-8")
    os._exit(code)


_BUFFERED: Final = {1: -1, 2: 1}
"""As Python does: the answer in blocks, news line by line."""


def _with_streams(request: dict[str, Any], answers: Path) -> None:
    """Run the whole program where its answer finds no room, no reader, or no stream at all; then end."""
    os.chdir(request["folder"])
    for name, what in request["streams"].items():
        number = {"stdout": 1, "stderr": 2}[name]
        if what == "closed":
            os.close(number)
            setattr(sys, name, None)
            continue
        if what == "gone":
            reader, writer = os.pipe()
            os.dup2(writer, number)
            os.close(reader)
        else:
            os.dup2(os.open(what, os.O_WRONLY), number)
        setattr(sys, name, open(number, "w", buffering=_BUFFERED[number], encoding="utf-8", closefd=False))  # noqa: SIM115  the stream of the process
    sys.argv[1:] = request["tokens"]
    code: object = FALLEN
    try:
        program()
    except SystemExit as ended:
        code = ended.code
    except BaseException:  # noqa: BLE001  a traceback is what is looked for
        (answers / "err").write_text(traceback.format_exc(), encoding="utf-8")
    os._exit(code if isinstance(code, int) else 0)


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="hardship-") as name:
        answers = Path(name)
        began = time.monotonic()  # noqa: TID251  kills come within the time a command takes
        pid = os.fork()
        if pid == 0:
            try:
                _child(request, answers)
            finally:
                os._exit(99)
        if request.get("kill_after") is not None:
            time.sleep(request["kill_after"])  # noqa: TID251  the same
            os.kill(pid, request.get("signal", signal.SIGKILL))
        _, status = os.waitpid(pid, 0)
        texts = {
            part: (answers / part).read_text(encoding="utf-8", errors="replace")
            if (answers / part).exists()
            else ""
            for part in ("out", "err", "effects")
        }
        return {
            **texts,
            "code": os.waitstatus_to_exitcode(status),
            "seconds": time.monotonic() - began,  # noqa: TID251  the same
            "effects": texts["effects"].splitlines(),
        }


def main() -> None:
    """Answer requests until there are no more."""
    _load_all()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(_answer(json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
