"""Evidence beside figures: what is taken, what is not, who sees it, and how it is served."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import zipfile
from pathlib import Path
from typing import Final

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from tests.web.library.test_schemes import zipped
from tests.web.people_of_all_roles import actor, signed_in, somebody
from tests.web.rounds.world import LATER, TOO_LATE, a_round, place, save, wang

from quanheng.findings.finding import FindingsError
from quanheng.web.audit.models import Entry
from quanheng.web.library.uploads import Upload
from quanheng.web.people.models import Account
from quanheng.web.rounds.domain.evidence import add_evidence, withdraw_evidence
from quanheng.web.rounds.domain.review import Review, review_values
from quanheng.web.rounds.domain.rounds import move_round
from quanheng.web.rounds.domain.values import move_values
from quanheng.web.rounds.models import Evidence, KeptRound

PDF: Final = b"%PDF-1.7 invented"
_MEBI: Final = 1024 * 1024


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)


def of(code: str) -> Client:
    return signed_in(Account.objects.for_the_program().get(code=code))


def add(
    kept: KeptRound, *files: tuple[str, bytes], code: str = "wang", at: dt.datetime = LATER, key: str = ""
) -> int:
    uploads = tuple(Upload(name=name, content=content) for name, content in files)
    where = place(kept, "gdp", "T1")
    return add_evidence(by=wang(code), at=at, pk=kept.pk, place=where, uploads=uploads, key=key)


def fetched(code: str) -> tuple[int, bytes, dict[str, str]]:
    """Return what somebody gets who downloads a file: status, content, head."""
    where = reverse("evidence", args=[Evidence.objects.for_the_program().get().pk])
    answer = of(code).get(where)
    return answer.status_code, answer.content, dict(answer.headers)


def held() -> list[str]:
    return [file.name for file in Evidence.objects.for_the_program()]


def address(kept: KeptRound, route: str = "history") -> str:
    return reverse(route, args=[kept.pk, *place(kept, "gdp", "T1")])


def accepted(kept: KeptRound) -> None:
    save(kept, {"gdp T1": "1"})
    move_values(by=wang(), at=LATER, pk=kept.pk, move="submit")
    review = Review(move="accept", seen={place(kept, "gdp", "T1"): 2})
    review_values(by=actor("office", code="li"), at=LATER, pk=kept.pk, review=review)


def test_a_file_is_kept_by_its_hash_and_told_in_the_log(settings: Settings) -> None:
    kept = a_round()

    count = add(kept, ("报表.pdf", PDF))

    found = Evidence.objects.for_the_program().get()
    digest = hashlib.sha256(PDF).hexdigest()
    stored = [path for path in Path(settings.EVIDENCE_FOLDER).rglob("*") if path.is_file()]
    told = (count, found.name, found.size, found.who, found.digest)
    assert told == (1, "报表.pdf", len(PDF), "wang", digest)
    assert [(path.name, path.read_bytes(), path.stat().st_mode & 0o777) for path in stored] == [
        (digest, PDF, 0o600)
    ]
    entry = Entry.objects.for_the_program().latest("pk")
    assert (entry.action, entry.about, entry.chain) == ("evidence.add", "2024-Q1 T1 gdp", "round-2024-Q1")
    assert entry.after == {"files": [["报表.pdf", len(PDF)]]}


def test_a_form_that_comes_twice_counts_once() -> None:
    kept = a_round()

    counts = [add(kept, ("a.pdf", PDF), key="form") for _ in range(2)]

    assert (counts, held()) == ([1, 0], ["a.pdf"])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", PDF),
        ("A.PDF", PDF),
        ("a.jpg", b"\xff\xd8\xff\xe0"),
        ("a.png", b"\x89PNG\r\n\x1a\n"),
        ("a.docx", zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"})),
        ("a.xls", bytes.fromhex("d0cf11e0a1b11ae1")),
        ("a.txt", "说明".encode("gb18030")),
        ("a.csv", "单位,值\r\n镇一,1".encode()),
    ],
)
def test_what_offices_use_is_taken(name: str, content: bytes) -> None:
    assert add(a_round(), (name, content)) == 1


def _swelling() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * (65 * _MEBI))
    return written.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.pdf", b"<html><script>alert(1)</script>", "QH988"),
        ("a.pdf", b"", "QH988"),
        ("a.svg", b"<svg xmlns='x' onload='alert(1)'/>", "QH988"),
        ("a.html", b"<html>", "QH988"),
        ("a.exe", b"MZ", "QH988"),
        ("a.txt", b"MZ\x00\x01", "QH988"),
        ("a.txt", b"\n  <!DOCTYPE html>", "QH988"),
        ("a.csv", b"text <script>alert(1)</script>", "QH988"),
        ("a.txt", b"\xff\xfe\xff", "QH988"),
        ("a.zip", zipped({"a.txt": b"x"}), "QH988"),
        ("..", PDF, "QH988"),
        ("", PDF, "QH988"),
        ("a.docx", b"%PDF-1.7", "QH988"),
        ("a.docx", zipped({"word/vbaProject.bin": b"x"}), "QH959"),
        ("a.xls", bytes.fromhex("d0cf11e0a1b11ae1") + "_VBA_PROJECT".encode("utf-16-le"), "QH959"),
        ("a.docx", b"PK\x03\x04 and nothing more", "QH960"),
        ("a.docx", _swelling(), "QH960"),
        ("a.pdf", PDF + b" " * (20 * _MEBI), "QH957"),
    ],
)
def test_what_is_hostile_or_no_evidence_is_refused_and_told(
    name: str, content: bytes, code: str, settings: Settings
) -> None:
    kept = a_round()
    if name in ("", ".."):  # Django takes no file of that name, but another door might
        with pytest.raises(FindingsError):
            add(kept, (name, content))
    else:
        file = SimpleUploadedFile(name, content)
        page = of("wang").post(address(kept, "add_evidence"), {"files": [file], "key": "k"})
        assert code in {finding["code"] for finding in page.context["findings"]}
    entry = Entry.objects.for_the_program().latest("pk")
    assert (entry.outcome, entry.action, entry.reasons) == ("refused", "evidence.add", code)
    assert held() == []
    assert not Path(settings.EVIDENCE_FOLDER).exists()


@pytest.mark.parametrize(
    ("name", "kept_as"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\新建\\表.pdf", "表.pdf"),
        ("<img src=x onerror=alert(1)>.pdf", "_img src=x onerror=alert(1)_.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie_ x.pdf"),
        ("报表\u202efdp.pdf", "报表fdp.pdf"),
        ("表" * 300 + ".pdf", "表" * 116 + ".pdf"),
    ],
)
def test_names_are_made_safe(name: str, kept_as: str) -> None:
    kept = a_round()
    add(kept, (name, PDF))
    _, _, head = fetched("wang")

    assert held() == [kept_as]
    assert "\n" not in head["Content-Disposition"]
    assert "<img" not in of("wang").get(address(kept)).content.decode()


def test_one_bad_file_of_two_keeps_the_other_back() -> None:
    kept = a_round()

    with pytest.raises(FindingsError):
        add(kept, ("a.pdf", PDF), ("b.pdf", b"MZ"))

    assert held() == []


def test_no_more_files_than_the_office_lets(settings: Settings) -> None:
    kept = a_round()
    settings.EVIDENCE_FILES = 2
    add(kept, ("a.pdf", PDF), ("b.pdf", PDF))

    with pytest.raises(FindingsError) as refusal:
        add(kept, ("c.pdf", PDF))
    first = Evidence.objects.for_the_program().earliest("pk")
    withdraw_evidence(by=wang(), at=LATER, pk=kept.pk, evidence=first.pk)

    assert [finding.code for finding in refusal.value.findings] == ["QH989"]
    assert add(kept, ("c.pdf", PDF)) == 1


def test_somebody_else_hands_in_nothing_and_withdraws_nothing() -> None:
    kept = a_round()
    add(kept, ("a.pdf", PDF))
    found = Evidence.objects.for_the_program().get()

    with pytest.raises(FindingsError) as adding:
        add(kept, ("b.pdf", PDF), code="zhao")
    with pytest.raises(FindingsError) as withdrawing:
        withdraw_evidence(by=wang("zhao"), at=LATER, pk=kept.pk, evidence=found.pk)
    page = of("zhao").post(reverse("withdraw_evidence", args=[kept.pk, found.pk]))

    assert {finding.code for each in (adding, withdrawing) for finding in each.value.findings} == {"QH915"}
    assert page.status_code == 404


def test_nothing_is_handed_in_once_the_round_is_over() -> None:
    kept = a_round(opened=False)

    with pytest.raises(FindingsError) as refusal:
        add(kept, ("a.pdf", PDF))

    assert [finding.code for finding in refusal.value.findings] == ["QH917"]


def test_while_figures_are_checked_evidence_can_still_be_added() -> None:
    kept = a_round()
    move_round(by=actor("office", code="li"), at=TOO_LATE, pk=kept.pk, move="close")

    assert add(kept, ("a.pdf", PDF), at=TOO_LATE) == 1


def test_what_is_withdrawn_is_kept_and_seen_by_the_office_alone(settings: Settings) -> None:
    kept = a_round()
    save(kept, {"gdp T1": "1"})
    add(kept, ("a.pdf", PDF))
    found = Evidence.objects.for_the_program().get()
    of("wang").post(reverse("withdraw_evidence", args=[kept.pk, found.pk]))
    somebody("office")

    answers = [fetched(code)[0] for code in ("wang", "office")]

    assert answers == [404, 200]
    assert len([path for path in Path(settings.EVIDENCE_FOLDER).rglob("*") if path.is_file()]) == 1
    assert "已撤下：" in of("office").get(address(kept)).content.decode()


def test_what_proves_an_accepted_figure_stays() -> None:
    kept = a_round()
    add(kept, ("a.pdf", PDF))
    accepted(kept)
    found = Evidence.objects.for_the_program().get()

    with pytest.raises(FindingsError) as refusal:
        withdraw_evidence(by=wang(), at=LATER, pk=kept.pk, evidence=found.pk)

    assert [finding.code for finding in refusal.value.findings] == ["QH918"]


@pytest.mark.parametrize("is_accepted", [False, True])
def test_who_can_download_it(*, is_accepted: bool) -> None:
    kept = a_round()
    add(kept, ("a.pdf", PDF))
    if is_accepted:
        accepted(kept)
    for role in ("office", "unit", "leader", "auditor", "administrator"):
        somebody(role, code=role)

    codes = ("wang", "zhao", "office", "unit", "leader", "auditor", "administrator")
    found = {code for code in codes if fetched(code)[0] == 200}

    assert found == {"wang", "office"} | ({"unit", "leader"} if is_accepted else set())
    entry = Entry.objects.for_the_program().filter(action="evidence.open").earliest("pk")
    assert (entry.who, entry.about, entry.chain) == ("wang", "2024-Q1 T1 gdp", "round-2024-Q1")


def test_it_is_served_as_a_download_that_no_browser_opens() -> None:
    add(a_round(), ("报表 1.pdf", PDF))

    _, content, head = fetched("wang")

    assert content == PDF
    assert head["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert head["Content-Type"] == "application/octet-stream"
    assert head["X-Content-Type-Options"] == "nosniff"
    assert head["Content-Security-Policy"].startswith("sandbox")
    assert head["Cache-Control"] == "no-store"


def test_a_file_that_somebody_changed_is_not_sent(settings: Settings) -> None:
    add(a_round(), ("a.pdf", PDF))
    (stored,) = (path for path in Path(settings.EVIDENCE_FOLDER).rglob("*") if path.is_file())
    stored.write_bytes(b"%PDF-1.7 another")
    client = of("wang")
    client.raise_request_exception = False

    answer = client.get(reverse("evidence", args=[Evidence.objects.for_the_program().get().pk]))

    assert answer.status_code == 500
    assert b"another" not in answer.content


def test_the_pages_name_the_files() -> None:
    kept = a_round()
    page = of("wang").get(address(kept))
    file = SimpleUploadedFile("报表.pdf", PDF)

    of("wang").post(address(kept, "add_evidence"), {"files": [file], "key": page.context["key"]})

    assert "报表.pdf" in of("wang").get(address(kept)).content.decode()
    matrix = signed_in(somebody("office")).get(reverse("review", args=[kept.pk])).content.decode()
    assert "证明材料1个" in matrix
