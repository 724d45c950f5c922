"""Give one command after the other to the program, in this process, and say what came of each."""

from __future__ import annotations

import io
import json
import sys
import time
from contextlib import redirect_stderr, redirect_stdout

from quanheng.cli.main import run


def main() -> None:
    """Write for each line of standard input, a command as a list: its exit code, seconds and output."""
    for line in sys.stdin:
        out = io.StringIO()
        start = time.process_time()
        with redirect_stdout(out), redirect_stderr(out):
            code = run(json.loads(line))
        seconds = time.process_time() - start
        sys.stdout.write(json.dumps([code, seconds, out.getvalue()]) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
