"""Documents are made of results that verify, lie beside them, and never replace what a person changed."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from tests.cli.commands import answer_to
from tests.documents.pages import pages_of
from tests.documents.subjects import BOOK

from quanheng.data.writing.writing import Writing
from quanheng.documents.tables.record import IDENTITY
from quanheng.findings.errors import UsageError
from quanheng.findings.finding import Finding, FindingsError
from quanheng.usecase.documents.making import File
from quanheng.usecase.documents.report import write_documents
from quanheng.usecase.documents.subject import newest_result, subject_of
from quanheng.usecase.results.assess import assess
from quanheng.usecase.results.publish import publish
from quanheng.usecase.results.verify import verify

WORDS = """\
authority: 示例委文件
number: 示考〔2024〕1号
recipients: '各镇："#x"'
signature: 示例委
date: 2024-02-06
"""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = BOOK.written(tmp_path)
    assess(path, workbook=False)
    return path


def codes(error: FindingsError) -> list[str]:
    return [finding.code for finding in error.findings if finding.severity == "error"]


def test_a_book_is_taken_for_its_newest_result(book: Path) -> None:
    assess(book, round="2022", workbook=False)

    subject, folder = subject_of(book, audience="public")

    assert folder == book / "results/2023"
    assert subject.result.round == "2023"
    assert subject.moves is not None
    assert subject.moves.before == "2022"


@pytest.mark.parametrize(
    ("names", "newest"),
    [
        (("2022", "2023-Q1"), "2023-Q1"),
        (("2023-Q4", "2023", "2023-12"), "2023"),
        (("2023-as-of-2024-03-01", "2023-as-of-2024-02-01"), "2023-as-of-2024-03-01"),
        (("2023-as-of-2024-03-01", "2023"), "2023"),
        (("old copy", "2022"), "2022"),
    ],
)
def test_the_newest_result_is_of_the_round_that_ends_last(
    names: tuple[str, ...], newest: str, tmp_path: Path
) -> None:
    for name in names:
        (tmp_path / "results" / name).mkdir(parents=True)
        (tmp_path / "results" / name / IDENTITY).write_text("{}", encoding="utf-8")

    assert newest_result(tmp_path) == tmp_path / "results" / newest


def test_a_book_without_a_result_says_what_to_do(tmp_path: Path) -> None:
    path = BOOK.written(tmp_path)

    with pytest.raises(UsageError, match="score it first"):
        subject_of(path, audience="public")
    with pytest.raises(UsageError, match="there is no"):
        subject_of(tmp_path / "nowhere", audience="public")


def test_a_changed_table_is_refused_with_the_command_that_makes_it_anew(book: Path) -> None:
    scores = book / "results/2023/scores.csv"
    scores.write_text(scores.read_text("utf-8").replace("88", "98"), encoding="utf-8")

    with pytest.raises(FindingsError) as refused:
        subject_of(book, audience="public")

    assert codes(refused.value)[-1] == "QH801"
    assert "QH612" in codes(refused.value)
    assert f"quanheng score {book} --round 2023" in refused.value.findings[-1].hint("en")


def test_a_book_that_gives_another_result_is_refused(book: Path) -> None:
    figures = book / "data/figures.csv"
    figures.write_text(figures.read_text("utf-8").replace("A,2023,90", "A,2023,91"), encoding="utf-8")

    with pytest.raises(FindingsError) as refused:
        subject_of(book / "results/2023", audience="public")

    assert {"QH614", "QH617", "QH801"} <= set(codes(refused.value))


def test_of_a_published_round_it_is_said_that_it_stands(book: Path) -> None:
    publish(book, round="2023", on=dt.date(2024, 2, 6), by="张三")
    figures = book / "data/figures.csv"
    figures.write_text(figures.read_text("utf-8").replace("A,2023,90", "A,2023,91"), encoding="utf-8")

    with pytest.raises(FindingsError) as refused:
        subject_of(book / "history/2023", audience="public")

    assert codes(refused.value)[-1] == "QH855"
    assert f"quanheng publish {book} --round 2023 --reason" in refused.value.findings[-1].hint("en")


def test_a_result_of_another_program_is_read_where_its_numbers_are_the_same(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quanheng.engine.results.identity.program_hash", lambda: "another")

    subject, _ = subject_of(book, audience="public")

    assert [finding.code for finding in subject.findings] == ["QH615"]


def test_the_report_lies_beside_the_result_which_still_verifies(book: Path) -> None:
    (book / "words.yaml").write_text(WORDS, encoding="utf-8")

    answer = answer_to("report", str(book), "--lang", "zh")

    file = book / "results/2023/documents/bulletin.pdf"
    assert (answer.code, answer.out) == (0, f"已写入 {file}\n")
    text = "".join(page.text for page in pages_of(file))
    for part in ("示例委文件", "示考〔2024〕1号", '各镇："#x"', "关于papers结果的通报", "甲镇88.00第一等次"):
        assert part in text
    assert verify(book / "results/2023") == ()
    record = json.loads((file.parent / "documents.json").read_text("utf-8"))["documents"]["bulletin.pdf"]
    identity = json.loads((book / "results/2023/result.json").read_text("utf-8"))
    assert (record["result"], record["audience"]) == (identity["hash"], "public")


def test_what_is_for_the_office_has_another_name(book: Path) -> None:
    answer = answer_to("report", str(book), "--audience", "internal", "--lang", "zh", "--json")

    (file,) = json.loads(answer.out)["files"]
    assert Path(file).name == "bulletin-internal.pdf"
    assert "承办现场会" in "".join(page.text for page in pages_of(Path(file)))


def test_a_report_is_written_anew_but_not_over_what_a_person_changed(book: Path, tmp_path: Path) -> None:
    command = ("report", str(book), "--out", str(tmp_path / "out"), "--lang", "en")
    file = tmp_path / "out/bulletin.pdf"

    assert answer_to(*command).code == 0
    first = file.read_bytes()
    assert answer_to(*command).code == 0
    assert file.read_bytes() == first
    file.write_bytes(first + b"% a remark\n")
    refused = answer_to(*command)

    assert refused.code == 2
    assert "was not written by quanheng, or was changed since" in refused.err
    assert file.read_bytes() != first
    assert answer_to(*command, "--force").code == 0
    assert file.read_bytes() == first


def test_a_paper_of_an_earlier_result_is_told_by_score_and_verify(book: Path) -> None:
    assert answer_to("report", str(book), "--lang", "en").code == 0
    again = answer_to("score", str(book), "--no-workbook", "--lang", "en")
    assert "QH850" not in again.err + answer_to("verify", str(book / "results/2023"), "--lang", "en").err
    figures = book / "data/figures.csv"
    figures.write_text(figures.read_text("utf-8").replace("A,2023,90", "A,2023,91"), encoding="utf-8")

    scored = answer_to("score", str(book), "--no-workbook", "--lang", "en")
    verified = answer_to("verify", str(book / "results/2023"), "--lang", "en")

    told = "QH850 documents beside the result are of an earlier one: bulletin.pdf"
    assert told in scored.out + scored.err
    assert told in verified.out + verified.err
    assert answer_to("report", str(book), "--lang", "en").code == 0
    assert verify(book / "results/2023") == ()


def test_words_with_errors_are_refused_all_together(book: Path) -> None:
    (book / "words.yaml").write_text("authority: 甲\nnumbr: 1\ndate: 2024-02-30\n", encoding="utf-8")

    answer = answer_to("report", str(book), "--lang", "en")

    assert answer.code == 1
    assert "words.yaml:2: error QH120" in answer.err
    assert "words.yaml:3: error" in answer.err
    assert not (book / "results/2023/documents").exists()


def test_strict_fonts_refuse_what_is_not_the_first_choice(book: Path) -> None:
    answer = answer_to("report", str(book), "--strict-fonts", "--lang", "zh")

    assert answer.code == 1
    assert "错误 QH803 正文（仿宋）只能用 Noto Serif CJK SC，未安装 仿宋_GB2312" in answer.err
    assert not (book / "results/2023/documents").exists()


def test_a_character_that_no_font_has_is_named(book: Path) -> None:
    (book / "words.yaml").write_text("recipients: 甲\U000f1234乙\n", encoding="utf-8")

    answer = answer_to("report", str(book), "--lang", "zh")

    assert answer.code == 1
    assert "错误 QH806 已安装的字体都没有这些字：\U000f1234 (U+F1234)，无法排印" in answer.err


def test_a_folder_of_fonts_that_is_none_is_wrong_usage(book: Path) -> None:
    answer = answer_to("report", str(book), "--fonts", str(book / "nowhere"), "--lang", "en")

    assert answer.code == 2
    assert "is not a folder: name a folder with fonts" in answer.err


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--document", "page", "--words", "words.yaml"), "--words changes nothing about this page"),
        (("--document", "page", "--fonts", "."), "--fonts changes nothing about this page"),
        (("--as", "docx", "--strict-fonts"), "--strict-fonts changes nothing about this bulletin"),
    ],
)
def test_an_option_that_would_change_nothing_is_refused_by_name(
    options: tuple[str, ...], told: str, tmp_path: Path
) -> None:
    answer = answer_to("report", str(tmp_path), *options, "--lang", "en")

    assert answer.code == 2
    assert told in answer.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_a_full_disk_is_told_with_the_file_that_did_not_fit(book: Path, tmp_path: Path) -> None:
    subject, _ = subject_of(book, audience="public")

    def fill(_: Path) -> tuple[Finding, ...]:
        with Path("/dev/full").open("wb") as file:
            file.write(b"much")
        return ()

    out = tmp_path / "out"
    with pytest.raises(OSError, match="No space left") as told:
        write_documents(subject, [File(name="bulletin.pdf", fill=fill)], out, Writing(command="report"))

    assert told.value.filename == str(out / "bulletin.pdf")
    assert not out.exists()
