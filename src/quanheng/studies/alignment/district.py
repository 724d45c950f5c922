"""The district as the level above sees it: figures made of its units', scored by the scheme above."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import narwhals as nw
import polars as pl

from quanheng.data.book import frames
from quanheng.data.book.book import Book
from quanheng.engine.figures.values import values_of
from quanheng.engine.formulas.measures import Measure
from quanheng.engine.frame import columns as c
from quanheng.findings.finding import Finding, Kind
from quanheng.findings.nearest import did_you_mean
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.periods.stretch import stretch_of
from quanheng.scheme.formulas.scopes import POOL_FUNCTIONS
from quanheng.scheme.formulas.tree import Call, Formula, Name, parts_of
from quanheng.scheme.gaps.policies import MissingRedistributed
from quanheng.scheme.items.item import Item
from quanheng.scheme.items.item import Reported as FromReports
from quanheng.scheme.tree.natures import value_formula
from quanheng.scheme.tree.scheme import Indicator, Scheme
from quanheng.studies.alignment.form import AlignmentForm, TotalForm
from quanheng.studies.alignment.links import NOT_THERE, WRITTEN_WRONG
from quanheng.studies.variants.edits import with_indicators, without
from quanheng.studies.variants.figures import Cell, Reported, with_reported

if TYPE_CHECKING:
    from quanheng.engine.results.result import Result

DISTRICT: Final = "district"
PEERS_NEEDED: Final = Kind(
    code="QH793",
    severity="warning",
    en="what these indicators above give depends on peers that a scheme alone does not have: {names}; they "
    "are left out, their weight goes to the others",
    zh="上级以下指标须与同级比较，仅凭方案无法计分，已略去，权重分摊给其余：{names}",
    hint_en="give a book of the level above, with the district and its peers",
    hint_zh="请给出上级的考核册，其中含本地区和同级单位",
)
ASSUMED: Final = Kind(
    code="QH794",
    severity="note",
    en="how the district's figures are made of its units' was assumed: {totals}",
    zh="本地区数据由各单位得出的方式为假定：{totals}",
    hint_en="amounts are added up, rates averaged; write 'totals' in a study file to say otherwise",
    hint_zh="数量合计、比率平均；如有不同，请在研究文件中写明合计方式（totals）",
)
NO_FIGURES: Final = Kind(
    code="QH795",
    severity="note",
    en="the units have no figures for these items above: {items}; where they are needed, the weight goes "
    "to others",
    zh="各单位没有以下上级数据项：{items}；需要它们的指标，权重分摊给其余",
    hint_en="write the district's own under 'figures' in a study file",
    hint_zh="请在研究文件中写明本地区数据（figures）",
)
NOT_SCORED: Final = Kind(
    code="QH799",
    severity="warning",
    en="how the district would score above cannot be said: {why}",
    zh="无法说明本地区在上级的得分：{why}",
    hint_en="the map and the weights are compared nevertheless",
    hint_zh="对应关系和权重仍作了比较",
)


class Total(Value):
    """How the district's figure of an item above is made of figures of ours."""

    item: str
    of: str
    by: str
    weight: str | None
    stated: bool

    def figure(self, units: pl.DataFrame) -> float | None:
        """Return the district's figure; None where no unit has one."""
        column = c.item(self.of)
        if self.by != "weighted" or self.weight is None:
            value = units[column].sum() if self.by == "sum" else units[column].mean()
            known = units[column].drop_nulls().len() > 0
            return float(value) if known and isinstance(value, int | float) else None
        both = units.filter(pl.col(column).is_not_null() & pl.col(c.item(self.weight)).is_not_null())
        whole = float(both[c.item(self.weight)].sum())
        if whole == 0.0:
            return None
        return float((both[column] * both[c.item(self.weight)]).sum()) / whole


def totals_of(
    above: Scheme, ours: Scheme, forms: Sequence[TotalForm], findings: list[Finding]
) -> tuple[Total, ...]:
    """Return how each item above that units have is made of their figures; errors are added to `findings`."""
    stated = {form.item: form for form in forms}
    codes = {item.code: item for item in above.items}
    for form in forms:
        _check(form.item, codes, "totals", findings)
        for name in (form.of, form.weight):
            if name is not None:
                _check(name, {item.code: item for item in ours.items}, f"totals: {form.item}", findings)
    found = []
    for item in above.items:
        form_of = stated.get(item.code)
        own = _ours(item, form_of, ours)
        if own is None:
            continue
        by = form_of.by if form_of is not None else _usual(item)
        weight = None if form_of is None else form_of.weight
        if by == "weighted" and weight is None:
            why = Text(
                en=f"{item.code} is to be weighted, and 'weight' does not say by what",
                zh=f"{item.code}按加权平均，但未写 weight",
            )
            findings.append(WRITTEN_WRONG.at(where_in="totals", why=why))
        found.append(Total(item=item.code, of=own.code, by=by, weight=weight, stated=form_of is not None))
    assumed = [total for total in found if not total.stated]
    if assumed:
        listed = ", ".join(f"{total.item}: {total.by}" for total in assumed)
        findings.append(ASSUMED.at(totals=listed))
    return tuple(found)


def figures_of(book: Book, totals: Sequence[Total], *, period: str) -> pl.DataFrame:
    """Return unit and, as `item|…`, the units' figures of all items that `totals` look at, in a period."""
    codes = dict.fromkeys(code for total in totals for code in (total.of, total.weight) if code is not None)
    groups = tuple(group.code for group in book.scheme.groups)
    measures = [
        Measure(code=code, formula=Formula(code, Name(code)), groups=groups, settled=False) for code in codes
    ]
    wide: pl.DataFrame = values_of(book, measures, {period: stretch_of(period)}).to_native()
    figures = [pl.col(c.measure(code)).alias(c.item(code)) for code in codes]
    return wide.select(pl.col(c.UNIT), *figures).sort(c.UNIT)


def _check(name: str, known: Mapping[str, Item], where: str, findings: list[Finding]) -> None:
    if name not in known:
        what, offer = Text(en="item", zh="数据项"), did_you_mean(name, known)
        findings.append(NOT_THERE.at(where_in=where, what=what, name=name, offer=offer))


def _ours(item: Item, form: TotalForm | None, ours: Scheme) -> Item | None:
    wanted = item.code if form is None or form.of is None else form.of
    for own in ours.items:
        if own.code == wanted:
            return own
    names = {name for name in (item.name.zh, item.name.en) if name}
    return next((own for own in ours.items if names & {own.name.zh, own.name.en}), None)


def _usual(item: Item) -> str:
    """Return how figures of an item are usually joined: rates and dates averaged, the rest added."""
    return "mean" if item.kind in {"rate", "date"} or "%" in item.measured_in else "sum"


def reached(grid: pl.DataFrame, result: Result) -> dict[tuple[str, str], float]:
    """Return, by unit and item, the figures that units would have at their targets, where they fall short.

    A target says what an item is to be where the measure is the item itself or its completion.
    """
    wide = result.wide.to_native().sort(c.UNIT)
    found: dict[tuple[str, str], float] = {}
    for indicator in result.scheme.indicators:
        item = _own_item(indicator)
        if item is None or c.target(indicator.code) not in wide.columns or c.item(item) not in grid.columns:
            continue
        rows = pl.DataFrame(
            {"unit": wide[c.UNIT], "goal": wide[c.target(indicator.code)], "now": wide[c.item(item)]}
        ).drop_nulls()
        short = (
            pl.col("now") < pl.col("goal")
            if indicator.direction == "more"
            else pl.col("now") > pl.col("goal")
        )
        for unit, goal in rows.filter(short).select("unit", "goal").iter_rows():
            found.setdefault((str(unit), item), float(goal))
    return found


def _own_item(indicator: Indicator) -> str | None:
    tree = value_formula(indicator).tree
    return tree.name if isinstance(tree, Name) else None


class Above(Value):
    """The level above, ready to score the district: a unit of its book, alone or among its peers."""

    book: Book
    unit: str
    has_peers: bool


def alone(above: Scheme, group: str, settings: AlignmentForm, findings: list[Finding]) -> Above | None:
    """Return the district as the only unit of a scheme; what depends on peers is left out."""
    scheme = replace(above, ties=(), tiers=(), awards=(), reviews=None, at_least=0.0, moved_over=1.0)
    # the district has no row among the units and no ledgers: all that is known of it are its figures
    scheme = replace(scheme, items=tuple(replace(item, source=FromReports()) for item in scheme.items))
    peers = [
        each
        for each in scheme.indicators
        if each.rule.statistics() or each.treat is not None or _looks_at_peers(each)
    ]
    for indicator in peers:
        if len(scheme.indicators) == 1:
            findings.append(
                NOT_SCORED.at(why=Text(en="every rule looks at peers", zh="所有计分规则都须与同级比较"))
            )
            return None
        scheme = without(scheme, indicator.code)
    if peers:
        findings.append(PEERS_NEEDED.at(names=", ".join(each.code for each in peers)))
    lenient = with_indicators(
        scheme, lambda each: replace(each, gaps=replace(each.gaps, missing=MissingRedistributed()))
    )
    units = pl.DataFrame({"unit": [DISTRICT], "name": [DISTRICT], "group": [group]})
    targets = [
        (DISTRICT, code, above.round, value, None, None, frames.VALUE, "study", None, code)
        for code, value in settings.targets.items()
    ]
    book = Book(
        scheme=lenient,
        units=nw.from_native(units, eager_only=True),
        observations=nw.from_native(frames.empty(frames.OBSERVATIONS), eager_only=True),
        targets=nw.from_native(
            pl.DataFrame(targets, schema=dict(frames.TARGETS), orient="row"), eager_only=True
        ),
        adjustments=nw.from_native(frames.empty(frames.ADJUSTMENTS), eager_only=True),
        history=nw.from_native(frames.empty(frames.HISTORY), eager_only=True),
    )
    return Above(book=book, unit=DISTRICT, has_peers=False)


def _looks_at_peers(indicator: Indicator) -> bool:
    return any(
        isinstance(part, Call) and part.function in POOL_FUNCTIONS
        for part in parts_of(indicator.measure.tree)
    )


def with_district(above: Above, figures: Mapping[str, float]) -> Book:
    """Return the book above with figures of the district, by item, in its round."""
    book = above.book
    return with_reported(
        book,
        [
            Reported(
                item=item,
                unit=above.unit,
                period=book.scheme.round,
                cell=Cell(value=value, state=frames.VALUE),
            )
            for item, value in figures.items()
        ],
    )
