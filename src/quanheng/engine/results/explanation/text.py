"""An explanation as lines of text, for a terminal, a pipe or a notebook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from quanheng.engine.formulas.formula_text import number_text
from quanheng.engine.results.explanation.explanation import (
    AnchorUsed,
    Explanation,
    Figure,
    Folding,
    Marking,
    NodeUsed,
    Part,
    Rating,
    Reviewed,
    Standing,
)
from quanheng.engine.results.explanation.words import ROLES, STAGES, STEPS, TREATMENTS, WORDS
from quanheng.findings.text import Language, Text
from quanheng.findings.visible import printable
from quanheng.scheme.formulas.tree import Computed
from quanheng.scheme.formulas.worded.chinese import FUNCTION_WORDS
from quanheng.scheme.formulas.worded.wording import (
    condition_in_english,
    condition_in_words,
    formula_in_words,
    with_chinese_functions,
)
from quanheng.scheme.grades.grades import ADJUSTMENTS
from quanheng.scheme.tree.names import Names
from quanheng.scheme.tree.pools import in_words

_INDENT = "  "
_DECIMALS = 9
"""Decimals of a mean; what is beyond is binary noise."""
_CELLS_SHOWN = 4
"""Cells of one figure a line names; a count of records can have any number, and the value has them all."""


def as_text(explanation: Explanation, language: Language) -> str:
    """Return the tree as lines, each level indented by two blanks."""
    return "\n".join(_lines(explanation, language, top=explanation.level))


def headline(explanation: Explanation, language: Language) -> str:
    """Return the line of a node: name, score and marks, points."""
    name = explanation.name.in_language(language) or explanation.node
    title = name if name == explanation.node else f"{name} [{explanation.node}]"
    if language == "zh":
        title = explanation.names.nodes.get(explanation.node, title)
    if explanation.level == 0:
        title = f"{explanation.unit_name} [{explanation.unit}] — {title}"
    if explanation.score is None:
        return f"{title}: {_word('no_score', language)}"
    return (
        f"{title}: {_word('score', language)} {number_text(explanation.score)}"
        f" / {number_text(explanation.marks)}, {_word('points', language)} {number_text(explanation.points)}"
    )


def details(explanation: Explanation, language: Language) -> Iterator[str]:
    """Yield the lines below the headline: standing, sum, aggregation, rating, adjustments, rounding."""
    yield from map(printable, _details(explanation, language))


def _details(explanation: Explanation, language: Language) -> Iterator[str]:
    if explanation.standing is not None:
        yield _standing(explanation.standing, language)
    if explanation.parts:
        terms = " ".join(_term(part, language, explanation.names) for part in explanation.parts)
        total = number_text(explanation.score)
        yield f"{_word('adds_up', language)}: {terms.removeprefix('+ ')} = {total}"
    if explanation.fold is not None:
        yield from _folding(explanation.fold, language)
    if explanation.aggregate is not None and explanation.children:
        yield f"{_word('aggregate', language)}: {explanation.aggregate.in_words(language)}"
    if explanation.weighed is not None:
        attribute, value, weight = explanation.weighed
        yield f"{_word('weight', language)} ({attribute} = {value}): {number_text(weight)}"
    if explanation.lacking is not None:
        yield f"{_word('lacking', language)}: {explanation.lacking.in_words(language)}"
    if explanation.wanting:
        names = "、" if language == "zh" else ", "
        told = names.join(each.in_language(language) for each in explanation.wanting)
        yield f"{_word('wanting', language)}: {told}"
    if explanation.chosen:
        named = [explanation.names.node(code) if language == "zh" else code for code in explanation.chosen]
        yield f"{_word('counted', language)}: {', '.join(named)}"
    if explanation.rating is not None:
        joined = explanation.aggregate is not None
        yield from _rating(explanation.rating, language, explanation.names, joined=joined)
    if explanation.unmet is not None:
        yield f"{_word('unmet', language)}: {_condition(explanation.unmet.text, explanation, language)}"
    for ceiling in explanation.ceilings:
        told = ceiling.told(explanation.group).in_language(language)
        text = ceiling.condition.text
        said = (
            condition_in_words(text, names=explanation.names.items)
            if language == "zh"
            else condition_in_english(text)
        )
        yield f"{_word('ceiling', language)} {told}{'：' if language == 'zh' else ', since '}{said}"
    for marking in explanation.markings:
        yield _marking(marking, language, explanation.names)
    for used in explanation.asked:
        yield _node(used, language)
    for reviewed in explanation.reviewed:
        yield _reviewed(reviewed, language)
    if explanation.rounding:
        stages = [
            f"{STAGES[each.stage].in_language(language)}: {each.decimals}" for each in explanation.rounding
        ]
        yield f"{_word('rounding', language)}: {', '.join(stages)}"


def _condition(text: str, explanation: Explanation, language: Language) -> str:
    if language == "en":
        return condition_in_english(text)
    return condition_in_words(text, names=explanation.names.items)


def _lines(explanation: Explanation, language: Language, *, top: int) -> Iterator[str]:
    indent = _INDENT * (explanation.level - top)
    yield f"{indent}{headline(explanation, language)}"
    for line in details(explanation, language):
        yield f"{indent}{_INDENT}· {line}"
    for child in explanation.children:
        yield from _lines(child, language, top=top)


def _term(part: Part, language: Language, names: Names) -> str:
    sign = "-" if part.marks < 0 else "+"
    source = names.node(part.source) if language == "zh" else part.source
    if part.step is not None:
        source = STEPS[part.step].in_language(language)
    return f"{sign} {abs(part.marks).normalize():f} ({source})"


def _folding(fold: Folding, language: Language) -> Iterator[str]:
    """Yield the shares of own total and reviews, then the reviews and the amounts that add up."""
    own = f"{STEPS['own total'].in_language(language)} {number_text(fold.own)}"
    if fold.mean is None:
        yield f"{_word('fold', language)}: {_word('no reviews', language)}"
        return
    mean = f"{_word('mean of reviews', language)} {number_text(round(fold.mean, _DECIMALS))}"
    yield f"{_word('fold', language)}: {_share(fold.year)} × {own} + {_share(fold.share)} × {mean}"
    told = ", ".join(f"{round_} {number_text(score)}" for round_, score in fold.reviews)
    yield f"    {told}"
    terms = " ".join(_term(part, language, Names()) for part in fold.parts)
    total = sum(part.marks for part in fold.parts)
    yield f"    {terms.removeprefix('+ ')} = {number_text(float(total))}"


def _share(part: float) -> str:
    return f"{100.0 * part:.12g}%"


def _standing(standing: Standing, language: Language) -> str:
    if standing.place is None:
        return standing.unranked.in_language(language) or _word("not_ranked", language)
    text = f"{_word('place', language)} {standing.place} ({_word('of', language)} {standing.of})"
    if standing.tier:
        text += f", {_word('tier', language)} {standing.tier}"
    if standing.next_unit is not None:
        ahead = (language == "zh" and standing.next_name) or standing.next_unit
        far = "fewer" if (standing.needed or 0.0) < 0.0 else "more"
        text += (
            f"; {_word('next', language)} {standing.next_place}: {_word('needs', language)}"
            f" {number_text(abs(standing.needed or 0.0))} {_word(far, language)} {ahead}"
        )
    return text


def _rating(rating: Rating, language: Language, names: Names, *, joined: bool) -> Iterator[str]:
    value = number_text(rating.measure)
    yield f"{_word('joined', language)}: {value}" if joined else _measure(rating, value, language, names)
    for item in rating.computed:
        yield f"    {_computed(item, language, names)}"
    for used in rating.nodes:
        yield f"    {_node(used, language)}"
    for figure in rating.figures:
        yield f"    {_figure(figure, language, names)}"
    if rating.target is not None:
        yield f"{_word('target', language)}: {number_text(rating.target)}{_in_brackets(rating.target_cells)}"
    if rating.treated is not None:
        done = rating.treatment
        how = f" ({TREATMENTS[done].in_language(language)})" if done else ""
        yield f"{_word('treated', language)}: {number_text(rating.treated)}{how}"
    yield f"{_word('rule', language)}: {rating.rule.in_words(language)}"
    if not isinstance(rating.within, str):
        yield f"{_word('within', language)}: {in_words(rating.within).in_language(language)}"
    for anchor in rating.anchors:
        yield f"    {_anchor(anchor, language, names)}"
    if rating.ratio is not None:
        yield f"{_word('ratio', language)}: {number_text(rating.ratio)}"
    if rating.rated is not None:
        yield f"{_word('rated', language)}: {number_text(rating.rated)}"
    if rating.coefficient is not None:
        yield f"{_word('coefficient', language)}: {rating.coefficient}"
    if rating.gap is not None:
        yield f"{_word('gap', language)}: {rating.gap.in_words(language)}"


def _measure(rating: Rating, value: str, language: Language, names: Names) -> str:
    plain = rating.in_numbers in (rating.formula, value)
    plain |= rating.measure is None and rating.in_numbers in {"∅", "/"}  # what is away is said once
    formula, numbers = rating.formula, rating.in_numbers
    if language == "zh":
        formula, numbers = formula_in_words(formula, names.items), with_chinese_functions(numbers)
    formula = formula if plain else f"{formula} = {numbers}"
    return f"{_word('measure', language)}: {formula} = {value}"


def _computed(item: Computed, language: Language, names: Names) -> str:
    name = item.name.in_language(language)
    title = item.code if not name or name == item.code else f"{item.code} {name}"
    text = formula_in_words(item.text, names.items) if language == "zh" else item.text
    return f"{title} = {text}"


def _node(used: NodeUsed, language: Language) -> str:
    """Return what a node has by itself, as `points(bad) = 12`."""
    name = used.name.in_language(language)
    value = "/" if used.not_applicable else number_text(used.value)
    if used.of:
        shown = [f"{unit} {number_text(each)}" for unit, each in used.of[:_UNITS_SHOWN]]
        if len(used.of) > _UNITS_SHOWN:
            shown.append(f"… {len(used.of)}")
        told = Text(zh=f"（{'、'.join(shown)}的平均）", en=f" (mean of {', '.join(shown)})")
        value += told.in_language(language)
    if language == "zh":
        by = "" if used.by is None else f", {used.by}"
        return f"{FUNCTION_WORDS[used.function]}({name or used.node}{by}) = {value}"
    title = used.text
    return f"{title} = {value}" if not name or name == used.node else f"{title} {name} = {value}"


_UNITS_SHOWN = 12
"""Of so many units is told what each has."""


def _figure(figure: Figure, language: Language, names: Names) -> str:
    name = figure.name.in_language(language)
    title = figure.item if not name or name == figure.item else f"{figure.item} {name}"
    if language == "zh":
        title = names.items.get(figure.item, title)
    if "(" in figure.item:  # no code, but a figure that a formula names
        title = name
    if figure.months_before:
        title += f" ({figure.months_before} {_word('before', language)})"
    value = "/" if figure.not_applicable else number_text(figure.value)
    if figure.value is None and figure.cells and not figure.not_applicable:
        value = figure.why.in_language(language) or value
    return f"{title} = {value}{_in_brackets(figure.cells)}"


def _anchor(anchor: AnchorUsed, language: Language, names: Names) -> str:
    role = ROLES[anchor.role].in_language(language)
    item = names.item(anchor.item) if anchor.item and language == "zh" else anchor.item
    text = f"{role}{f' {item}' if item else ''} = {number_text(anchor.value)}"
    whose = (language == "zh" and anchor.names) or anchor.whose
    if anchor.rounds:
        whose = tuple(f"{name} {of}" for name, of in zip(whose, anchor.rounds, strict=True))
    return f"{text} ({_word('whose', language)} {', '.join(whose)})" if whose else text


def _marking(marking: Marking, language: Language, names: Names) -> str:
    text = (
        f"{ADJUSTMENTS[marking.kind].in_language(language)}: {marking.reason},"
        f" {_word('asked', language)} {number_text(marking.asked)},"
        f" {_word('counted', language)} {number_text(marking.counted)}"
    )
    if marking.gate:
        gate = marking.gate
        if language == "zh":
            gate = "; ".join(_gate(part, names) for part in gate.split("; "))
        text += f" ({gate})"
    return text + _in_brackets(marking.cells)


_HOLDS: Final[Mapping[float, Text]] = {
    1.0: Text(zh="是", en="yes"),
    0.0: Text(zh="否", en="no"),
}


def _reviewed(reviewed: Reviewed, language: Language) -> str:
    """Return which reviews counted, or what each gives.

    Examples:
        >>> counted = Reviewed(
        ...     name=Text(en="reviews(place <= 3)", zh="各次评议(位次 <= 3)"),
        ...     value=1.0,
        ...     is_condition=True,
        ...     reviews=(("2023-H1", 1.0), ("2023-H2", 0.0)),
        ... )
        >>> _reviewed(counted, "en")
        'reviews(place <= 3) = 1: 2023-H1 yes, 2023-H2 no'
        >>> _reviewed(counted, "zh")
        '各次评议(位次 <= 3) = 1：2023-H1 是、2023-H2 否'
    """
    told = [f"{review} {_in_review(value, reviewed, language)}" for review, value in reviewed.reviews]
    text = f"{reviewed.name.in_language(language)} = {number_text(reviewed.value)}"
    if language == "zh":
        return f"{text}：{'、'.join(told)}" if told else text
    return f"{text}: {', '.join(told)}" if told else text


def _in_review(value: float | None, reviewed: Reviewed, language: Language) -> str:
    if value is None:
        return _word("unknown", language)
    return _HOLDS[value].in_language(language) if reviewed.is_condition else number_text(value)


def _gate(part: str, names: Names) -> str:
    """Return a condition with its mark ✓, ✗ or ? in words, the formula behind it; anything else as it is.

    Examples:
        >>> _gate("gdp >= 8 ✓", Names(items={"gdp": "产值"})), _gate("Σ 8 > 5", Names())
        ('产值不低于8 ✓（产值 >= 8）', 'Σ 8 > 5')
    """
    condition, blank, mark = part.rpartition(" ")
    if mark not in {"✓", "✗", "?"}:
        return part
    formula = formula_in_words(condition, names.items)
    return f"{condition_in_words(condition, names=names.items)}{blank}{mark}（{formula}）"


def _in_brackets(cells: tuple[str, ...]) -> str:
    if not cells:
        return ""
    more = f"; +{len(cells) - _CELLS_SHOWN}" if len(cells) > _CELLS_SHOWN else ""
    return f"  [{'; '.join(cells[:_CELLS_SHOWN])}{more}]"


def _word(key: str, language: Language) -> str:
    return WORDS[key].in_language(language)
