from __future__ import annotations

import datetime as dt

import pytest
from django.db import DatabaseError, connection, connections, transaction
from tests.web.people_of_all_roles import NOW, actor

from quanheng.findings.finding import FindingsError, require_no_errors
from quanheng.web.audit.actions import Done, action
from quanheng.web.audit.links import FACTS, START, Link, faults_of, hash_of
from quanheng.web.audit.log import Told, add_to_log
from quanheng.web.audit.models import Entry, Head
from quanheng.web.base.actor import Actor
from quanheng.web.people.findings import NO_NAME


@action("things.name", noted=("name",))
def name_thing(*, by: Actor, at: dt.datetime, name: str, secret: str = "") -> Done[str]:
    if not name:
        require_no_errors([NO_NAME.at(code="thing")])
    return Done(name.upper(), about="thing", before={"name": "old"}, after={"name": name})


def entries() -> list[Entry]:
    return list(Entry.objects.for_the_program().order_by("id"))


def heads() -> dict[str, tuple[int, str]]:
    return {head.chain: (head.number, head.hash) for head in Head.objects.for_the_program()}


def test_an_action_is_one_entry() -> None:
    assert name_thing(by=actor("office"), at=NOW, name="new", secret="s") == "NEW"

    (entry,) = entries()
    assert (entry.chain, entry.number, entry.at) == ("site", 1, "2024-03-29T01:00:00.000000+00:00")
    assert (entry.who, entry.roles, entry.address) == ("chen", "office", "127.0.0.1")
    assert (entry.action, entry.about, entry.outcome) == ("things.name", "thing", "done")
    assert (entry.before, entry.after) == ({"name": "old"}, {"name": "new"})
    assert entry.hash == hash_of(entry.as_link().facts, START)


def test_a_refused_action_is_an_entry_with_its_reasons_and_without_secrets() -> None:
    with pytest.raises(FindingsError):
        name_thing(by=actor("office"), at=NOW, name="", secret="s")

    (entry,) = entries()
    assert (entry.outcome, entry.reasons, entry.after) == ("refused", "QH934", {"name": ""})


def test_an_action_that_fails_leaves_no_entry() -> None:
    @action("things.fail")
    def fail(*, by: Actor, at: dt.datetime) -> Done[None]:
        raise ValueError("invented")

    with pytest.raises(ValueError, match="invented"):
        fail(by=actor("office"), at=NOW)

    assert entries() == []


def test_entries_of_a_chain_follow_each_other() -> None:
    for name in ("one", "two", "three"):
        name_thing(by=actor("office"), at=NOW, name=name)

    links = [entry.as_link() for entry in entries()]
    assert [link.previous for link in links] == [START, links[0].hash, links[1].hash]
    assert list(faults_of(links, heads())) == []


@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET who = 'li'", "DELETE FROM audit_entry"])
def test_the_database_lets_nobody_change_or_delete_an_entry(statement: str) -> None:
    name_thing(by=actor("office"), at=NOW, name="one")

    def change() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)

    with pytest.raises(DatabaseError, match="only grows"):
        change()

    assert [entry.who for entry in entries()] == ["chen"]


def test_the_log_is_written_in_a_transaction_only(monkeypatch: pytest.MonkeyPatch) -> None:
    told = Told(chain="site", action="a", about="b")
    with monkeypatch.context() as patch:
        patch.setattr(connections["default"], "in_atomic_block", False)
        with pytest.raises(RuntimeError, match="transaction"):
            add_to_log(told, by=actor("office"), at=NOW)


def chain_of(*names: str) -> list[Link]:
    links: list[Link] = []
    for number, name in enumerate(names, start=1):
        facts = dict.fromkeys(FACTS, "") | {"chain": "c", "number": number, "about": name, "algorithm": "sm3"}
        previous = links[-1].hash if links else START
        links.append(Link(facts=facts, previous=previous, hash=hash_of(facts, previous)))
    return links


def faulty(links: list[Link]) -> list[int]:
    whole = chain_of("a", "b", "c")
    return [fault.number for fault in faults_of(links, {"c": (3, whole[-1].hash)})]


def test_a_whole_chain_has_no_fault() -> None:
    assert faulty(chain_of("a", "b", "c")) == []


def test_a_changed_entry_is_found() -> None:
    links = chain_of("a", "b", "c")
    changed = Link(facts={**links[1].facts, "about": "x"}, previous=links[1].previous, hash=links[1].hash)

    assert faulty([links[0], changed, links[2]]) == [2]


def test_an_entry_that_was_changed_with_its_hash_is_found_by_the_next() -> None:
    links = chain_of("a", "b", "c")
    facts = {**links[1].facts, "about": "x"}
    changed = Link(facts=facts, previous=links[1].previous, hash=hash_of(facts, links[1].previous))

    assert faulty([links[0], changed, links[2]]) == [3]


def test_a_missing_entry_is_found() -> None:
    first, second, third = chain_of("a", "b", "c")

    assert faulty([first, third]) == [3]
    assert faulty([second, third]) == [2]
    assert faulty([first, second]) == [3]  # told at the end of the chain


def test_entries_out_of_order_are_found() -> None:
    first, second, third = chain_of("a", "b", "c")

    assert faulty([first, third, second]) != []
