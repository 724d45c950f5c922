"""A process that is told to end does so, whatever a library makes of what is raised in it."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator

import pytest

from quanheng.cli import main, signals

_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@pytest.fixture
def in_good_order(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    before = [signal.getsignal(number) for number in _ENDING]
    for number in _ENDING:  # whoever started the tests may ignore it, and Spark puts a handler of its own
        signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)
    monkeypatch.setattr(signals, "_TOLD", [])
    signals.end_in_good_order()
    yield
    for number, handler in zip(_ENDING, before, strict=True):
        signal.signal(number, handler)


@pytest.mark.parametrize("number", _ENDING)
@pytest.mark.usefixtures("in_good_order")
def test_an_error_that_a_library_makes_of_a_signal_is_no_fault(
    number: signal.Signals, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def building(*_: object) -> int:
        try:
            signal.raise_signal(number)
        except BaseException:  # noqa: BLE001  as pydantic's core does while it builds a validator
            raise RuntimeError("Error building validator") from None
        return 0

    monkeypatch.setattr(main, "_answer", building)

    assert main.run(["score", "book"]) == 128 + number
    assert capsys.readouterr().err == ""
