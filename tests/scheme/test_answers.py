"""A member of a closed union that leaves a question open is refused by the type checker."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest
from mypy import api
from tests.scheme.library_of_values import library_of_values

_MEMBERS = """
    from typing import ClassVar

    from quanheng.scheme.gaps.policies import Fills, Policy
    from quanheng.scheme.gaps.treatment import Treating
    from quanheng.scheme.ledgers.statistics import Looked, Tally
    from quanheng.findings.text import Text
    from quanheng.scheme.weights.aggregation import Joining
    from quanheng.scheme.weights.methods import Basis, Method

    class Whole(Method):
        name: ClassVar[str] = "whole"
        title: ClassVar[Text] = Text(en="Answers all")
        basis: ClassVar[Basis] = "points"

    class NoBasis(Method):
        name: ClassVar[str] = "no-basis"
        title: ClassVar[Text] = Text(en="Says not what its weights rest on")

    class OtherBasis(Method):
        name: ClassVar[str] = "other-basis"
        title: ClassVar[Text] = Text(en="Rests on what nobody knows")
        basis: ClassVar[Basis] = "luck"

    class NoMean(Joining):
        name: ClassVar[str] = "no-mean"
        words: ClassVar[Text] = Text(en="says not whether a 0 makes it 0")
        adds_up: ClassVar[bool] = False
        shares_marks: ClassVar[bool] = True
        refuses_negative: ClassVar[bool] = False
        in_pairs: ClassVar[bool] = False

    class NoName(Policy):
        words: ClassVar[Text] = Text(en="says not how the trace gives it")
        is_error: ClassVar[bool] = False
        fills: ClassVar[Fills | None] = "points"
        takes_from_others: ClassVar[bool] = True
        attribute: ClassVar[str | None] = None
        needs_base: ClassVar[bool] = False
        points: ClassVar[float | None] = None

    class NoQuantiles(Treating):
        by_pool: ClassVar[bool] = True

    class NoCount(Tally):
        name: ClassVar[str] = "no-count"
        words: ClassVar[Text] = Text(en="says not whether it counts")
        looks_at: ClassVar[Looked] = "records"
        accumulates: ClassVar[bool] = False
        misses_amounts: ClassVar[bool] = False

    Whole(), NoBasis(), NoMean(), NoName(), NoQuantiles(), NoCount()
"""


def test_the_type_checker_refuses_a_member_that_does_not_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MYPYPATH", library_of_values(tmp_path))
    (tmp_path / "members.py").write_text(dedent(_MEMBERS), encoding="utf-8")

    # what is imported need not be checked again, nor looked up outside: seven times faster
    options = ["--strict", "--no-error-summary", "--follow-imports=silent", "--no-site-packages"]
    report, _, _ = api.run([*options, f"--cache-dir={tmp_path}", str(tmp_path / "members.py")])

    found = [line.split(" error: ")[1].rpartition("  [")[0] for line in report.splitlines()]
    assert found[0].startswith("Incompatible types in assignment (expression has type \"Literal['luck']\"")
    assert found[1:] == [
        f'Cannot instantiate abstract class "{name}" with abstract attribute "{question}"'
        for name, question in (
            ("NoBasis", "basis"),
            ("NoMean", "zero_makes_zero"),
            ("NoName", "name"),
            ("NoQuantiles", "quantiles"),
            ("NoCount", "counts"),
        )
    ]
