"""Whatever people do, in whatever order: no dead end, nothing final changes, each refusal is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.process.rounds.people import NOON, deed, somebody

from quanheng.findings.finding import Finding, FindingsError
from quanheng.process.rounds.appeal import Appeal, moved_appeal, refused_appeal
from quanheng.process.rounds.assignment import Assignment
from quanheng.process.rounds.life import Life
from quanheng.process.rounds.lives import LIVES
from quanheng.process.rounds.people import ROLES, Deed
from quanheng.process.rounds.publication import Publication, moved_publication, refused_publication
from quanheng.process.rounds.reported import Reported, Setting, moved_value, refused_value
from quanheng.process.rounds.round import Outlook, Round, Window, moved_round, refused_round
from quanheng.process.rounds.run import Run, moved_run, refused_run

Moved: TypeAlias = Callable[[str, Any, Deed], Any]
Refused: TypeAlias = Callable[[str, Any, Deed], tuple[Finding, ...]]

DUE = NOON + dt.timedelta(days=2)
ROUND = Round(code="2024-Q1", due=DUE)
OWN = Assignment(item="gdp", unit="T1", reporter="reporter")
FILES = {"bulletin.pdf": "9f86d081"}
CURRENT = Outlook(has_current_run=True)


def window(by: Deed) -> Window:
    return Window(begins=by.at, ends=by.at + dt.timedelta(hours=1))


def setting(state: str, due: dt.datetime = DUE) -> Setting:
    return Setting(round=replace(ROUND, state=state, due=due), assignment=OWN)


THINGS: dict[str, tuple[Any, Refused, Moved]] = {
    "round": (
        ROUND,
        lambda code, it, by: refused_round(code, it, by, CURRENT, window(by)),
        lambda code, it, by: moved_round(code, it, by, CURRENT, window(by)),
    ),
    "value": (
        Reported(item="gdp", unit="T1"),
        lambda code, it, by: refused_value(code, it, by, setting("open")),
        lambda code, it, by: moved_value(code, it, by, setting("open")),
    ),
    "run": (Run(), refused_run, moved_run),
    "appeal": (
        Appeal(unit="T1", about="gdp", grounds="our park", filed_by="unit"),
        lambda code, it, by: refused_appeal(code, it, by, is_put_right=True),
        lambda code, it, by: moved_appeal(code, it, by, is_put_right=True),
    ),
    "publication": (
        Publication(version=1, files=FILES),
        lambda code, it, by: refused_publication(code, it, by, by.at),
        lambda code, it, by: moved_publication(code, it, by, by.at),
    ),
}

PEOPLE = [somebody(role, unit="T1") for role in ROLES]
STEP = st.tuples(st.sampled_from(PEOPLE), st.integers(-1, 30), st.sampled_from(["", "  ", "so it is"]))


@pytest.mark.parametrize("life", LIVES.values(), ids=LIVES)
def test_every_state_can_be_reached_and_left(life: Life) -> None:
    reached = reachable(life, life.first)

    assert reached == set(life.states)
    for state in life.states:
        if state in life.final:
            assert life.moves_from(state) == ()
        else:
            assert life.moves_from(state) != ()
            assert not life.final or reachable(life, state) & set(life.final)


@pytest.mark.parametrize("life", LIVES.values(), ids=LIVES)
def test_a_life_names_no_state_that_it_does_not_have(life: Life) -> None:
    named = {state for move in life.moves for state in (*move.before, move.after)}

    assert named | set(life.final) <= set(life.states)
    assert len({move.code for move in life.moves}) == len(life.moves)
    assert all(move.by for move in life.moves)
    assert "administrator" not in {role for move in life.moves for role in move.by}  # accounts, no figures


@pytest.mark.parametrize("thing", THINGS)
@settings(deadline=None)
@given(data=st.data())
def test_what_is_refused_is_told_and_changes_nothing(thing: str, data: st.DataObject) -> None:
    it, refused, moved = THINGS[thing]
    life, at = LIVES[thing], NOON
    steps: Sequence[Any] = data.draw(st.lists(st.tuples(st.sampled_from(life.moves), STEP), max_size=30))
    for move, (person, hours, reason) in steps:
        by = Deed(by=person, at=at + dt.timedelta(hours=hours), reason=reason)
        findings = refused(move.code, it, by)
        if findings:
            with pytest.raises(FindingsError):
                moved(move.code, it, by)
            for found in findings:
                for language in ("zh", "en"):
                    assert "{" not in found.message(language) + found.hint(language)
                    assert found.message(language)
            continue
        assert it.state in move.before
        assert it.state not in life.final
        assert person.may_act_as(*move.by)
        it, at = moved(move.code, it, by), by.at
        assert it.state == move.after


@pytest.mark.parametrize("thing", THINGS)
@settings(deadline=None)
@given(data=st.data())
def test_there_is_always_a_way_out(thing: str, data: st.DataObject) -> None:
    it, refused, moved = THINGS[thing]
    life, at = LIVES[thing], NOON
    for move, (person, hours, reason) in data.draw(
        st.lists(st.tuples(st.sampled_from(life.moves), STEP), max_size=20)
    ):
        by = Deed(by=person, at=at + dt.timedelta(hours=hours), reason=reason)
        if not refused(move.code, it, by):
            it, at = moved(move.code, it, by), by.at

    ends = set(life.final) or {"accepted"}
    assert ends & ways_on(it, at, life, refused, moved)


def reachable(life: Life, state: str) -> set[str]:
    found, new = {state}, [state]
    while new:
        after = {move.after for move in life.moves_from(new.pop())} - found
        found |= after
        new += after
    return found


def ways_on(it: Any, at: dt.datetime, life: Life, refused: Refused, moved: Moved) -> set[str]:  # noqa: ANN401  any thing
    """Return the states that the right people can still bring it to, each move hours after the last one."""
    found: set[str] = set()
    new = [(it, at)]
    while new:
        thing, then = new.pop()
        if thing.state in found:
            continue
        found.add(thing.state)
        for move in life.moves_from(thing.state):
            for role in move.by:
                for later in (1, 72):
                    by = replace(
                        deed(role, unit="T1", reason="so it is"), at=then + dt.timedelta(hours=later)
                    )
                    if not refused(move.code, thing, by):
                        new.append((moved(move.code, thing, by), by.at))
    return found
