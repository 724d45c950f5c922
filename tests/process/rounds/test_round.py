from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from tests.process.rounds.people import deed, hours

from quanheng.findings.finding import FindingsError
from quanheng.process.rounds.people import Deed, Role
from quanheng.process.rounds.round import (
    Outlook,
    Round,
    Window,
    moved_round,
    refused_round,
)
from quanheng.process.rounds.versions import next_version

DRAFT = Round(code="2024-Q1", due=hours(24))
READY = Outlook(has_current_run=True)
WEEK = Window(begins=hours(48), ends=hours(72))


def codes(
    move: str, of: Round, by: Deed, outlook: Outlook = READY, window: Window | None = None
) -> list[str]:
    return [found.code for found in refused_round(move, of, by, outlook, window)]


def state(
    name: str,
    *,
    due: dt.datetime = DRAFT.due,
    window: Window | None = None,
    publish_at: dt.datetime | None = None,
    changed_at: dt.datetime | None = None,
) -> Round:
    return replace(DRAFT, state=name, due=due, window=window, publish_at=publish_at, changed_at=changed_at)


def test_a_round_goes_from_its_draft_to_what_is_published() -> None:
    opened = moved_round("open", DRAFT, deed(), Outlook())
    checked = moved_round("close", opened, deed("program", hours=25), Outlook())
    shown = moved_round("show", checked, deed(hours=48), READY, WEEK)
    settled = moved_round("settle", shown, deed(hours=73), READY)
    published = moved_round("publish", settled, deed(hours=80), READY)

    assert [each.state for each in (opened, checked, shown, settled, published)] == [
        "open",
        "checking",
        "provisional",
        "final",
        "published",
    ]
    assert shown.window == WEEK
    assert published.version == 1


@pytest.mark.parametrize("role", ["administrator", "reporter", "unit", "leader", "auditor"])
@pytest.mark.parametrize(
    ("move", "before"),
    [("open", "draft"), ("close", "open"), ("show", "checking"), ("settle", "provisional")],
)
def test_only_the_office_moves_a_round(role: Role, move: str, before: str) -> None:
    by = deed(role, hours=100, reason="so it is")

    assert "QH900" in codes(move, state(before, due=hours(200)), by, window=WEEK)


def test_a_round_is_not_opened_without_people_or_time() -> None:
    assert codes("open", DRAFT, deed(), Outlook(unassigned=2)) == ["QH905"]
    assert codes("open", DRAFT, deed(hours=24)) == ["QH906"]  # due this moment
    assert codes("open", DRAFT, deed(hours=23.9)) == []


def test_reporting_is_closed_before_its_deadline_with_a_reason_only() -> None:
    opened = state("open")

    assert codes("close", opened, deed(hours=24)) == ["QH913"]  # the moment itself is in time
    assert codes("close", opened, deed(hours=24, reason="all is in")) == []
    assert codes("close", opened, deed(hours=24.1)) == []
    assert codes("close", opened, deed("program", hours=24)) == ["QH913"]


def test_reporting_is_extended_with_a_reason_and_a_later_deadline() -> None:
    checked = state("checking")

    assert codes("extend", checked, deed(hours=30)) == ["QH903", "QH906"]
    assert codes("extend", replace(checked, due=hours(40)), deed(hours=30, reason="flood")) == []


def test_provisional_results_need_settled_figures_a_run_and_a_window() -> None:
    checked = state("checking")

    asked = codes("show", checked, deed(hours=48), Outlook(unsettled=1))
    assert asked == ["QH907", "QH908", "QH909"]
    assert codes("show", checked, deed(hours=72), window=WEEK) == ["QH909"]  # it ends this moment
    assert codes("show", checked, deed(hours=71.9), window=WEEK) == []
    assert codes("show", checked, deed(), window=Window(begins=hours(3), ends=hours(3))) == ["QH909"]


def test_results_are_final_after_the_window_and_all_appeals() -> None:
    shown = state("provisional", window=WEEK)

    assert codes("settle", shown, deed(hours=72)) == ["QH910"]
    assert codes("settle", shown, deed(hours=72.1), Outlook(appeals_open=1)) == ["QH911", "QH908"]
    assert codes("settle", shown, deed(hours=72.1)) == []


def test_what_is_taken_back_has_no_window_any_more() -> None:
    shown = state("provisional", window=WEEK)

    assert codes("take_back", shown, deed(hours=50)) == ["QH903"]
    assert moved_round("take_back", shown, deed(hours=50, reason="wrong scheme"), READY).window is None


def test_results_are_published_at_their_moment() -> None:
    settled = state("final", publish_at=hours(90))

    assert codes("publish", settled, deed("program", hours=89.9)) == ["QH912"]
    assert codes("publish", settled, deed("program", hours=90)) == []


def test_nothing_published_changes_and_a_new_version_says_why() -> None:
    published = state("published", changed_at=hours(90))

    assert codes("take_back", published, deed(hours=91, reason="a mistake")) == ["QH901"]
    with pytest.raises(FindingsError) as refused:
        next_version(published, deed(hours=91))
    assert [found.code for found in refused.value.findings] == ["QH903"]

    anew = next_version(published, deed(hours=91, reason="T3 was counted twice"))
    assert (anew.version, anew.corrects, anew.reason) == (2, 1, "T3 was counted twice")
    assert published.state == "published"


def test_a_new_version_is_made_of_what_is_final_only() -> None:
    with pytest.raises(FindingsError) as refused:
        next_version(state("provisional"), deed(reason="a mistake"))

    assert [found.code for found in refused.value.findings] == ["QH902"]


def test_a_clock_that_goes_back_changes_nothing() -> None:
    opened = state("open", changed_at=hours(2))

    assert codes("close", opened, deed(hours=1, reason="all is in")) == ["QH904"]
    assert codes("close", opened, deed(hours=2, reason="all is in")) == []


def test_a_moment_has_a_time_zone() -> None:
    naive = dt.datetime(2024, 4, 1, 12)  # noqa: DTZ001  that is the point

    with pytest.raises(ValueError, match="no time zone"):
        Round(code="2024-Q1", due=naive)
    with pytest.raises(ValueError, match="no time zone"):
        Deed(by=deed().by, at=naive)
    with pytest.raises(ValueError, match="no time zone"):
        Window(begins=naive, ends=hours(1))


def test_moments_of_other_time_zones_are_the_same_moments() -> None:
    in_china = hours(24).astimezone(dt.timezone(dt.timedelta(hours=8)))
    opened = replace(DRAFT, state="open", due=in_china)

    assert codes("close", opened, deed(hours=24)) == ["QH913"]
    assert codes("close", opened, deed(hours=24.01)) == []
