"""A small result as the subject of documents: two groups, tiers, awards, marks given, a round before."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

from tests.documents.assessments import Assessment

from quanheng.documents.subject import Audience, Subject
from quanheng.documents.words.words import NO_WORDS, Words
from quanheng.engine.results.score import score
from quanheng.insight.moves.moves import moves_between

SCHEME: Final = """\
groups: {towns: {zh: 镇, en: Towns}, parks: {zh: 园区, en: Parks}}
items: {work: {kind: rate}, order: {kind: rate}}
indicators:
  economy:
    name: {zh: 经济, en: Economy}
    weight: 60
    children: {work: {name: {zh: 工作, en: Work}, weight: 60, measure: work, rule: given}}
  order: {name: {zh: 秩序, en: Order}, weight: 40, measure: order, rule: given}
adjustments: {bonus: {cap: 5}, veto: {tier: 不合格}}
rounding: {scores: 2, total: 2}
tiers: [{name: 第一等次, top: 34%, unless: veto}, {name: 第二等次}]
awards: [{name: 先进单位, take: 1, where: tier == '第一等次'}, {name: 优秀带头人, to: leader, take: 1}]
"""
UNITS: Final = """\
unit,name,group,leader
A,甲镇,towns,赵一
B,乙镇,towns,钱二
C,丙镇,towns,孙三
P,丁园区,parks,李四
"""
FIGURES: Final = """\
unit,period,work,order
A,2022,70,70
B,2022,80,80
C,2022,60,60
P,2022,75,75
A,2023,90,80
B,2023,85,60
C,2023,70,95
P,2023,75,65
"""
ADJUSTMENTS: Final = """\
unit,kind,marks,reason
A,bonus,2,承办现场会
C,veto,,发生安全事故
"""
BOOK: Final = Assessment(name="papers", scheme=SCHEME, units=UNITS, data=FIGURES, adjustments=ADJUSTMENTS)


def subject(folder: Path, *, audience: Audience = "internal", words: Words = NO_WORDS) -> Subject:
    """Return the subject of the small result: A 88 (86 and 2), C 80, B 75; P 71."""
    book = BOOK.loaded(folder)
    result = score(book)
    before = score(replace(book, scheme=replace(book.scheme, round="2022")))
    return Subject(
        result=result,
        record={"hash": "0" * 64},
        audience=audience,
        moves=moves_between(before, result),
        words=words,
    )
