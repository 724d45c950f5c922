"""The site as a process of its own, on a port that is free."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CLEAN = {
    name: value
    for name, value in os.environ.items()
    if name not in {"DJANGO_SETTINGS_MODULE", "QUANHENG_SITE"}
}
COMMAND = (sys.executable, "-c", "from quanheng.cli.main import main; main()")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def served(
    folder: Path, *options: str, port: int = 0, environment: Mapping[str, str] | None = None
) -> Iterator[dict[str, Any]]:
    """Yield what the command told when the site could be asked; it is told to end afterwards, and does."""
    named = str(port or free_port())
    command = [*COMMAND, "serve", str(folder), "--port", named, "--json", "--lang", "en", *options]
    surrounded = {**CLEAN, **(environment or {})}
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=surrounded
    )
    try:
        assert process.stdout is not None
        line = lines = ""
        while not line.startswith("}"):
            line = process.stdout.readline()
            assert line, process.stderr.read() if process.stderr else ""
            lines += line
        yield json.loads(lines)
    finally:
        process.terminate()
        process.communicate(timeout=30)
