from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from tools.check_patterns import stray_patterns

import quanheng
from quanheng.findings.patterns import BOUNDED, LINEAR, Linear, bounded

SLOWEST = 0.02
"""Seconds that a bounded expression may take for its worst text; with what else runs here."""


def worst_texts(pattern: str, length: int) -> Iterator[str]:
    """Yield texts made of what `pattern` is made of, again and again."""
    letters = dict.fromkeys(re.sub(r"\\.", "", pattern) + " \t0a年(“\"'[-")
    words = [word for word in re.split(r"[^\w一-鿿]+", pattern) if word][:8]
    for unit in (*letters, *words, "(a", "（a", '"a', "[0", "1 ", "2023年", "1-", "<a ", "''", "0,", "单位"):
        whole = unit * (length // len(unit))
        yield whole[:-1] + "\x00"
        yield "a" + whole[:-2] + "\x00"


def is_slow(look: Callable[[str], object], text: str, most: float) -> bool:
    """Return whether `look` takes longer than `most` seconds over `text`, three times in turn."""
    for _ in range(3):
        start = time.perf_counter()  # noqa: TID251  how long it takes is the point
        look(text)
        if time.perf_counter() - start < most:  # noqa: TID251  the same
            return False
    return True


@pytest.fixture(scope="module", autouse=True)
def _everything() -> None:
    for module in pkgutil.walk_packages(quanheng.__path__, "quanheng."):
        if ".starter" not in module.name:
            importlib.import_module(module.name)


def test_no_bounded_pattern_takes_long_over_the_worst_of_texts() -> None:
    assert len(BOUNDED) > 50
    for pattern in BOUNDED:
        for text in worst_texts(pattern.pattern, pattern.most):
            assert not is_slow(pattern.fullmatch, text, SLOWEST), (pattern.pattern, text[:20])
            assert not is_slow(pattern.findall, text, SLOWEST), (pattern.pattern, text[:20])


def test_what_is_called_linear_is_quick_over_a_text_of_20_000_letters() -> None:
    assert len(LINEAR) > 10
    for pattern in LINEAR:
        written = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
        findall = partial(_found, pattern)
        for text in worst_texts(written, 20_000):
            assert not is_slow(findall, text, 5 * SLOWEST), (written, text[:20])


def _found(pattern: Linear[Any], text: str) -> object:
    given: Any = text if isinstance(pattern.pattern, str) else text.encode()
    return pattern.findall(given)


def test_a_longer_text_is_looked_at_up_to_the_bound() -> None:
    digits = bounded("[0-9]+", most=3)

    assert digits.fullmatch("1234") is None
    assert digits.sub("#", "12345") == "#45"
    assert digits.split("1a2345") == ["", "a", "345"]
    assert digits.match("ab12", 2)


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("import re\nre.compile('a')", [2]),
        ("from re import search", [1]),
        ("import re as r", [1]),
        ("import re\nx: re.Match[str]\nflags = re.DOTALL", []),
        ("from quanheng.findings.patterns import bounded\nbounded('a').sub('b', 'c')", []),
    ],
)
def test_expressions_made_elsewhere_are_found(source: str, lines: list[int]) -> None:
    assert list(stray_patterns(source)) == lines
