"""An office's own template sees itself alone, fetches nothing, ends in time, and its faults are told."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Final

import pytest
from tests.documents.certificates.made import certificate, file_of
from tests.documents.pages import pages_of

from quanheng.documents.certificates import template as limits
from quanheng.documents.certificates import write
from quanheng.documents.certificates.plain import PLACE_HOLDERS
from quanheng.documents.certificates.write import set_certificates
from quanheng.documents.fonts.find import installed_fonts
from quanheng.findings.errors import UsageError
from quanheng.findings.finding import Finding, FindingsError

SOUND: Final = """\
#import "/fitted.typ": fitted
#let sheet = (margin: 30mm)
#let certificate(item) = {
  fitted(width: 200mm, height: 20mm, largest: 40pt, item.recipient)
  [#item.award #item.number #sys.inputs.keys().len()]
  image("award/mark.svg", alt: "mark")
}
"""
PICTURE: Final = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'


def written(folder: Path, text: str) -> Path:
    file = folder / "award.typ"
    file.write_text(text, encoding="utf-8")
    return file


def refusal(template: Path) -> Finding:
    with pytest.raises(FindingsError) as refused:
        set_certificates([file_of(certificate("甲镇"))], fonts=installed_fonts(), template=template)
    (finding,) = (each for each in refused.value.findings if each.severity == "error")
    return finding


def test_a_template_shows_its_own_pictures(tmp_path: Path) -> None:
    (tmp_path / "award").mkdir()
    (tmp_path / "award/mark.svg").write_text(PICTURE, encoding="utf-8")
    files = [file_of(certificate("甲镇"), certificate("乙" * 40)), file_of(certificate("#丙"))]

    contents, _ = set_certificates(files, fonts=installed_fonts(), template=written(tmp_path, SOUND))

    (tmp_path / "c.pdf").write_bytes(contents[0])
    assert [page.text for page in pages_of(tmp_path / "c.pdf")] == [
        "甲镇先进单位11",
        f"{'乙' * 40}先进单位11",
    ]
    (tmp_path / "d.pdf").write_bytes(contents[1])
    assert [page.text for page in pages_of(tmp_path / "d.pdf")] == ["#丙先进单位11"]


@pytest.mark.parametrize(
    ("body", "code", "told"),
    [
        ("item.recipient\n  item.award\n  item.recipent", "QH817", "recipent"),
        ("item.recipient", "QH818", "item.text / item.award"),
        ("item.award", "QH818", "item.salutation"),
        ("item.text + item.unit + read('x')", "QH818", "not valid in code"),
        ('item.text + item.unit\n  read("/etc/passwd")', "QH818", "file not found"),
        ('item.text + item.unit\n  read("../secret.txt")', "QH818", "escape"),
        ('item.text + item.unit\n  text(font: "No Such Font", "甲")', "QH818", "no such font"),
        ('item.text + item.unit\n  image("award/mark.svg")', "QH818", ""),
        ('item.text + item.unit\n  import "@local/x:1.0.0"', "QH818", "package"),
        ("item.text + item.unit\n  let f(n) = f(n + 1)\n  f(1)", "QH818", "depth exceeded"),
    ],
)
def test_what_a_template_may_not_do_is_told_with_its_line(
    body: str, code: str, told: str, tmp_path: Path
) -> None:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")

    finding = refusal(written(tmp_path, f"#let certificate(item) = {{\n  {body}\n}}\n"))

    assert (finding.code, finding.where.file) == (code, "award.typ")
    assert told.casefold() in finding.text("en").casefold()


def test_a_near_miss_is_offered(tmp_path: Path) -> None:
    body = "item.award\n  item.recipent"

    finding = refusal(written(tmp_path, f"#let certificate(item) = {{\n  item.unit + {body}\n}}\n"))

    assert str(finding.where) == "award.typ:3"
    assert finding.hint("zh") == "是否应为“recipient”？"


def test_a_template_without_its_function_is_told(tmp_path: Path) -> None:
    finding = refusal(written(tmp_path, "#let diploma(item) = item.unit + item.award\n"))

    assert finding.code == "QH818"
    assert "certificate(item)" in finding.message("en")


def test_nothing_is_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    class Listening(BaseHTTPRequestHandler):
        def do_CONNECT(self) -> None:
            asked.append(self.path)
            self.send_error(403)

    server = HTTPServer(("127.0.0.1", 0), Listening)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setenv("NO_PROXY", "")
    text = '#import "@preview/cetz:0.3.0"\n#let certificate(item) = item.unit + item.award\n'

    finding = refusal(written(tmp_path, text))

    server.shutdown()
    server.server_close()
    assert finding.code == "QH818"
    assert asked == []


def test_a_template_that_takes_too_long_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write, "_SECONDS", 2)
    monkeypatch.setattr(write, "_WAIT_TIMES", 4)
    loops = "range(9999)"
    body = f"for a in {loops} {{ for b in {loops} {{ for c in {loops} {{ let d = a * b * c }} }} }}"

    finding = refusal(written(tmp_path, f"#let certificate(item) = {{\n{body}\nitem.unit + item.award\n}}\n"))

    assert finding.code == "QH819"
    assert "2 seconds" in finding.message("en")


def test_a_template_that_takes_too_much_memory_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(write, "_MEMORY", 512 * 1024**2)
    body = "let x = (1,)\n  for i in range(40) { x = x + x }\n  item.unit + item.award"

    finding = refusal(written(tmp_path, f"#let certificate(item) = {{\n  {body}\n}}\n"))

    assert finding.code == "QH819"
    assert "memory" in finding.message("en")


def test_what_lies_beside_is_files_and_not_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    template = written(tmp_path, SOUND)
    (tmp_path / "award").mkdir()
    (tmp_path / "award/mark.svg").symlink_to("/etc/passwd")

    assert "mark.svg is a link" in refusal(template).message("en")
    (tmp_path / "award/mark.svg").unlink()
    monkeypatch.setattr(limits, "MOST_FILES", 2)
    for number in range(3):
        (tmp_path / f"award/{number}.svg").write_text(PICTURE, encoding="utf-8")
    assert refusal(template).code == "QH819"
    monkeypatch.setattr(limits, "MOST_OF_IT", 10)
    assert "its size" in refusal(template).message("en")


def test_a_template_that_is_no_text_or_not_there_is_told(tmp_path: Path) -> None:
    (tmp_path / "award.typ").write_bytes(b"\xff\xfe\x00")

    assert "UTF-8" in refusal(tmp_path / "award.typ").message("en")
    with pytest.raises(UsageError, match="name a typst file"):
        set_certificates([file_of(certificate("甲"))], fonts=installed_fonts(), template=tmp_path / "no.typ")


@pytest.mark.parametrize("page", ["hand-out-awards.md", "hand-out-awards.zh.md"])
def test_the_template_of_the_how_to_is_sound_and_its_table_complete(page: str, tmp_path: Path) -> None:
    text = (Path(__file__).parents[3] / "docs/how-to" / page).read_text(encoding="utf-8")
    (template,) = (block for block in text.split("```")[1::2] if "#let certificate(item)" in block)
    (tmp_path / "award").mkdir()
    (tmp_path / "award/frame.svg").write_text(PICTURE, encoding="utf-8")

    (content,), _ = set_certificates(
        [file_of(certificate("甲镇"))],
        fonts=installed_fonts(),
        template=written(tmp_path, template.removeprefix("text\n")),
    )

    (tmp_path / "c.pdf").write_bytes(content)
    assert [page.text for page in pages_of(tmp_path / "c.pdf")] == [
        "甲镇兹授予“先进单位”称号。示例委2024年2月6日"
    ]
    assert [name for name in PLACE_HOLDERS if f"`item.{name}`" not in text] == []
