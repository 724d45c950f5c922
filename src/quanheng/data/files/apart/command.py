"""How a process of our own is started: with the same Python and paths, and nothing of the working folder."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

_PROGRAM: Final = """
import sys
from importlib import import_module
sys.path[:] = sys.argv[2:]
sys.exit(import_module(sys.argv[1]).main())
"""
_SOURCES: Final = str(Path(__file__).parents[4])


def command_of(module: str) -> list[str]:
    """Return the command that runs `main` of one of our modules in a process of its own.

    Examples:
        >>> command = command_of("quanheng.documents.pdf.beside")
        >>> command[-len(command) + 1], "quanheng.documents.pdf.beside" in command
        ('-I', True)
    """
    paths = dict.fromkeys((_SOURCES, *(path for path in sys.path if path)))
    return [sys.executable or "python", "-I", "-S", "-X", "utf8", "-c", _PROGRAM, module, *paths]
