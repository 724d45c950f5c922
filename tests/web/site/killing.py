"""Actions by a process that is killed again and again: each is there as a whole or not at all.

A process does one action after another and tells each that came back in a file. It is killed later and later
in the one after the first.
"""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path
from typing import Any, Final

from django.utils import timezone
from tests.web.at_hand import Hand

KILLS: Final = int(os.environ.get("QUANHENG_SITE_KILLS", "10"))
CELLS: Final = 5 * 40
_LOOK: Final = 0.005

_TELLING: Final = """
import sys
told = open(sys.argv[1], "a", buffering=1)
def tell(*words):
    told.write(" ".join(map(str, words)) + chr(10))
"""
SEED: Final = """
from benchmarks.large_round import large_round
from tests.web.people_of_all_roles import NOW
large_round(5, "2024-Q1", at=NOW)
"""
IMPORT: Final = (
    _TELLING
    + """
from itertools import count
from tests.web.people.test_imports import workbook
from tests.web.people_of_all_roles import NOW, actor
from quanheng.web.people.domain.imports import import_people
from quanheng.web.people.staff import read_staff
for turn in count():
    mark = f"{sys.argv[2]}-{turn}"
    people = [["登录名", "姓名", "角色", "单位"]]
    people += [[f"p{mark}-{each}", "某", "填报人、被考核单位", f"U{mark}"] for each in range(20)]
    work = [["登录名", "指标", "单位"], *([f"p{mark}-{each}", "gdp、tax", f"U{mark}"] for each in range(20))]
    units = [["单位", "名称"], [f"U{mark}", mark]]
    staff, findings = read_staff(workbook(units, people, work), file="p.xlsx")
    assert not findings
    import_people(by=actor("administrator"), at=NOW, staff=staff, file=mark)
    tell(mark)
"""
)
TELL_PEOPLE: Final = """
import json
from collections import Counter
from quanheng.web.audit.models import Entry
from quanheng.web.people.models import Account, OneTimeLink, Responsibility, Unit
def counted(names):
    return Counter(name.rpartition("-")[0][1:] for name in names)
accounts = Account.objects.for_the_program().filter(code__startswith="p")
units = {unit.name for unit in Unit.objects.for_the_program()}
links = OneTimeLink.objects.for_the_program().filter(account__in=accounts)
tasks = Responsibility.objects.for_the_program().filter(account__in=accounts)
done = Entry.objects.for_the_program().filter(action="people.import", outcome="done")
print(json.dumps({
    "logged": sorted(done.values_list("about", flat=True)),
    "units": sorted(units),
    "people": counted(accounts.values_list("code", flat=True)),
    "of units": counted(accounts.filter(units__name__in=units).values_list("code", flat=True)),
    "links": counted(links.values_list("account__code", flat=True)),
    "tasks": counted(tasks.values_list("account__code", flat=True)),
}))
"""
SAVE: Final = (
    _TELLING
    + """
from itertools import count
from benchmarks.large_round import entries_of
from tests.web.rounds.world import LATER, wang
from quanheng.web.rounds.domain.values import save_values
from quanheng.web.rounds.models import Cell, KeptRound
from dataclasses import replace
kept = KeptRound.objects.for_the_program().get()
for turn in count():
    first = Cell.objects.for_the_program().filter(round=kept).first()
    version = first.version if first else 0
    entries = tuple(replace(each, written=str(version + 1)) for each in entries_of(kept, seen=version))
    done = save_values(by=wang(), at=LATER, pk=kept.pk, entries=entries, key=str(version + 1), file="a.xlsx")
    assert done.saved == len(entries), done
    tell(version + 1)
"""
)
SUBMIT: Final = (
    _TELLING
    + """
from tests.web.rounds.world import LATER, wang
from quanheng.web.rounds.domain.values import move_values
from quanheng.web.rounds.models import Cell, KeptRound
kept = KeptRound.objects.for_the_program().get()
while True:
    first = Cell.objects.for_the_program().filter(round=kept).first()
    move_values(by=wang(), at=LATER, pk=kept.pk, move="withdraw" if first.state == "submitted" else "submit")
    tell(first.version + 1)
"""
)
TELL_FIGURES: Final = """
import json
from django.db.models import Count
from quanheng.web.audit.models import Entry
from quanheng.web.rounds.models import Cell, Change, SentForm
cells = Cell.objects.for_the_program()
changes = Change.objects.for_the_program().order_by().values_list("version", "move", "written", "state")
done = Entry.objects.for_the_program().filter(action__in=("values.save", "values.move"), outcome="done")
print(json.dumps({
    "cells": list(cells.values_list("version", "state", "written").annotate(Count("pk"))),
    "changes": sorted(changes.annotate(Count("pk"))),
    "logged": done.count(),
    "forms": SentForm.objects.for_the_program().count(),
}))
"""
SEED_PUBLICATION: Final = """
from tests.web.publication.world import FINAL_AT, OFFICE, PUBLISHED_AT, a_final_round, made
from quanheng.web.publication.domain.moves import plan
plan(by=OFFICE, at=FINAL_AT, pk=made(a_final_round()).pk, publish_at=PUBLISHED_AT)
"""
PUBLISH: Final = (
    _TELLING
    + """
from tests.web.publication.world import PUBLISHED_AT
from quanheng.web.publication.domain.moves import publish_due
publish_due(at=PUBLISHED_AT)
tell("published")
"""
)
TELL_PUBLICATION: Final = """
import json
from django.conf import settings
from quanheng.web.audit.models import Entry
from quanheng.web.publication.frozen import ABOUT, changed_in
from quanheng.web.publication.models import KeptPublication
((state, of_round, code, files),) = KeptPublication.objects.for_the_program().values_list(
    "state", "round__state", "round__code", "files"
)
there = settings.PUBLIC_FOLDER / code / "1"
print(json.dumps({
    "states": [state, of_round],
    "lies open": there.is_dir(),
    "whole": (there / ABOUT).is_file() and not changed_in(there, files),
    "left": [each.name for each in settings.PUBLIC_FOLDER.glob(".*")],
    "logged": Entry.objects.for_the_program().filter(action="publication.publish", outcome="done").count(),
}))
"""
TAKE_BACK: Final = """
import shutil
from django.conf import settings
from quanheng.web.publication.models import KeptPublication
from quanheng.web.rounds.models import KeptRound
KeptPublication.objects.for_the_program().update(state="planned")
KeptRound.objects.for_the_program().filter(state="published").update(state="final")
shutil.rmtree(settings.PUBLIC_FOLDER)
"""
LOG: Final = """
from django.conf import settings
from quanheng.web.audit.findings import BROKEN
from quanheng.web.audit.verify import verify_log
print(sum(finding.kind is BROKEN for finding in verify_log(settings.SITE_FOLDER.seals).findings))
"""


def acknowledged(file: Path) -> list[str]:
    """Return what came back, as far as it was told in whole lines."""
    return file.read_text("utf-8").split("\n")[:-1] if file.is_file() else []


def killed_in_the_second(hand: Hand, script: str, file: Path, kills: int) -> None:
    """Let a script act until it is killed: each time one action comes back, and another is under way."""
    takes = 0.2
    for number in range(kills):
        there = len(acknowledged(file))
        process = hand.begun(script, str(file), str(number))
        _wait_for(file, there + 1)
        if number == 0:  # how long one takes, by the second
            began = timezone.now()
            _wait_for(file, there + 2)
            takes = (timezone.now() - began).total_seconds()
        threading.Event().wait(takes * (number + 0.5) / kills)
        hand.killed(process)


def people_are_there_as_a_whole(folder: Path, kills: int = KILLS) -> None:
    """Take people in from workbooks until it is killed: each workbook is there as a whole, or not at all."""
    file = folder.parent / "acknowledged"
    with Hand.at(folder) as hand:
        killed_in_the_second(hand, IMPORT, file, kills)
        told = json.loads(hand.told_by(TELL_PEOPLE))
        faults = hand.told_by(LOG)

    taken = told["logged"]
    assert len(acknowledged(file)) >= kills
    assert set(acknowledged(file)) <= set(taken), "what was acknowledged is there"
    assert told["units"] == taken
    for each, count in (("people", 20), ("of units", 20), ("links", 20), ("tasks", 40)):
        assert told[each] == dict.fromkeys(taken, count)
    assert faults.strip() == "0"


def figures_are_there_as_a_whole(folder: Path, kills: int = KILLS) -> None:
    """Save a table and submit it until it is killed: each time all its figures are, or none."""
    file = folder.parent / "acknowledged"
    with Hand.at(folder) as hand:
        hand.told_by(SEED)
        killed_in_the_second(hand, SAVE, file, kills)
        saved = json.loads(hand.told_by(TELL_FIGURES))
        killed_in_the_second(hand, SUBMIT, file, kills)
        told = json.loads(hand.told_by(TELL_FIGURES))
        faults = hand.told_by(LOG)

    last = _all_or_none(saved)
    assert saved["changes"] == [[n, "save", str(n), "saved", CELLS] for n in range(1, last + 1)]
    assert saved["forms"] == last
    end = _all_or_none(told)
    moves = [("submit", "submitted"), ("withdraw", "saved")]
    expected = [[n, *moves[(n - last - 1) % 2], n] for n in range(last + 1, end + 1)]
    assert [[n, move, state, n] for n, move, _, state, _ in told["changes"][last:]] == expected
    numbers = list(map(int, acknowledged(file)))
    assert (len(numbers) >= 2 * kills, len(set(numbers))) == (True, len(numbers))
    assert set(numbers) <= set(range(1, end + 1)), "what was acknowledged is there"
    assert faults.strip() == "0"


def _all_or_none(told: dict[str, Any]) -> int:
    """Return the version of all figures; each change was of all of them, and stands in the log."""
    ((last, state, written, count),) = told["cells"]
    assert [change[0] for change in told["changes"]] == list(range(1, last + 1))
    assert {change[4] for change in told["changes"]} == {CELLS} == {count}
    assert told["logged"] == last
    assert told["changes"][-1][2:4] == [written, state]
    return int(last)


def publications_are_there_as_a_whole(folder: Path, kills: int = KILLS) -> None:
    """Publish until it is killed: what lies open is whole, and is there once it was published again."""
    file = folder.parent / "acknowledged"
    with Hand.at(folder) as hand:
        hand.told_by(SEED_PUBLICATION)
        began = timezone.now()
        hand.told_by(PUBLISH, str(file))
        takes = (timezone.now() - began).total_seconds()
        for number in range(kills):
            hand.told_by(TAKE_BACK)
            there = len(acknowledged(file))
            process = hand.begun(PUBLISH, str(file))
            threading.Event().wait(takes * (number + 0.5) / kills)
            hand.killed(process)
            told = json.loads(hand.told_by(TELL_PUBLICATION))
            assert told["states"] in (["planned", "final"], ["published", "published"])
            assert told["whole"] == told["lies open"], "half of it lies open to nobody"
            if len(acknowledged(file)) > there:
                assert (told["states"][0], told["whole"]) == ("published", True)
            hand.told_by(PUBLISH, str(file))
            told = json.loads(hand.told_by(TELL_PUBLICATION))
            assert told == {
                "states": ["published", "published"],
                "lies open": True,
                "whole": True,
                "left": [],
                "logged": number + 2,
            }
        assert hand.told_by(LOG).strip() == "0"


def _wait_for(file: Path, lines: int) -> None:
    for _ in range(12_000):
        if len(acknowledged(file)) >= lines:
            return
        threading.Event().wait(_LOOK)
    raise AssertionError(acknowledged(file))
