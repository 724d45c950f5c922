"""Formulas of the scheme mean in a workbook what they mean in the engine, whatever is absent."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import narwhals as nw
import numpy as np
import polars as pl
import pytest
from tests.documents.libreoffice import recalculated

from quanheng.documents.workbook.draft.draft import Draft
from quanheng.documents.workbook.draft.numbers import Facts
from quanheng.documents.workbook.file.file import write_draft
from quanheng.documents.workbook.formulas.cells import Shown
from quanheng.documents.workbook.formulas.formulas import Vocabulary, translated
from quanheng.documents.workbook.formulas.parts import Strict, in_a_cell
from quanheng.documents.workbook.formulas.references import Addresses
from quanheng.documents.workbook.formulas.rows import rows_of
from quanheng.documents.workbook.sheets.data import add_data
from quanheng.documents.workbook.sheets.measures import add_measures
from quanheng.engine.formulas.measures import measures_of, with_measures
from quanheng.engine.frame.engines import polars_engine
from quanheng.engine.results.result import Result
from quanheng.findings.errors import EngineError
from quanheng.findings.text import Text
from quanheng.scheme.formulas.parse import parse_formula
from quanheng.scheme.formulas.tree import Expression, Formula, Span
from quanheng.scheme.items.item import FromLedger, Item
from quanheng.scheme.ledgers.statistics import Count
from quanheng.scheme.rules.given import Given
from quanheng.scheme.tree.scheme import Dimension, Group, Indicator, Scheme

_ITEMS = ("a", "b", "n")
_FORMULAS = 100
_STATE_OF_A_B = 'IF(OR(A="/",B="/"),"/",IF(OR(A="!",B="!"),"!",""))'


def _words(steps: list[str]) -> Vocabulary:
    def name(word: str, months: int) -> Strict:
        cell = word.upper() + (f"_{months}" if months else "")
        return Strict(text=cell, cells=(cell,), counts=word == "n")

    def step(formula: str, tree: Expression, months: int, *, ordered: bool) -> str:
        steps.append(formula)
        return f"S{len(steps)}"

    return Vocabulary(name=name, step=step, target=lambda: "T")


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        ("a", 'IF(ISNUMBER(A),A,A&"")'),
        # a sum is settled at the digits of the greatest number in it (comparing §1 a)
        (
            "a + 2 * b",
            f"IF(COUNT(A,B)=2,ROUND(A+(2*B),14-INT(LOG10(MAX(ABS(A),ABS((2*B)),1E-280)))),{_STATE_OF_A_B})",
        ),
        ("-a ** 2", 'IF(ISNUMBER(A),(-(A^2)),A&"")'),
        ("100 * (a / n)", None),
        ("log(a)", 'IF(ISNUMBER(A),IF(A<=0,"!",LN(A)),A&"")'),
        ("sqrt(a)", 'IF(ISNUMBER(A),IF(A<0,"!",SQRT(A)),A&"")'),
        ("exp(a)", 'IF(ISNUMBER(A),IF(A>=138.15510557964274,"!",EXP(A)),A&"")'),
        ("round(a, -2)", 'IF(ISNUMBER(A),ROUND(A,-2),A&"")'),
        ("floor(a)", 'IF(ISNUMBER(A),INT(ROUND(A,14-INT(LOG10(MAX(ABS(A),1E-280))))),A&"")'),
        ("coalesce(a, b, 0)", "IF(ISNUMBER(A),A,IF(ISNUMBER(B),B,0))"),
        (
            "where(a > 2, b, 1)",
            'IF(ISNUMBER(A),IF((A-2>1E-12*(ABS(A)+ABS(2))),IF(ISNUMBER(B),B,B&""),1),A&"")',
        ),
        (
            "change(a)",
            "IF(COUNT(A,A_12)=2,ROUND(A-A_12,14-INT(LOG10(MAX(ABS(A),ABS(-A_12),1E-280)))),"
            + _STATE_OF_A_B.replace("B", "A_12")
            + ")",
        ),
    ],
)
def test_a_formula_reads_as_a_person_would_write_it(text: str, formula: str | None) -> None:
    steps: list[str] = []

    written = in_a_cell(translated(parse_formula(text).tree, _words(steps)))

    if formula is None:
        assert written.startswith('IF(COUNT(A,N)=2,IF(N=0,"/",(100*(A/N))),')
    else:
        assert written == formula
    assert steps == []


def test_what_adds_a_state_of_its_own_gets_a_column_of_its_own() -> None:
    steps: list[str] = []

    written = in_a_cell(translated(parse_formula("a / b + n").tree, _words(steps)))

    assert written.startswith("IF(COUNT(\x01here\x02S1\x03,N)=2,ROUND(\x01here\x02S1\x03+N,")
    quotient = 'IF(AND(B=0,A=0),"/",IF(B=0,"!",(A/B)))'
    state = 'IF(OR(A="/",B="/"),"/",IF(OR(A="!",B="!"),"!",""))'
    assert steps == [f"IF(COUNT(A,B)=2,{quotient},{state})"]


def test_a_span_alone_is_no_formula() -> None:
    with pytest.raises(EngineError, match="second argument of lag"):
        translated(Span(12), _words([]))


@pytest.mark.parametrize("seed", [2023])
def test_random_formulas_give_what_the_engine_gives(seed: int, tmp_path: Path) -> None:
    """Trees drawn at random over figures that are there, missing, not applicable and 0."""
    random = np.random.default_rng(seed)
    texts = dict.fromkeys(_drawn(random, 3) for _ in range(_FORMULAS))
    scheme = _scheme([text for text in texts if text not in _ITEMS])
    draft = _measured(scheme, random)

    write_draft(draft, tmp_path / "formulas.xlsx")
    rows = recalculated([tmp_path / "formulas.xlsx"], tmp_path / "office")["formulas.xlsx"]["Measures"]

    wrong = []
    for index, column in enumerate(draft.columns["measures"]):
        for row, meant in zip(draft.rows.all, column.values or (), strict=True):
            read = rows[row - 1][index]
            if not _same(read, meant):
                wrong.append((column.note, column.formula, read, meant))
    assert wrong == []


def _same(read: object, meant: Shown) -> bool:
    if isinstance(read, float) and isinstance(meant, float):
        return math.isclose(read, meant, rel_tol=1e-9, abs_tol=1e-9)
    return read == meant


def _drawn(random: np.random.Generator, depth: int) -> str:
    """Return a formula over a, b (numbers) and n (a count) drawn at random, as a person writes it."""
    if depth == 0 or random.random() < 0.15:
        return str(random.choice(["a", "b", "n", "2", "0.5", "lag(a, 1y)"]))
    one, two = (_drawn(random, depth - 1) for _ in range(2))
    condition = f"{_drawn(random, depth - 2) if depth > 1 else 'a'} {random.choice(['>', '<=', '=='])} 1"
    other = f"b {random.choice(['<', '>=', '!='])} 0.5"
    joined = f"{condition} {random.choice(['and', 'or'])} not ({other})"
    forms = [
        *(f"({one} {sign} {two})" for sign in "+-*/"),
        *(f"({one} / {two})", f"({one}) ** 2", f"(-{one})", f"log({one} + 5)", f"change({one})"),
        *(f"growth({one})", f"share({one})", f"place({one})", f"coalesce({one}, {two})"),
        *(f"min({one}, {two}, b)", f"mean({one}, {two})", f"sum({one}, n)", f"max({one}, {two})"),
        *(f"floor({one})", f"ceil({one} / 0.7)", f"round({one}, 1)", f"abs({one})", f"sign({one})"),
        *(f"sqrt({one})", f"exp({one})", f"units({condition}) - a", "b / units()"),
        *(f"{of}(units({one})) - {two}" for of in ("max", "min", "mean", "sum", "sd", "median")),
        *(f"where({joined}, {one}, {two})", f"where({condition}, {one}, {two})"),
    ]
    return str(forms[random.integers(len(forms))])


def _scheme(texts: list[str]) -> Scheme:
    ledger = FromLedger(statistic=Count(), ledger="records")
    items = tuple(Item(code=code, name=Text(en=code)) for code in _ITEMS)
    indicators = tuple(
        Indicator(
            code=f"f{index}",
            name=Text(en=text),
            weights={"all": 1.0},
            measure=Formula(text, parse_formula(text).tree),
            rule=Given(),
            direction="less" if index % 3 else "more",
        )
        for index, text in enumerate(texts)
    )
    root = Dimension(code="total", name=Text(en="total"), weights={"all": 1.0}, children=indicators)
    return Scheme(
        id="random",
        title=Text(en="random"),
        round="2023",
        groups=(Group(code="all", name=Text(en="all"), marks=100.0),),
        items=(*items[:2], replace(items[2], source=ledger)),
        root=root,
    )


def _measured(scheme: Scheme, random: np.random.Generator) -> Draft:
    """Return the sheets of figures and measures for figures drawn at random."""
    size = 24
    figures = {
        "unit": [f"u{index:02}" for index in range(size)],
        "name": [""] * size,
        "group": ["all"] * size,
    }
    columns: dict[str, pl.Series] = {}
    for code in _ITEMS:
        for months in (0, 12, 24, 36, 48):
            column = f"{code}@{months}" if months else code
            values = random.choice([0.0, 1.0, 2.0, 3.5, -1.25, 7.0], size)
            missing, absent = random.random((2, size)) < (0.0 if code == "n" else 0.13)
            kept = [
                None if gone else float(value) for value, gone in zip(values, missing | absent, strict=True)
            ]
            if code == "n":
                kept = [float(round(abs(value))) for value in values]
            columns[f"item|{column}"] = pl.Series(kept, dtype=pl.Float64)
            columns[f"item_na|{column}"] = pl.Series(absent)
    grid = nw.from_native(pl.DataFrame({**figures, **columns}).lazy())
    plan = with_measures(grid, measures_of(scheme), scheme, polars_engine())
    wide = nw.from_native(plan.collect().to_native(), eager_only=True).sort("unit")
    result = Result(
        scheme=scheme,
        round="2023",
        engine=polars_engine(),
        made=plan,
        ranked=wide,
        weights=wide,
        findings=(),
    )
    rows = rows_of(wide)
    draft = Draft(result=result, language="en", rows=rows, facts=Facts(wide), addresses=Addresses(rows=rows))
    add_data(draft)
    add_measures(draft)
    return draft
