"""An explanation as lines of text, for a terminal, a pipe or a notebook."""

from __future__ import annotations

from collections.abc import Iterator

from quanheng.engine.explanation import (
    AnchorUsed,
    Explanation,
    Figure,
    Folding,
    Marking,
    Part,
    Rating,
    Standing,
)
from quanheng.engine.explanation_zh import policy_in_chinese, rounding_in_chinese, treatment_in_chinese
from quanheng.engine.formula_text import number_text
from quanheng.findings.text import Language

_INDENT = "  "
_DECIMALS = 9
"""Decimals of a mean; what is beyond is binary noise."""
_CELLS_SHOWN = 4
"""Cells of one figure a line names; a count of records can have any number, and the value has them all."""

_WORDS: dict[str, tuple[str, str]] = {
    "marks": ("分值", "marks"),
    "points": ("得分（百分制）", "points"),
    "score": ("得分", "score"),
    "share": ("权重占比", "share of weight"),
    "measure": ("指标值", "measure"),
    "rule": ("计分规则", "rule"),
    "target": ("目标", "target"),
    "ratio": ("比率", "ratio"),
    "treated": ("处理后的值", "value after treatment"),
    "rated": ("规则得分", "points by the rule"),
    "coefficient": ("难度系数", "coefficient"),
    "policy": ("缺项处理", "policy for the gap"),
    "aggregate": ("合成方法", "aggregation"),
    "rounding": ("修约（小数位）", "rounding (decimals)"),
    "adds_up": ("合计", "adds up"),
    "place": ("位次", "place"),
    "of": ("共", "of"),
    "tier": ("等次", "tier"),
    "next": ("上升到", "next place"),
    "needs": ("还需", "needs"),
    "more": ("分，超过", "more marks than now, to reach"),
    "not_ranked": ("不参加排名", "not ranked"),
    "no_score": ("无得分（权重由同级指标分担）", "no score (its weight goes to its siblings)"),
    "bonus": ("加分", "bonus"),
    "penalty": ("扣分", "penalty"),
    "veto": ("一票否决", "veto"),
    "asked": ("申报", "asked"),
    "counted": ("计入", "counted"),
    "whose": ("取自", "from"),
    "before": ("个月前", "months before"),
    "marks × points ÷ 100": ("分值 × 得分 ÷ 100", "marks × points ÷ 100"),
    "arithmetic": ("算术平均", "arithmetic"),
    "geometric": ("几何平均", "geometric"),
    "harmonic": ("调和平均", "harmonic"),
    "power": ("幂平均", "power"),
    "minimum": ("取最小值", "min"),
    "copeland": ("Copeland", "copeland"),
    "aggregation": ("合成方法的影响", "effect of the aggregation"),
    "fold": ("折入季季评", "reviews folded in"),
    "own total": ("全年自身得分", "own total"),
    "mean of reviews": ("季季评平均", "mean of the reviews"),
    "no reviews": ("无季季评得分，按全年自身得分计", "no review: its own total alone"),
    "best": ("最优", "best"),
    "worst": ("最差", "worst"),
    "mean": ("平均值", "mean"),
    "median": ("中位数", "median"),
    "sd": ("标准差", "standard deviation"),
    "n": ("单位数", "units"),
    "min": ("最小值", "least"),
    "max": ("最大值", "greatest"),
    "ref": ("参照值", "reference"),
}


def as_text(explanation: Explanation, language: Language) -> str:
    """Return the tree as lines, each level indented by two blanks."""
    return "\n".join(_lines(explanation, language, top=explanation.level))


def word(key: str, language: Language) -> str:
    """Return the word for one kind of step; a word that is not known stands for itself."""
    known = _WORDS.get(key)
    if known is None:
        return key
    return known[0] if language == "zh" else known[1]


def headline(explanation: Explanation, language: Language) -> str:
    """Return the line of a node: name, score and marks, points."""
    name = explanation.name.in_language(language) or explanation.node
    title = name if name == explanation.node else f"{name} [{explanation.node}]"
    if explanation.level == 0:
        title = f"{explanation.unit_name} [{explanation.unit}] — {title}"
    if explanation.score is None:
        return f"{title}: {word('no_score', language)}"
    return (
        f"{title}: {word('score', language)} {number_text(explanation.score)}"
        f" / {number_text(explanation.marks)}, {word('points', language)} {number_text(explanation.points)}"
    )


def details(explanation: Explanation, language: Language) -> Iterator[str]:
    """Yield the lines below the headline: standing, sum, aggregation, rating, adjustments, rounding."""
    if explanation.standing is not None:
        yield _standing(explanation.standing, language)
    if explanation.parts:
        terms = " ".join(_term(part, language) for part in explanation.parts)
        total = number_text(explanation.score)
        yield f"{word('adds_up', language)}: {terms.removeprefix('+ ')} = {total}"
    if explanation.fold is not None:
        yield from _folding(explanation.fold, language)
    if explanation.aggregate is not None and explanation.children:
        yield f"{word('aggregate', language)}: {_aggregation(explanation.aggregate, language)}"
    if explanation.rating is not None:
        yield from _rating(explanation.rating, language)
    for marking in explanation.markings:
        yield _marking(marking, language)
    if explanation.rounding:
        stages = [rounding_in_chinese(each) if language == "zh" else each for each in explanation.rounding]
        yield f"{word('rounding', language)}: {', '.join(stages)}"


def _lines(explanation: Explanation, language: Language, *, top: int) -> Iterator[str]:
    indent = _INDENT * (explanation.level - top)
    yield f"{indent}{headline(explanation, language)}"
    for line in details(explanation, language):
        yield f"{indent}{_INDENT}· {line}"
    for child in explanation.children:
        yield from _lines(child, language, top=top)


def _aggregation(text: str, language: Language) -> str:
    name, _, exponent = text.partition(" ")
    called = word("minimum" if name == "min" else name, language)
    return f"{called} {exponent}" if exponent else called


def _term(part: Part, language: Language) -> str:
    sign = "-" if part.marks < 0 else "+"
    return f"{sign} {abs(part.marks).normalize():f} ({word(part.source, language)})"


def _folding(fold: Folding, language: Language) -> Iterator[str]:
    """Yield the shares of own total and reviews, then the reviews and the amounts that add up."""
    own = f"{word('own total', language)} {number_text(fold.own)}"
    if fold.mean is None:
        yield f"{word('fold', language)}: {word('no reviews', language)}"
        return
    mean = f"{word('mean of reviews', language)} {number_text(round(fold.mean, _DECIMALS))}"
    yield f"{word('fold', language)}: {_share(fold.year)} × {own} + {_share(fold.share)} × {mean}"
    told = ", ".join(f"{round_} {number_text(score)}" for round_, score in fold.reviews)
    yield f"    {told}"
    terms = " ".join(_term(part, language) for part in fold.parts)
    total = sum(part.marks for part in fold.parts)
    yield f"    {terms.removeprefix('+ ')} = {number_text(float(total))}"


def _share(part: float) -> str:
    return f"{100.0 * part:.12g}%"


def _standing(standing: Standing, language: Language) -> str:
    if standing.place is None:
        return word("not_ranked", language)
    text = f"{word('place', language)} {standing.place} ({word('of', language)} {standing.of})"
    if standing.tier:
        text += f", {word('tier', language)} {standing.tier}"
    if standing.next_unit is not None:
        text += (
            f"; {word('next', language)} {standing.next_place}: {word('needs', language)}"
            f" {number_text(standing.needed)} {word('more', language)} {standing.next_unit}"
        )
    return text


def _rating(rating: Rating, language: Language) -> Iterator[str]:
    value = number_text(rating.measure)
    plain = rating.in_numbers in (rating.formula, value)
    formula = rating.formula if plain else f"{rating.formula} = {rating.in_numbers}"
    yield f"{word('measure', language)}: {formula} = {value}"
    for figure in rating.figures:
        yield f"    {_figure(figure, language)}"
    if rating.target is not None:
        yield f"{word('target', language)}: {number_text(rating.target)}{_in_brackets(rating.target_cells)}"
    if rating.treated is not None:
        done = rating.treatment or ""
        how = f" ({treatment_in_chinese(done) if language == 'zh' else done})" if done else ""
        yield f"{word('treated', language)}: {number_text(rating.treated)}{how}"
    yield f"{word('rule', language)}: {rating.rule_zh if language == 'zh' else rating.rule}"
    for anchor in rating.anchors:
        yield f"    {_anchor(anchor, language)}"
    if rating.ratio is not None:
        yield f"{word('ratio', language)}: {number_text(rating.ratio)}"
    if rating.rated is not None:
        yield f"{word('rated', language)}: {number_text(rating.rated)}"
    if rating.coefficient is not None:
        yield f"{word('coefficient', language)}: {rating.coefficient}"
    if rating.policy is not None:
        policy = policy_in_chinese(rating.policy) if language == "zh" else rating.policy
        yield f"{word('policy', language)}: {policy}"


def _figure(figure: Figure, language: Language) -> str:
    name = figure.name.in_language(language)
    title = figure.item if not name or name == figure.item else f"{figure.item} {name}"
    if figure.months_before:
        title += f" ({figure.months_before} {word('before', language)})"
    value = "/" if figure.not_applicable else number_text(figure.value)
    return f"{title} = {value}{_in_brackets(figure.cells)}"


def _anchor(anchor: AnchorUsed, language: Language) -> str:
    role, _, rest = anchor.role.partition(" ")
    text = f"{word(role, language)}{' ' + rest if rest else ''} = {number_text(anchor.value)}"
    return f"{text} ({word('whose', language)} {', '.join(anchor.whose)})" if anchor.whose else text


def _marking(marking: Marking, language: Language) -> str:
    text = (
        f"{word(marking.kind, language)}: {marking.reason},"
        f" {word('asked', language)} {number_text(marking.asked)},"
        f" {word('counted', language)} {number_text(marking.counted)}"
    )
    if marking.gate:
        text += f" ({marking.gate})"
    return text + _in_brackets(marking.cells)


def _in_brackets(cells: tuple[str, ...]) -> str:
    if not cells:
        return ""
    more = f"; +{len(cells) - _CELLS_SHOWN}" if len(cells) > _CELLS_SHOWN else ""
    return f"  [{'; '.join(cells[:_CELLS_SHOWN])}{more}]"
