"""Documents use the studies beside a result that are of that very result, and run them on request."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.commands import answer_to
from tests.documents.pages import pages_of
from tests.documents.subjects import BOOK

from quanheng.data.files.hashes import digest_of_file
from quanheng.documents.studied import Studies
from quanheng.usecase.documents.subject import subject_of
from quanheng.usecase.results.assess import assess
from quanheng.usecase.results.verify import verify

FEW = "study: robustness\nruns: 64\ncauses: {weights: {change: 25%}}\n"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = BOOK.written(tmp_path)
    assess(path, workbook=False)
    return path


def studied(book: Path, settings: str = FEW) -> Path:
    """Lay a study of robustness beside the result, as the command does."""
    file = book.parent / "few.yaml"
    file.write_text(settings, encoding="utf-8")
    folder = book / "results/2023/studies/robustness"
    answer = answer_to("study", "robustness", str(book), "--study", str(file), "--out", str(folder))
    assert answer.code == 0, answer.err
    return folder


def test_a_study_beside_its_result_says_how_sure_each_place_is(book: Path) -> None:
    studied(book)

    subject, folder = subject_of(book, audience="internal")

    study = subject.studies.robustness
    assert study is not None
    assert (study.level, study.replicates, study.varied.en) == (0.9, 64, "weights (±25%)")
    assert set(study.units) == {"A", "B", "C", "P"}
    first = study.units["A"]
    assert (first.place, first.low, first.high) == (1, 1, 1)
    assert first.tiers == {"第一等次": 1.0, "第二等次": 0.0, "不合格": 0.0}
    assert [finding.code for finding in subject.findings] == []
    assert verify(folder) == ()


def test_the_public_sees_intervals_only_where_the_scheme_publishes_them(book: Path) -> None:
    studied(book)
    scheme = book / "scheme.yaml"

    kept_back, _ = bulletin_of(book)
    scheme.write_text(f"{scheme.read_text('utf-8')}publish: [place, total, intervals]\n", encoding="utf-8")
    assess(book, workbook=False)
    of_another, _ = bulletin_of(book)
    studied(book)
    published, _ = bulletin_of(book)

    assert "区间" not in kept_back
    assert "注：结果旁没有该结果的稳健性研究，未列位次区间。" in of_another
    assert "位次单位得分位次区间1甲镇88.001" in published
    assert "位次区间为其中90%的重复所在的位次" in published
    assert "等次" not in published  # tiers are kept back, and so is how sure they are


def bulletin_of(book: Path, *options: str) -> tuple[str, str]:
    answer = answer_to("report", str(book), "--lang", "zh", *options)
    assert answer.code == 0, answer.err
    ending = "-internal" if "internal" in options else ""
    pages = pages_of(book / f"results/2023/documents/bulletin{ending}.pdf")
    return "".join(page.text for page in pages), answer.err


def test_a_missing_study_is_told_in_a_line_and_run_on_request(book: Path) -> None:
    without, _ = bulletin_of(book, "--audience", "internal")
    with_it, _ = bulletin_of(book, "--audience", "internal", "--with-studies")
    laid = book / "results/2023/studies/robustness/study.json"
    moment = laid.stat().st_mtime_ns
    again, _ = bulletin_of(book, "--audience", "internal", "--with-studies")

    assert "注：结果旁没有该结果的稳健性研究，未列位次区间。" in without
    assert "三、位次的可信程度变动权重（±25%）、合成方法（2种），重复计分1024次" in with_it
    assert "注：" not in with_it
    assert json.loads(laid.read_text("utf-8"))["round"] == "2023"
    assert again == with_it
    assert laid.stat().st_mtime_ns == moment  # what is there already is not run again


def test_settings_that_lie_there_are_those_of_the_study(book: Path) -> None:
    folder = studied(book)
    figures = book / "data/figures.csv"
    figures.write_text(figures.read_text("utf-8").replace("A,2023,90", "A,2023,89"), encoding="utf-8")
    assess(book, workbook=False)

    _, old = bulletin_of(book, "--audience", "internal")
    text, new = bulletin_of(book, "--audience", "internal", "--with-studies")

    assert "QH807" in old
    assert "QH807" not in new
    assert "重复计分64次" in text
    assert "runs: 64" in (folder / "study.yaml").read_text("utf-8")


def _other_places(folder: Path) -> None:
    places = folder / "places.csv"
    text = places.read_text("utf-8")
    places.write_text(text.replace("towns,A,甲镇,1,", "towns,A,甲镇,2,"), encoding="utf-8")
    record = json.loads((folder / "study.json").read_text("utf-8"))
    record["files"]["places.csv"] = digest_of_file(places)
    (folder / "study.json").write_text(json.dumps(record), encoding="utf-8")


def _of(key: str, value: object) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        record = json.loads((folder / "study.json").read_text("utf-8"))
        (folder / "study.json").write_text(json.dumps({**record, key: value}), encoding="utf-8")

    return change


def _write(name: str, text: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        (folder / name).write_text(text, encoding="utf-8")

    return change


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (_of("data_hash", "0" * 64), "QH807"),
        (_of("scheme_hash", None), "QH807"),
        (_of("round", "2022"), "QH807"),
        (_of("as_of", "2024-01-01"), "QH807"),
        (_other_places, "QH807"),
        (lambda folder: (folder / "places.csv").unlink(), "QH808"),
        (_write("places.csv", "unit\nA\n"), "QH808"),
        (_write("study.yaml", "study: balance\n"), "QH808"),
        (_of("files", {"../../../scheme.yaml": "0"}), "QH808"),
        (_of("files", 3), "QH809"),
        (_write("study.json", "{"), "QH809"),
        (_write("study.json", "[" * 100_000), "QH809"),
        (_write("study.json", "[1]"), "QH809"),
    ],
)
def test_a_study_that_is_not_of_this_result_is_not_used_and_told(
    change: Callable[[Path], None], code: str, book: Path
) -> None:
    change(studied(book))

    subject, _ = subject_of(book, audience="internal")

    assert subject.studies == Studies()
    assert [finding.code for finding in subject.findings] == [code]


def test_a_study_that_cannot_be_run_is_told_and_the_document_made(tmp_path: Path) -> None:
    book = tmp_path / "one"
    (book / "data").mkdir(parents=True)
    (book / "scheme.yaml").write_text(
        "quanheng: 1\nid: one\ntitle: one\nround: 2023\nitems: {work: {kind: rate}}\n"
        "indicators: {work: {weight: 100, measure: work, rule: given}}\n",
        encoding="utf-8",
    )
    (book / "units.csv").write_text("unit,name\nA,甲\nB,乙\n", encoding="utf-8")
    (book / "data/figures.csv").write_text("unit,period,work\nA,2023,50\nB,2023,60\n", encoding="utf-8")
    assess(book, workbook=False)

    text, told = bulletin_of(book, "--audience", "internal", "--with-studies")

    assert "QH810" in told
    assert "未列位次区间" in text


def test_reports_of_units_say_what_figures_would_have_to_be(book: Path) -> None:
    options = ("--document", "units", "--audience", "internal", "--bound", "--lang", "zh", "--with-studies")

    answer = answer_to("report", str(book), *options)

    assert answer.code == 0, answer.err
    assert (book / "results/2023/studies/balance/study.json").is_file()
    pages = pages_of(book / "results/2023/documents/units-internal.pdf")
    by_name = {pages[at].text.split("诊断报告")[0][-2:]: pages[at + 1].text for at in range(0, len(pages), 2)}
    # B has 75, C 80; its order counts 40 %: 60 + 5 ÷ 0.4 = 72.5, of which rounding forgives 0.01
    assert "距第2名差5.00分。" in by_name["乙镇"]
    assert "第2名order6072.49是" in by_name["乙镇"]
    assert "已居本组第一。" in by_name["甲镇"]
    subject, _ = subject_of(book, audience="internal")
    assert subject.studies.needs is not None
    assert set(subject.studies.needs) == {"B", "C"}
