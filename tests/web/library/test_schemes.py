from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse
from tests.web.people_of_all_roles import NOW, actor, signed_in, somebody
from tests.web.rounds.world import CHANGED, SCHEME, UNITS, kept_scheme

from quanheng.examples import path_of_example
from quanheng.findings.finding import FindingsError
from quanheng.usecase.books.convert import convert
from quanheng.web.library.domain.versions import keep_version
from quanheng.web.library.models import Version
from quanheng.web.library.reading import read_upload
from quanheng.web.library.uploads import Upload
from quanheng.web.people.models import Unit


def zipped(files: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return written.getvalue()


def codes_of(name: str, content: bytes) -> list[str]:
    handed = read_upload(Upload(name=name, content=content))
    assert not handed.is_sound
    return [finding.code for finding in handed.findings]


def test_a_scheme_is_the_same_as_text_folder_and_workbook(tmp_path: Path) -> None:
    book = path_of_example("district-2023")
    convert(book, tmp_path / "册.xlsx")
    files = {f"district/{name}": (book / name).read_bytes() for name in ("scheme.yaml", "units.csv")}

    text = read_upload(Upload(name="scheme.yaml", content=files["district/scheme.yaml"]))
    folder = read_upload(Upload(name="book.zip", content=zipped(files)))
    workbook = read_upload(Upload(name="册.xlsx", content=(tmp_path / "册.xlsx").read_bytes()))

    assert [each.is_sound for each in (text, folder, workbook)] == [True, True, True]
    assert text.document == folder.document
    assert workbook.scheme is not None
    assert text.scheme is not None
    assert [item.code for item in workbook.scheme.items] == [item.code for item in text.scheme.items]
    assert (text.units, len(folder.units)) == ((), len(workbook.units))
    assert (folder.units[0].code, folder.units[0].group) == ("T01", "towns")


def test_versions_follow_each_other_and_stay() -> None:
    first = kept_scheme()
    second = kept_scheme(CHANGED, seen=1)

    with pytest.raises(DatabaseError), transaction.atomic():
        Version.objects.for_the_program().filter(pk=first.pk).update(text="")
    assert [(each.number, each.text) for each in Version.objects.for_the_program()] == [
        (2, second.text),
        (1, SCHEME),
    ]
    assert second.listed_units() == UNITS


@pytest.mark.parametrize(
    ("text", "seen", "code"),
    [
        (SCHEME, 1, "QH961"),
        (CHANGED, 0, "QH962"),
        ("quanheng: 1", 1, "QH121"),
    ],
)
def test_what_is_not_kept_says_why(text: str, seen: int, code: str) -> None:
    kept_scheme()

    with pytest.raises(FindingsError) as refusal:
        keep_version(by=actor("office"), at=NOW, text=text, units=UNITS, seen=seen)

    assert code in [finding.code for finding in refusal.value.findings]
    assert Version.objects.for_the_program().count() == 1


def test_hostile_files_are_refused_with_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quanheng.data.telling.limits.UNPACKED_BYTES", 1000)

    assert codes_of("scheme.xlsx", b"no workbook") == ["QH958"]
    assert codes_of("empty.yaml", b"") == ["QH958"]
    assert codes_of("large.yaml", b" " * (20 * 1024 * 1024 + 1)) == ["QH957"]
    assert codes_of("macro.xlsm", zipped({"xl/workbook.xml": b"", "xl/vbaProject.bin": b"x"})) == ["QH959"]
    assert codes_of("bomb.zip", zipped({"scheme.yaml": b"0" * 5000})) == ["QH960"]
    assert codes_of("other.zip", zipped({"letter.txt": b"hello"})) == ["QH958"]
    assert codes_of("cut.zip", zipped({"scheme.yaml": b"quanheng: 1"})[:40]) == ["QH960"]


def test_an_archive_writes_nowhere_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))

    handed = read_upload(Upload(name="a.zip", content=zipped({"../../scheme.yaml": SCHEME.encode()})))

    assert handed.is_sound
    assert not list(tmp_path.parent.glob("scheme.yaml"))


def test_the_pages_read_check_and_keep_a_scheme() -> None:
    client = signed_in(somebody("office"))
    sent = SimpleUploadedFile("虚构.yaml", SCHEME.encode())

    read = client.post(reverse("add_scheme"), {"file": sent})
    form = {"text": read.context["text"], "seen": "0", "name": "虚构.yaml", "units": "T1\t镇1\tall"}
    checked = client.post(reverse("check_scheme"), form | {"text": SCHEME.replace("weight: 20", "wait: 20")})
    kept = client.post(reverse("add_scheme"), form | {"do": "keep"}, follow=True)
    changed = form | {"text": CHANGED, "seen": "1", "do": "keep"}
    second = client.post(reverse("add_scheme"), changed, follow=True)

    assert read.context["is_sound"]
    assert "QH1" in checked.content.decode()
    assert kept.context["version"].number == 1
    assert "节点“people”：weight 由 20 改为 10" in second.content.decode()
    assert [version.file for version in Version.objects.for_the_program()] == ["虚构.yaml"] * 2


def test_a_scheme_that_is_none_is_shown_again_with_its_text() -> None:
    client = signed_in(somebody("office"))

    page = client.post(reverse("add_scheme"), {"text": "quanheng: 1\n<b>", "seen": "0", "do": "keep"})

    assert "&lt;b&gt;" in page.content.decode()
    assert page.context["errors"]


def test_a_version_that_is_not_there_is_not_found() -> None:
    client = signed_in(somebody("office"))

    assert client.get(reverse("scheme", args=[999])).status_code == 404


@pytest.mark.parametrize(
    ("unit", "code"),
    [
        ("T1,镇1,towns", "QH403"),
        ("T1,镇\u202e1,all", "QH640"),
        (f"T1,{'镇' * 201},all", "QH894"),
        ("T1,镇1,all\nT1,镇2,all", "QH408"),
    ],
)
def test_what_is_wrong_with_units_beside_a_scheme_keeps_it_from_being_kept(unit: str, code: str) -> None:
    client = signed_in(somebody("office"))
    content = zipped({"scheme.yaml": SCHEME.encode(), "units.csv": f"unit,name,group\n{unit}\n".encode()})

    read = client.post(reverse("add_scheme"), {"file": SimpleUploadedFile("册.zip", content)})
    form = {"text": read.context["text"], "units": f"{unit.replace(',', chr(9))}\n", "seen": "0"}
    kept = client.post(reverse("add_scheme"), form | {"do": "keep"})

    assert code in kept.content.decode()
    assert not Version.objects.for_the_program().exists()


def test_units_of_the_version_before_have_to_fit_the_groups_of_the_new_one() -> None:
    kept_scheme()
    grouped = SCHEME.replace("items:", "groups: {towns: 镇, parks: 园区}\nitems:")

    with pytest.raises(FindingsError) as refused:
        keep_version(by=actor("office"), at=NOW, text=grouped, seen=1)

    assert {finding.code for finding in refused.value.findings} == {"QH403"}


def test_a_unit_that_the_site_calls_otherwise_is_told_and_keeps_its_name() -> None:
    kept_scheme()
    client = signed_in(somebody("office"))
    units = "unit,name,group\nT1,别的镇,all\nT2,镇2,all\n"
    content = zipped({"scheme.yaml": CHANGED.encode(), "units.csv": units.encode()})

    read = client.post(reverse("add_scheme"), {"file": SimpleUploadedFile("册.zip", content)})
    form = {"text": read.context["text"], "units": read.context["units"], "seen": "1", "do": "keep"}
    client.post(reverse("add_scheme"), form)

    page = read.content.decode()
    assert "单位“T1”在本站的名称是“镇1”，此处写的是“别的镇”；沿用“镇1”" in page
    assert "QH897" in page
    assert page.count("QH897") == 1
    assert Version.objects.for_the_program().count() == 2
    assert Unit.objects.for_the_program().get(code="T1").name == "镇1"
