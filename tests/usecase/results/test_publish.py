"""A published round stands: frozen whole, never overwritten in silence, and found out when tampered with."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from tests.data.books import told

from quanheng.data.load import load
from quanheng.engine.results.score import score
from quanheng.findings.errors import UsageError
from quanheng.findings.finding import FindingsError
from quanheng.usecase.books.convert import convert
from quanheng.usecase.results.assess import assess
from quanheng.usecase.results.moves import moved
from quanheng.usecase.results.publish import Published, publish
from quanheng.usecase.results.verify import verify
from quanheng.usecase.results.verify_published import publication_of

SCHEME = """\
quanheng: 1
id: r
title: 试
round: 2023
items: {x: {name: 分, kind: rate, every: quarter}}
indicators: {k: {name: 分, weight: 100, measure: x, rule: given}}
reviews: {every: quarter, fold: {reviews: 50%, year: 50%}}
"""
FIGURES = "单位,期间,x\n甲,2023-Q1,80\n乙,2023-Q1,85\n甲,2023-Q2,90\n乙,2023-Q2,80\n"
FIGURES += "甲,2023-Q4,90\n乙,2023-Q4,80\n甲,2023-Q3,90\n乙,2023-Q3,80\n"
CORRECTED = FIGURES.replace("甲,2023-Q1,80", "甲,2023-Q1,88")
PUBLISHED = "unit,score,place\n甲,80,2\n乙,85,1\n"
DAY = dt.date(2023, 4, 20)


def write(root: Path, **files: str) -> Path:
    book = root / "book"
    texts = {"scheme.yaml": SCHEME, "units.csv": "单位\n甲\n乙\n", "data/d.csv": FIGURES, **files}
    for name, text in texts.items():
        path = book / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return book


def publish_first(book: Path) -> Published:
    assess(book, round="2023-Q1", workbook=False)
    return publish(book, round="2023-Q1", on=DAY, by="张三")


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_round_is_frozen_with_its_day_its_author_and_the_hash_of_each_file(tmp_path: Path) -> None:
    book = write(tmp_path)

    done = publish_first(book)

    assert done.folder == book / "history/2023-Q1"
    publication = publication_of(done.folder)
    assert publication == done.publication
    assert (publication.round, publication.on, publication.by, publication.number) == (
        "2023-Q1",
        DAY,
        "张三",
        1,
    )
    assert sorted([*publication.files, "published.json"]) == sorted(contents(done.folder))
    assert load(book).history.select("round", "unit", "score", "place").rows() == [
        ("2023-Q1", "乙", 85.0, 1),
        ("2023-Q1", "甲", 80.0, 2),
    ]
    assert verify(done.folder) == ()
    assert verify(book / "results/2023-Q1") == ()  # its own publication is no part of what it is made of
    assert [path.name for path in (book / "history").iterdir()] == ["2023-Q1"]


def test_there_must_be_a_result_that_is_what_the_book_gives(tmp_path: Path) -> None:
    book = write(tmp_path)
    with pytest.raises(UsageError, match="score the round first"):
        publish(book, round="2023-Q1", on=DAY, by="")
    assess(book, round="2023-Q1", workbook=False)
    (book / "data/d.csv").write_text(CORRECTED, encoding="utf-8")

    with pytest.raises(FindingsError):
        publish(book, round="2023-Q1", on=DAY, by="")

    assert not (book / "history").exists()


def test_what_was_published_is_replaced_for_a_reason_only_and_then_kept(tmp_path: Path) -> None:
    book = write(tmp_path)
    first = publish_first(book)
    before = contents(first.folder)
    (book / "data/d.csv").write_text(CORRECTED, encoding="utf-8")
    assess(book, round="2023-Q1", workbook=False)

    for reason in (None, " "):
        with pytest.raises(UsageError, match="what was published stands"):
            publish(book, round="2023-Q1", on=DAY, by="李四", reason=reason)
    assert contents(first.folder) == before
    again = publish(book, round="2023-Q1", on=DAY, by="李四", reason="甲镇更正")

    assert (again.publication.number, again.publication.replaces) == (2, first.publication.seal)
    assert contents(again.folder / "replaced-1") == before
    assert verify(again.folder) == ()
    assert verify(again.folder / "replaced-1", book=book) == ()
    assert verify(book / "results/2023-Q1") == ()
    third = publish(book, round="2023-Q1", on=DAY, by="李四", reason="再次")
    assert sorted(path.name for path in third.folder.iterdir() if path.is_dir()) == [
        "replaced-1",
        "replaced-2",
    ]
    assert contents(third.folder / "replaced-1") == before


@pytest.mark.parametrize("name", ["history/2023-Q1.csv", "history/2023年一季度.csv"])
def test_a_table_that_says_what_was_published_is_not_passed_over(tmp_path: Path, name: str) -> None:
    book = write(tmp_path, **{name: PUBLISHED})
    assess(book, round="2023-Q1", workbook=False)

    with pytest.raises(UsageError, match="take it out"):
        publish(book, round="2023-Q1", on=DAY, by="")


@pytest.mark.parametrize(
    ("name", "old", "new", "codes"),
    [
        ("scores.csv", "85.0", "99.0", ["QH491"]),
        ("trace.parquet", None, "x", ["QH491"]),
        ("tiers.csv", None, None, ["QH492"]),
        ("published.json", "张三", "李四", ["QH493"]),
        ("published.json", None, "{}", ["QH493"]),
        ("more.csv", None, "unit\n", ["QH491"]),
    ],
)
def test_tampering_with_a_frozen_round_is_found(
    tmp_path: Path, name: str, old: str | None, new: str | None, codes: list[str]
) -> None:
    book = write(tmp_path)
    folder = publish_first(book).folder
    file = folder / name
    if new is None:
        file.unlink()
    elif old is None:
        file.write_text(new, encoding="utf-8")
    else:
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")

    assert [finding.code for finding in verify(folder)] == codes
    read = [found.split()[0] for found in told(book)]
    assert read == (
        [] if name in {"trace.parquet", "more.csv"} else codes
    )  # what is read is checked each time


def test_a_figure_changed_later_changes_no_published_review_and_is_told(tmp_path: Path) -> None:
    book = write(tmp_path)
    folder = publish_first(book).folder
    (book / "data/d.csv").write_text(CORRECTED, encoding="utf-8")

    year, review = score(load(book)), score(load(book), round="2023-Q1")

    assert year.reviews is not None
    assert year.reviews.filter(year.reviews["round"] == "2023-Q1").select("unit", "score").rows() == [
        ("甲", 80.0),
        ("乙", 85.0),
    ]
    expected = (
        "2023-Q1 was published; computed anew from the book as it is, 2 units differ: "
        "乙 85 (place 1) → 85 (place 2); 甲 80 (place 2) → 88 (place 1)"
    )
    for result in (year, review):
        assert [found.message("en") for found in result.findings if found.code == "QH595"] == [expected]
    assert [finding.code for finding in verify(folder)] == ["QH595"]


FLAGS = (
    SCHEME.replace("fold: {reviews: 50%, year: 50%}}", "}").replace("quarter, }", "quarter}")
    + """\
awards: [{name: 红旗, every: quarter, take: 1, where: place <= 1 and score > 84}]
adjustments: {rules: [{name: 红旗加分, kind: bonus, marks: reviews(award == '红旗')}]}
"""
)


def flags_of(book: Path) -> dict[str, float]:
    wide = score(load(book), round="2023").wide
    return dict(wide.select("unit", "adjust|total|bonus").rows())


def test_awards_of_a_published_review_are_those_that_were_given(tmp_path: Path) -> None:
    book = write(tmp_path, **{"scheme.yaml": FLAGS})
    before = flags_of(book)
    publish_first(book)
    (book / "data/d.csv").write_text(CORRECTED, encoding="utf-8")

    # 乙 got the flag of the first quarter; computed anew, 甲 would have it
    assert before == {"甲": 3.0, "乙": 1.0}
    assert flags_of(book) == before
    found = score(load(book), round="2023").findings
    assert {finding.code for finding in found} >= {"QH573", "QH595"}
    assert "QH878" not in {finding.code for finding in found}


def test_a_published_review_that_gave_no_award_gave_none(tmp_path: Path) -> None:
    book = write(tmp_path, **{"scheme.yaml": FLAGS, "data/d.csv": FIGURES.replace("85", "84")})
    publish_first(book)
    (book / "data/d.csv").write_text(CORRECTED, encoding="utf-8")

    assert (book / "history/2023-Q1/awards.csv").read_text(encoding="utf-8").count("\n") == 1
    assert flags_of(book) == {"甲": 3.0, "乙": 0.0}


def test_awards_that_no_folder_says_are_computed_anew_and_told(tmp_path: Path) -> None:
    book = write(
        tmp_path, **{"scheme.yaml": FLAGS, "history/2023-Q1.csv": PUBLISHED, "data/d.csv": CORRECTED}
    )

    assert flags_of(book) == {"甲": 4.0, "乙": 0.0}
    found = score(load(book), round="2023").findings
    assert [finding.message("en") for finding in found if finding.code == "QH878"] == [
        "the history does not say who got awards in 2023-Q1; who got 红旗 is computed anew"
    ]


@pytest.mark.parametrize(("text", "code"), [("award,unit\n红旗,甲\n", "QH491"), (None, "QH492")])
def test_awards_that_are_looked_at_are_those_that_were_frozen(
    text: str | None, code: str, tmp_path: Path
) -> None:
    book = write(tmp_path, **{"scheme.yaml": FLAGS})
    awards = publish_first(book).folder / "awards.csv"
    if text is None:
        awards.unlink()
    else:
        awards.write_text(text, encoding="utf-8")

    assert [found.split()[0] for found in told(book)] == [code]
    (book / "scheme.yaml").write_text(SCHEME, encoding="utf-8")
    assert told(book) == []


def test_moves_compare_with_what_was_published(tmp_path: Path) -> None:
    book = write(tmp_path, **{"history/2023-Q1.csv": PUBLISHED, "data/d.csv": CORRECTED})

    found = moved(book, round="2023-Q2")

    totals = found.moves.totals.select("unit", "score_before", "score_after", "change", "place_before")
    assert totals.rows() == [("甲", 80.0, 90.0, 10.0, 2), ("乙", 85.0, 80.0, -5.0, 1)]
    causes = found.moves.causes.select("unit", "cause", "before", "after", "change")
    assert causes.rows() == [
        ("甲", "indicator", 88.0, 90.0, 2.0),
        ("甲", "published", -8.0, 0.0, 8.0),
        ("乙", "indicator", 85.0, 80.0, -5.0),
    ]
    assert [finding.code for finding in found.findings] == ["QH595"]
    assert "公布后的改动 +8" in found.sentences("zh")["甲"]


def test_moves_from_a_published_round_without_figures_tell_the_totals(tmp_path: Path) -> None:
    figures = "".join(line for line in FIGURES.splitlines(keepends=True) if "2023-Q1" not in line)
    book = write(tmp_path, **{"history/2023-Q1.csv": PUBLISHED, "data/d.csv": figures})

    found = moved(book, round="2023-Q2")

    assert found.moves.totals.select("unit", "change").rows() == [("甲", 10.0), ("乙", -5.0)]
    assert len(found.moves.causes) == 0
    assert found.sentences("en")["甲"] == "甲: 90 in 2023-Q2, 10 more than in 2023-Q1; from place 2 to 1."
    assert [finding.code for finding in found.findings] == ["QH597"]


def test_the_year_itself_is_published_and_its_book_stays_quiet(tmp_path: Path) -> None:
    book = write(tmp_path)
    assess(book, workbook=False)

    done = publish(book, on=DAY, by="")

    assert done.publication.round == "2023"
    assert score(load(book)).findings == ()
    assert verify(book / "results/2023") == verify(done.folder) == ()


def test_the_rounds_of_a_workbook_lie_frozen_beside_it(tmp_path: Path) -> None:
    book = tmp_path / "册.xlsx"
    convert(write(tmp_path), book)

    done = publish_first(book)

    assert done.folder == tmp_path / "册-history/2023-Q1"
    assert load(book).history.select("unit", "score").rows() == [("乙", 85.0), ("甲", 80.0)]
    assert verify(done.folder) == verify(tmp_path / "册-results/2023-Q1") == ()
    convert(book, tmp_path / "again")
    assert contents(tmp_path / "again/history/2023-Q1") == contents(done.folder)
    file = done.folder / "scores.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("85.0", "86.0"), encoding="utf-8")
    assert told(book) == ["QH491 册-history/2023-Q1/scores.csv"]
