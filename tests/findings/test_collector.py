from __future__ import annotations

from tests.data.books import gathered

from quanheng.data.load import NO_BOOK
from quanheng.data.telling.findings import EMPTY_FILE
from quanheng.findings.collector import SHOWN, Collector
from quanheng.findings.finding import Location


def test_findings_stand_in_the_order_they_came() -> None:
    collector = Collector()
    collector.add_all([NO_BOOK.at(), EMPTY_FILE.at(), NO_BOOK.at(Location(file="b"))])

    assert gathered(collector) == ["QH301", "QH307", "QH301 b"]


def test_what_was_told_of_a_place_is_not_told_again() -> None:
    collector = Collector()
    collector.add_all([NO_BOOK.at(), NO_BOOK.at(), NO_BOOK.at(Location(file="b")), NO_BOOK.at()])

    assert gathered(collector) == ["QH301", "QH301 b"]


def test_findings_beyond_the_limit_are_counted_by_kind() -> None:
    collector = Collector()
    collector.add_all(NO_BOOK.at(Location(line=line)) for line in range(SHOWN + 5))
    collector.add(EMPTY_FILE.at())
    collector.count(NO_BOOK, 7)

    findings = collector.findings()

    assert len(findings) == SHOWN + 2
    assert findings[-1].facts == {"code": "QH301", "number": "12"}


def test_what_is_counted_alone_is_not_told_as_more() -> None:
    collector = Collector()
    collector.count(NO_BOOK, 0)

    assert collector.findings() == ()
