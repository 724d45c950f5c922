"""A process that has a site loaded and runs scripts in forks of it: starting Python for each takes longer.

A line of JSON comes in for each script, a line goes out. No fork shares a connection with another, since the
process itself asks no database.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Self

ROOT: Final = Path(__file__).parents[2]


class Hand:
    """The process, as the tests see it."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        """Ask `process`."""
        self._process = process

    @classmethod
    @contextmanager
    def at(cls, folder: Path) -> Iterator[Self]:
        """Yield what runs scripts for the site in `folder`."""
        command = [sys.executable, "-m", "tests.web.at_hand", str(folder)]
        environment = {
            name: value
            for name, value in os.environ.items()
            if name not in {"DJANGO_SETTINGS_MODULE", "QUANHENG_SITE"}
        }
        pipe = subprocess.PIPE
        with subprocess.Popen(
            command, stdin=pipe, stdout=pipe, text=True, cwd=ROOT, env=environment
        ) as process:
            try:
                yield cls(process)
            finally:
                assert process.stdin is not None
                process.stdin.close()

    def told_by(self, script: str, *words: str) -> str:
        """Run a script and return what it printed."""
        answer = self._asked(script=script, words=words)
        assert answer["code"] == 0, answer["said"]
        return str(answer["said"])

    def begun(self, script: str, *words: str) -> int:
        """Begin a script and return the number of its process."""
        return int(self._asked(script=script, words=words, wait=False)["pid"])

    def killed(self, pid: int) -> None:
        """Kill what was begun, and return when it is gone."""
        self._asked(kill=pid)

    def _asked(self, **request: object) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    if "kill" in request:
        os.kill(request["kill"], signal.SIGKILL)
        os.waitpid(request["kill"], 0)
        return {}
    with tempfile.TemporaryFile(mode="w+", encoding="utf-8") as said:
        pid = os.fork()
        if pid == 0:
            os.dup2(said.fileno(), 1)
            os.dup2(said.fileno(), 2)
            _run(request["script"], request["words"])
        if not request.get("wait", True):
            return {"pid": pid}
        _, status = os.waitpid(pid, 0)
        said.seek(0)
        return {"code": os.waitstatus_to_exitcode(status), "said": said.read()}


def _run(script: str, words: list[str]) -> None:
    sys.argv[1:] = words
    code = 1
    try:
        exec(compile(script, "a script", "exec"), {"__name__": "__main__"})  # noqa: S102  of the tests
        code = 0
    except BaseException:  # noqa: BLE001  the outermost edge: whoever asked reads it
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def main(folder: Path) -> None:
    """Load the site, and answer until there is nothing more."""
    from quanheng.web.site.start import load  # noqa: PLC0415  only the process itself loads a site

    load(folder)
    for line in sys.stdin:
        sys.stdout.write(json.dumps(_answer(json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
