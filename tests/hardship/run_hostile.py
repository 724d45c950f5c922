"""Give one hostile file after the other to a command, in this process, and say what came of each."""

from __future__ import annotations

import io
import json
import resource
import sys
import time
from contextlib import redirect_stderr, redirect_stdout

from quanheng.cli.main import run


def main() -> None:
    """Print for each line of standard input, a command as a list, its exit code, seconds and output."""
    for line in sys.stdin:
        out = io.StringIO()
        start = time.perf_counter()  # noqa: TID251  how long it takes is the point
        with redirect_stdout(out), redirect_stderr(out):
            code = run(json.loads(line))
        seconds = time.perf_counter() - start  # noqa: TID251  the same
        own, apart = (
            resource.getrusage(who).ru_maxrss // 1024
            for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        )
        sys.stdout.write(json.dumps([code, seconds, own, apart, out.getvalue()]) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
