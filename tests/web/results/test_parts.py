"""Parts of a round's book beside its figures: what is taken, what is refused, what the score makes of it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Final

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django import Settings
from tests.web.people_of_all_roles import NOW, actor, signed_in, somebody
from tests.web.results.world import OFFICE, RUN_AT, SCHEME, a_checked_round, run, scores

from quanheng.findings.finding import FindingsError
from quanheng.usecase.results.verify import verify
from quanheng.web.audit.models import Entry
from quanheng.web.library.domain.versions import keep_version
from quanheng.web.library.reading import ListedUnit
from quanheng.web.library.uploads import Upload
from quanheng.web.results.domain.checking import check_parts
from quanheng.web.results.domain.outlook import marked_run, outlook_with_results
from quanheng.web.results.domain.parts import current_parts, keep_parts, parts_of, withdraw_part
from quanheng.web.rounds.models import AskedUnit, KeptRound

WITH_MORE: Final = (
    SCHEME.replace("{scale: {worst: 0, best: 200}}", "{target: {cap: 100}}")
    .replace("measure: gdp", "measure: gdp / land")
    .replace("indicators:", "  land: {attribute: land}\nadjustments: {bonus: {cap: 5}}\nindicators:")
)
"""Output is rated by a target of gdp by land; there are bonus marks.

T1: gdp 100 by land 4 is 25, target 50: 60·50/100 = 30; growth 24; a bonus of 2: 56.
T2: gdp 50 by land 1 is 50, target 50: 60; growth 16: 76.
"""
UNITS_TABLE: Final = "unit,name,group,land\nT1,甲,all,4\nT2,乙,all,1\nT9,别处,all,7\n".encode()
TARGETS: Final = b"unit,indicator,period,target\n*,output,2024-Q1,50\n"
ADJUSTMENTS: Final = "unit,kind,marks,reason\nT1,bonus,2,获奖\n".encode()
BEFORE: Final = b"item,unit,period,value\nrate,T1,2023-Q1,4\nrate,T2,2023-Q1,5\n"


def packed(files: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return written.getvalue()


BOOK: Final = packed(
    {
        "考核册/scheme.yaml": b"quanheng: 1",
        "考核册/units.csv": UNITS_TABLE,
        "考核册/targets.csv": TARGETS,
        "考核册/adjustments.csv": ADJUSTMENTS,
        "考核册/data/before.csv": BEFORE,
        "考核册/results/2023/scores.csv": b"x",
        "考核册/old/targets.csv": b"x",
        "../targets.csv": b"x",
        "考核册/ledgers/projects.log.csv": b"x",
    }
)


@pytest.fixture
def kept() -> KeptRound:
    units = tuple(ListedUnit(code=code, name=code, group="all") for code in ("T1", "T2", "T3"))
    keep_version(by=OFFICE, at=NOW, text=WITH_MORE, units=units, seen=0)
    return a_checked_round()


def test_of_a_packed_book_the_parts_beside_the_figures_are_taken_and_nothing_else() -> None:
    found = parts_of(Upload(name="book.zip", content=BOOK))

    assert found == {
        "units.csv": UNITS_TABLE,
        "targets.csv": TARGETS,
        "adjustments.csv": ADJUSTMENTS,
        "data/before.csv": BEFORE,
    }


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("notes.csv", TARGETS),
        ("targets.exe", TARGETS),
        ("targets.csv", b""),
        ("book.zip", b"no zip"),
        ("book.zip", packed({"scheme.yaml": b"x"})),
        ("targets.xlsx", b"no workbook"),
    ],
)
def test_what_is_no_part_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(FindingsError):
        parts_of(Upload(name=name, content=content))


def test_the_score_uses_targets_adjustments_attributes_and_earlier_figures(
    kept: KeptRound, settings: Settings
) -> None:
    without = run(kept)
    parts = parts_of(Upload(name="book.zip", content=BOOK))
    assert check_parts(kept, parts) == ()
    keep_parts(by=OFFICE, at=RUN_AT, pk=kept.pk, name="book.zip", parts=parts)

    done = run(kept)

    assert without.state == "failed"
    assert scores(done)["T1 total"] == (56.0, 2)
    assert scores(done)["T2 total"] == (76.0, 1)
    book = Path(settings.RUNS_FOLDER) / done.folder / "book"
    table = (book / "units.csv").read_text(encoding="utf-8").splitlines()
    assert table == ["unit,name,group,land", "T1,T1,all,4.0", "T2,T2,all,1.0"]
    assert verify(book / "results" / "2024-Q1") == ()


def test_another_part_makes_a_run_one_of_the_past_until_it_is_withdrawn(kept: KeptRound) -> None:
    keep_parts(by=OFFICE, at=RUN_AT, pk=kept.pk, name="b", parts=parts_of(Upload(name="b.zip", content=BOOK)))
    run(kept)

    def is_current() -> bool:
        return outlook_with_results(kept, marked_run(kept)).has_current_run

    first = is_current()
    other = {"targets.csv": TARGETS.replace(b"50", b"60")}
    keep_parts(by=OFFICE, at=RUN_AT, pk=kept.pk, name="targets.csv", parts=other)
    second = is_current()
    part = next(part for part in current_parts(kept) if part.path == "targets.csv")
    withdraw_part(by=OFFICE, at=RUN_AT, pk=kept.pk, part=part.pk)

    assert (first, second, is_current()) == (True, False, True)


def test_figures_that_the_round_asks_for_come_from_no_file(kept: KeptRound) -> None:
    with pytest.raises(FindingsError) as refused:
        check_parts(kept, {"units.csv": UNITS_TABLE, "data/more.csv": BEFORE.replace(b"2023", b"2024")})

    assert {finding.code for finding in refused.value.findings} & {"QH983"} or "2024-Q1" in str(refused.value)


def test_parts_are_handed_in_and_withdrawn_by_the_office_on_its_page(kept: KeptRound) -> None:
    client = signed_in(somebody("office"))
    address = reverse("parts", args=[kept.pk])

    wrong = SimpleUploadedFile("targets.csv", TARGETS.replace(b"output", b"none"))
    bad = client.post(address, {"file": wrong})
    good = client.post(address, {"file": SimpleUploadedFile("b.zip", BOOK)}, follow=True).content.decode()
    part = current_parts(kept)[0]
    withdrawn = client.post(reverse("withdraw_part", args=[kept.pk, part.pk]), follow=True).content.decode()

    assert "none" in bad.content.decode()
    assert ("targets.csv" in good, "b.zip" in good) == (True, True)
    assert part.path not in withdrawn.partition("<table>")[2]
    outcomes = Entry.objects.for_the_program().filter(action__startswith="results.part").order_by("at", "pk")
    assert [(entry.action, entry.outcome) for entry in outcomes] == [
        ("results.parts", "refused"),
        ("results.parts", "done"),
        ("results.part_withdrawn", "done"),
    ]
    assert signed_in(somebody("leader")).get(address).status_code == 404


def test_what_is_to_be_said_of_parts_that_are_kept_is_said(kept: KeptRound) -> None:
    client = signed_in(somebody("office"))
    needed = {"册/units.csv": UNITS_TABLE, "册/targets.csv": TARGETS}
    book = packed(needed | {"册/ledgers/none.csv": b"a,b\n1,2\n"})

    page = client.post(reverse("parts", args=[kept.pk]), {"file": SimpleUploadedFile("b.zip", book)})

    assert "已保存3个文件" in page.content.decode()
    assert "方案中没有数据项用到台账“none”" in page.content.decode()


def test_attributes_under_the_name_of_another_unit_are_refused(kept: KeptRound) -> None:
    """The codes were sorted alone: T1 would have the land of T2."""
    units = AskedUnit.objects.for_the_program().filter(round=kept)
    names = dict(units.values_list("unit", "unit__name"))
    rows = f"unit,name,group,land\nT1,{names['T2']},all,1\nT2,{names['T1']},all,4\n"

    with pytest.raises(FindingsError) as refused:
        check_parts(kept, {"units.csv": rows.encode()})

    assert [finding.code for finding in refused.value.findings] == ["QH438", "QH438"]


def test_parts_of_what_is_final_stay_as_they_are(kept: KeptRound) -> None:
    KeptRound.objects.for_the_program().filter(pk=kept.pk).update(state="final")

    with pytest.raises(FindingsError, match="QH901"):
        keep_parts(by=OFFICE, at=RUN_AT, pk=kept.pk, name="t", parts={"targets.csv": TARGETS})
    with pytest.raises(FindingsError):
        keep_parts(by=actor("reporter"), at=RUN_AT, pk=kept.pk, name="t", parts={"targets.csv": TARGETS})
    assert current_parts(kept) == ()
