"""An invented quarter on a site: two rounds of twelve towns, to be looked at in pictures.

Django has to be loaded before this module is imported (`quanheng.web.site.start.prepare`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

import quanheng as qh
from quanheng.examples import path_of_example
from quanheng.process.rounds.people import Person
from quanheng.process.rounds.round import Window
from quanheng.web.base.actor import THE_PROGRAM, Actor
from quanheng.web.library.domain.versions import keep_version
from quanheng.web.library.models import Version
from quanheng.web.library.reading import ListedUnit
from quanheng.web.people.domain.accounts import Particulars
from quanheng.web.people.domain.demonstration import add_invented
from quanheng.web.publication.domain.asking import Said, ask_publication
from quanheng.web.publication.domain.moves import lay_published, plan, publish
from quanheng.web.publication.models import KeptPublication
from quanheng.web.results.domain.asking import ask_score
from quanheng.web.results.domain.moves import move_by_results
from quanheng.web.rounds.domain.questions import ask
from quanheng.web.rounds.domain.review import Return, Review, return_value, review_values
from quanheng.web.rounds.domain.rounds import Plan, make_round, move_round
from quanheng.web.rounds.domain.tasks import Wish, assign
from quanheng.web.rounds.domain.values import Entry, move_values, save_values
from quanheng.web.rounds.models import AskedItem, AskedUnit, Cell, KeptRound
from quanheng.web.site.demonstration import EXAMPLE, PASSWORD, PEOPLE

SCHEME: Final = """\
quanheng: 1
id: quarter
title: {zh: 季度高质量发展考核（虚构）, en: Quarterly assessment (invented)}
round: 2023
rounding: {points: 2, scores: 2, total: 2}
items:
  gdp: {name: {zh: 地区生产总值, en: Output}, measured_in: 亿元, kind: cumulative, every: quarter}
  gdp_growth:
    name: {zh: 地区生产总值增速, en: Growth of output}
    measured_in: '%'
    kind: rate
    every: quarter
  retail_growth:
    name: {zh: 社零总额增速, en: Growth of retail}
    measured_in: '%'
    kind: rate
    every: quarter
  patents: {name: {zh: 有效发明专利, en: Patents in force}, measured_in: 件, kind: stock, every: quarter}
  pm25: {name: {zh: PM2.5平均浓度, en: PM2.5}, measured_in: 微克/立方米, kind: rate, every: quarter}
  good_air: {name: {zh: 空气优良天数比率, en: Days of good air}, kind: rate, every: quarter, measured_in: '%'}
  jobs: {name: {zh: 城镇新增就业, en: New jobs}, measured_in: 人, kind: cumulative, every: quarter}
indicators:
  economy:
    name: {zh: 经济发展, en: Economy}
    weight: 50
    children:
      level: {name: {zh: 经济总量, en: Output}, measure: gdp, weight: 15, rule: percentile}
      growth:
        name: {zh: 经济增速, en: Growth}
        measure: gdp_growth
        weight: 20
        rule: {scale: {worst: 0, best: 8}}
      retail:
        name: {zh: 消费增速, en: Retail}
        measure: retail_growth
        weight: 10
        rule: {scale: {worst: 0, best: 10}}
      patents: {name: {zh: 专利增长, en: Patents}, measure: change(patents), weight: 5, rule: percentile}
  ecology:
    name: {zh: 生态环境, en: Environment}
    weight: 30
    children:
      pm25: {name: {zh: PM2.5, en: PM2.5}, measure: pm25, weight: 15, rule: {scale: {worst: 60, best: 25}}}
      air:
        name: {zh: 优良天数, en: Good air}
        measure: good_air
        weight: 15
        rule: {scale: {worst: 60, best: 100}}
  living:
    name: {zh: 民生, en: Livelihood}
    weight: 20
    children:
      jobs: {name: {zh: 新增就业, en: New jobs}, measure: jobs, weight: 20, rule: percentile}
"""
_OFFICE: Final = Actor(person=Person(code="office", roles=frozenset({"office"})))
_REPORTER: Final = Actor(person=Person(code="reporter", roles=frozenset({"reporter"})))
_DAY: Final = dt.timedelta(days=1)
_ROUNDS: Final = (("2022-Q1", "2022年一季度考核"), ("2023-Q1", "2023年一季度考核"))
_LAST: Final = ("pm25", "good_air", "jobs")
"""What comes in last."""
_ASKED: Final = frozenset({"gdp", "gdp_growth", "retail_growth", "patents", *_LAST})
_EARLY: Final = (("jobs", "T05"), ("pm25", "T03"))
"""But for these."""


def lay_people(*, at: dt.datetime) -> None:
    """Add the invented people and the towns."""
    people = [
        Particulars(
            code=one.code,
            name=one.name,
            roles=frozenset({one.role}),
            units=frozenset({one.unit} if one.unit else ()),
        )
        for one in PEOPLE
    ]
    add_invented(by=THE_PROGRAM, at=at, units=dict(_towns()), people=people, password=PASSWORD)


def lay_rounds(*, at: dt.datetime) -> int:
    """Keep the scheme, lay the quarter of last year, checked, and open this one with most of it reported.

    Returns:
        The number of the round that is open.
    """
    units = tuple(ListedUnit(code=code, name=name, group="all") for code, name in _towns())
    keep_version(by=_OFFICE, at=at, text=SCHEME, units=units, seen=0)
    before, now = (_opened(code, title, at=at) for code, title in _ROUNDS)
    _report(before, _figures(before.code), at=at)
    _accept(before, at=at)
    move_round(by=_OFFICE, at=at, pk=before.pk, move="close", reason="全部报齐")
    figures = _figures(now.code)
    figures["jobs", "T05"] += "0"  # typed wrongly, as happens
    sent = {place: text for place, text in figures.items() if place[0] not in _LAST or place in _EARLY}
    _report(now, sent, at=at)
    _report(now, {place: text for place, text in figures.items() if place[0] == "pm25"}, at=at, sent=False)
    _accept(now, at=at, items=("gdp", "gdp_growth", "retail_growth"))
    _send_back(now, at=at)
    return int(now.pk)


def ask_for_scores(pk: int, *, at: dt.datetime) -> None:
    """Put right what was open, close the round, and ask for the score to be run."""
    kept = KeptRound.objects.for_the_program().get(pk=pk)
    _report(kept, _figures(kept.code), at=at)
    _accept(kept, at=at)
    move_round(by=_OFFICE, at=at, pk=pk, move="close", reason="全部报齐")
    ask_score(by=_OFFICE, at=at, pk=pk)


def show(pk: int, *, at: dt.datetime) -> None:
    """Show the results to be checked, for five days."""
    move_by_results(by=_OFFICE, at=at, pk=pk, move="show", window=Window(begins=at, ends=at + 5 * _DAY))


def ask_for_papers(pk: int, *, at: dt.datetime) -> None:
    """Let the window be over, make the results final, and ask for what is published to be made."""
    KeptRound.objects.for_the_program().filter(pk=pk).update(window_ends=at - dt.timedelta(seconds=1))
    move_by_results(by=_OFFICE, at=at, pk=pk, move="settle")
    said = Said(licence="CC BY 4.0", issued_by="示例区考核办", number="")
    ask_publication(by=_OFFICE, at=at, pk=pk, said=said)


def publish_all(*, at: dt.datetime) -> None:
    """Publish what was made."""
    for made in KeptPublication.objects.for_the_program().filter(state="prepared"):
        plan(by=_OFFICE, at=at, pk=made.pk, publish_at=at)
        publish(by=_OFFICE, at=at, pk=made.pk)
    lay_published()


def _towns() -> list[tuple[str, str]]:
    units = qh.load(path_of_example(EXAMPLE)).units.to_native()
    rows = units.select("unit", "name", "group").rows()
    return sorted((str(code), str(name)) for code, name, group in rows if group == "towns")


def _opened(code: str, title: str, *, at: dt.datetime) -> KeptRound:
    towns = frozenset(unit for unit, _ in _towns())
    scheme = Version.objects.for_the_program().latest("pk").pk
    wish = Plan(code=code, title=title, scheme=scheme, period=code, due=at + 10 * _DAY, units=towns)
    kept = make_round(by=_OFFICE, at=at, plan=wish)
    items = frozenset(AskedItem.objects.for_the_program().filter(round=kept).values_list("code", flat=True))
    assign(by=_OFFICE, at=at, pk=kept.pk, wishes=(Wish(items=items, units=towns, reporter="reporter"),))
    move_round(by=_OFFICE, at=at, pk=kept.pk, move="open")
    return kept


def _figures(period: str) -> dict[tuple[str, str], str]:
    """Return the figures of the invented district, by item and unit, as they are written."""
    rows = qh.load(path_of_example(EXAMPLE)).observations.to_native()
    towns = dict(_towns())
    return {
        (item, unit): f"{value:g}"
        for item, unit, when, value in rows.select("item", "unit", "period", "value").rows()
        if when == period and unit in towns and item in _ASKED
    }


def _places(kept: KeptRound) -> dict[tuple[str, str], tuple[int, int]]:
    items = AskedItem.objects.for_the_program().filter(round=kept).values_list("code", "pk")
    units = AskedUnit.objects.for_the_program().filter(round=kept).values_list("unit", "pk")
    return {(item, unit): (at_item, at_unit) for item, at_item in items for unit, at_unit in units}


def _report(
    kept: KeptRound, figures: dict[tuple[str, str], str], *, at: dt.datetime, sent: bool = True
) -> None:
    places = _places(kept)
    there = _cells(kept)
    entries = tuple(
        Entry(
            place=places[name], written=text, seen=there[places[name]].version if places[name] in there else 0
        )
        for name, text in figures.items()
        if places[name] not in there or there[places[name]].state in ("saved", "returned")
    )
    save_values(by=_REPORTER, at=at, pk=kept.pk, entries=entries, key="")
    if sent:
        move_values(by=_REPORTER, at=at, pk=kept.pk, move="submit")


def _accept(kept: KeptRound, *, at: dt.datetime, items: Iterable[str] = ()) -> None:
    wanted = frozenset(items)
    seen = {
        place: cell.version
        for place, cell in _cells(kept).items()
        if cell.state == "submitted" and (not wanted or cell.item.code in wanted)
    }
    review_values(by=_OFFICE, at=at, pk=kept.pk, review=Review(move="accept", seen=seen))


def _send_back(kept: KeptRound, *, at: dt.datetime) -> None:
    places, cells = _places(kept), _cells(kept)
    there = places["jobs", "T05"]
    message = "是否多写了一个0？"
    return_value(
        by=_OFFICE, at=at, pk=kept.pk, wish=Return(place=there, seen=cells[there].version, message=message)
    )
    ask(by=_OFFICE, at=at, pk=kept.pk, place=places["pm25", "T03"], text="监测站点是否有调整？")


def _cells(kept: KeptRound) -> dict[tuple[int, int], Cell]:
    found = Cell.objects.for_the_program().filter(round=kept).select_related("item")
    return {(cell.item_id, cell.unit_id): cell for cell in found}
