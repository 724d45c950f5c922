from __future__ import annotations

from dataclasses import replace

import pytest
from tests.process.rounds.people import deed, hours

from quanheng.findings.finding import FindingsError
from quanheng.findings.text import Text
from quanheng.process.rounds.assignment import Assignment, moved_assignment
from quanheng.process.rounds.people import Deed
from quanheng.process.rounds.reported import Reported, Setting, moved_value, refused_value
from quanheng.process.rounds.round import Round

OPEN = Round(code="2024-Q1", due=hours(24), state="open")
OWN = Assignment(item="gdp", unit="T1", reporter="wang")
HERE = Setting(round=OPEN, assignment=OWN)
EMPTY = Reported(item="gdp", unit="T1")
SUBMITTED = replace(EMPTY, state="submitted", version=2, entered_by="wang", changed_at=hours(1))
ACCEPTED = replace(SUBMITTED, state="accepted", version=3, accepted_by="li", changed_at=hours(2))


def wang(at: float = 3, reason: str = "") -> Deed:
    return deed("reporter", code="wang", hours=at, reason=reason)


def li(at: float = 3, reason: str = "") -> Deed:
    return deed("office", code="li", hours=at, reason=reason)


def codes(move: str, value: Reported, by: Deed, setting: Setting = HERE) -> list[str]:
    return [found.code for found in refused_value(move, value, by, setting)]


def test_a_figure_is_saved_submitted_and_accepted_by_somebody_else() -> None:
    saved = moved_value("save", EMPTY, wang(1), HERE)
    submitted = moved_value("submit", saved, wang(2), HERE)
    accepted = moved_value("accept", submitted, li(3), HERE)

    assert [each.state for each in (saved, submitted, accepted)] == ["saved", "submitted", "accepted"]
    assert [each.version for each in (saved, submitted, accepted)] == [1, 2, 3]
    assert (accepted.entered_by, accepted.accepted_by, accepted.is_settled) == ("wang", "li", True)


def test_nobody_accepts_what_they_entered() -> None:
    both = Deed(by=replace(wang().by, roles=frozenset({"reporter", "office"})), at=hours(3))

    assert codes("accept", SUBMITTED, both) == ["QH919"]
    assert codes("accept", SUBMITTED, li()) == []


def test_a_figure_is_reported_by_whom_it_is_assigned_to() -> None:
    other = deed("reporter", code="zhao", hours=3)
    ended = Setting(round=OPEN, assignment=replace(OWN, state="ended"))

    assert codes("save", EMPTY, other) == ["QH915"]
    assert codes("save", EMPTY, wang(), ended) == ["QH915"]
    assert codes("save", EMPTY, li()) == ["QH900", "QH915"]


def test_nothing_is_asked_of_a_unit_that_is_not_there_and_what_there_is_can_be_taken_back() -> None:
    gone = replace(HERE, absence=Text(zh="2024年5月1日起不在", en="gone since 2024-05-01"))

    assert codes("save", EMPTY, wang(), gone) == ["QH898"]
    assert codes("accept", SUBMITTED, li(), gone) == ["QH898"]
    assert codes("miss", EMPTY, li(3, "gone"), gone) == ["QH898"]
    assert codes("withdraw", SUBMITTED, wang(), gone) == []
    assert codes("return", SUBMITTED, li(3, "gone"), gone) == []
    assert [found.message("en") for found in refused_value("save", EMPTY, wang(), gone)] == [
        "nothing is asked of a unit that is not there on the last day of the round: gone since 2024-05-01"
    ]


def test_a_figure_is_reported_until_its_deadline() -> None:
    deferred = Setting(round=OPEN, assignment=replace(OWN, due=hours(30)))

    assert codes("save", EMPTY, wang(24)) == []
    assert codes("save", EMPTY, wang(24.01)) == ["QH916"]
    assert codes("save", EMPTY, wang(30), deferred) == []
    assert codes("withdraw", SUBMITTED, wang(24.01)) == ["QH916"]


@pytest.mark.parametrize("state", ["draft", "provisional", "final", "published"])
def test_a_figure_is_reported_while_the_round_is_open(state: str) -> None:
    there = Setting(round=replace(OPEN, state=state), assignment=OWN)

    assert codes("save", EMPTY, wang(), there) == ["QH917"]
    assert codes("accept", SUBMITTED, li(), there) == ["QH917"]


def test_a_figure_is_returned_with_a_message_and_reported_again() -> None:
    checking = Setting(round=replace(OPEN, state="checking"), assignment=OWN)
    assert codes("return", SUBMITTED, li(30), checking) == ["QH903"]

    returned = moved_value("return", SUBMITTED, li(30, "in 10,000?"), checking, due=hours(40))
    assert codes("save", returned, wang(40), checking) == []
    assert codes("save", returned, wang(40.01), checking) == ["QH916"]
    again = moved_value("submit", moved_value("save", returned, wang(31), checking), wang(32), checking)
    assert codes("accept", again, li(50), checking) == []
    assert codes("save", replace(SUBMITTED, state="returned"), wang(30), checking) == ["QH917"]


def test_what_was_accepted_says_by_whom_and_when() -> None:
    (found,) = refused_value("save", ACCEPTED, wang(5), HERE)

    assert found.code == "QH918"
    assert found.message("en") == "li accepted it on 2024-04-01 14:00"
    assert found.message("zh") == "li 已于 2024年4月1日 14:00 审核通过"


def test_two_in_one_cell_the_second_is_told() -> None:
    seen = replace(HERE, seen=1)

    assert codes("withdraw", SUBMITTED, wang(), seen) == ["QH920"]
    assert codes("withdraw", SUBMITTED, wang(), replace(HERE, seen=2)) == []
    with pytest.raises(FindingsError):
        moved_value("withdraw", SUBMITTED, wang(), seen)


def test_the_office_says_of_a_figure_that_there_is_none() -> None:
    assert codes("miss", EMPTY, li()) == ["QH903"]

    missing = moved_value("miss", EMPTY, li(reason="no enterprise reports it"), HERE)
    assert (missing.state, missing.accepted_by, missing.entered_by) == ("accepted", "li", None)


def test_a_figure_is_corrected_after_an_appeal_or_in_a_new_version() -> None:
    shown = Setting(round=replace(OPEN, state="provisional"), assignment=OWN)
    upheld = replace(shown, upheld=True)
    anew = Setting(round=replace(OPEN, state="checking", version=2, corrects=1), assignment=OWN)
    by = li(50, "by the map of May")

    assert codes("correct", ACCEPTED, by, shown) == ["QH921"]
    assert codes("correct", ACCEPTED, by) == ["QH921"]
    assert codes("correct", ACCEPTED, by, upheld) == []
    assert codes("correct", ACCEPTED, by, anew) == []
    assert codes("correct", ACCEPTED, li(50), anew) == ["QH903"]
    assert codes("correct", ACCEPTED, by, replace(upheld, round=replace(OPEN, state="final"))) == ["QH921"]


def test_an_assignment_is_passed_on_and_deferred() -> None:
    asked = deed(hours=1, reason="on leave")

    passed = moved_assignment("pass_on", OWN, asked, OPEN, reporter="zhao")
    assert codes("save", EMPTY, wang(), Setting(round=OPEN, assignment=passed)) == ["QH915"]
    later = moved_assignment("defer", OWN, asked, OPEN, due=hours(48))
    assert codes("save", EMPTY, wang(47), Setting(round=OPEN, assignment=later)) == []
    ended = moved_assignment("end", OWN, asked, OPEN)
    with pytest.raises(FindingsError) as refused:
        moved_assignment("pass_on", ended, asked, OPEN, reporter="zhao")
    assert [found.code for found in refused.value.findings] == ["QH901"]


def test_an_assignment_is_not_deferred_into_the_past_or_without_reason_or_after_the_round() -> None:
    for by, setting, due, told in (
        (deed(hours=2), OPEN, hours(3), "QH903"),
        (deed(hours=2, reason="late"), OPEN, hours(2), "QH906"),
        (deed(hours=2, reason="late"), replace(OPEN, state="final"), hours(3), "QH914"),
    ):
        with pytest.raises(FindingsError) as refused:
            moved_assignment("defer", OWN, by, setting, due=due)
        assert [found.code for found in refused.value.findings] == [told]


def test_a_program_that_forgets_to_whom_or_when_is_told() -> None:
    with pytest.raises(ValueError, match="somebody"):
        moved_assignment("pass_on", OWN, deed(reason="on leave"), OPEN)
    with pytest.raises(ValueError, match="moment"):
        moved_assignment("defer", OWN, deed(reason="late"), OPEN)
