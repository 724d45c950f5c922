"""Running the command line inside a test: what it prints, and its exit code."""

from __future__ import annotations

import io
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass

from quanheng.cli.main import run


@dataclass(frozen=True, slots=True)
class Answer:
    code: int
    out: str
    err: str


def answer_to(*tokens: str) -> Answer:
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = run(tokens)
    return Answer(code, out.getvalue(), err.getvalue())
