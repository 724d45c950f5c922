"""Laws of what formulas ask of the reviews inside the round: `reviews(place <= 3)` (formulas m)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from quanheng.findings.finding import Finding, Kind
from quanheng.findings.nearest import suggestion
from quanheng.findings.text import Text
from quanheng.scheme.formulas.reviews import awards_asked, compared_with_texts
from quanheng.scheme.formulas.scopes import REVIEW_WORDS, ROW_FUNCTIONS
from quanheng.scheme.formulas.tree import (
    Call,
    Expression,
    Name,
    OfNode,
    OfSeries,
    children_of,
    parts_of,
    reviews_in_formula,
)
from quanheng.scheme.tree.settle import Settled
from quanheng.scheme.tree.uses import uses_of

NO_REVIEWS: Final = Kind(
    code="QH185",
    severity="error",
    en="the scheme has no reviews to look at: {text}",
    zh="方案没有季季评（reviews），无法统计：{text}",
    hint_en="say how often they are held, as in reviews: {{every: quarter}}",
    hint_zh="请在季季评（reviews）中写明多久评一次（every）",
)
NOT_OF_A_REVIEW: Final = Kind(
    code="QH186",
    severity="error",
    en="{what} cannot be asked of a review: {text}",
    zh="不能对每次季季评使用{what}：{text}",
    hint_en="ask score, place, place_from_below, tier == 'A' and award == 'Flag' of it; best and worst are "
    "of score or place; items, nodes and earlier years belong outside",
    hint_zh="其中只能用得分（score）、位次（place）、倒数位次（place_from_below）、等次（tier）、"
    "奖项（award）；最好、最差只用于得分或位次；数据项、节点和往年请写在外面",
)
NO_SUCH_AWARD: Final = Kind(
    code="QH187",
    severity="error",
    en="no award that is given in reviews is called '{award}': {text}",
    zh="没有在季季评中评定的奖项“{award}”：{text}",
    hint_en="give the award 'every: {every}'; {suggest}",
    hint_zh="该奖项的评定周期（every）应为{every}；{suggest}",
)
REVIEW_IN_ITSELF: Final = Kind(
    code="QH877",
    severity="error",
    en="the award '{award}' is given in reviews, and what the reviews of a year come to is known after them",
    zh="奖项“{award}”在季季评中评定，而全年各次季季评的统计要在评完之后才有",
    hint_en="give it 'every: year', or look at the place and score of the review itself",
    hint_zh="请改为按年评定（every: year），或改用本次季季评自身的位次、得分",
)


def check_reviews_counted(settled: Settled) -> Iterator[Finding]:
    """Yield what is wrong with the formulas that look at reviews."""
    scheme = settled.scheme
    for use in uses_of(scheme):
        asked = reviews_in_formula(use.formula.tree)
        where, text = use.formula.where, use.formula.brief
        if asked and scheme.reviews is None and "reviews" in use.functions:
            yield NO_REVIEWS.at(where, text=text)
            continue
        for function in _earlier(use.formula.tree, ()):
            yield NOT_OF_A_REVIEW.at(where, what=f"{function}()", text=text)
        for series in asked:
            for wrong in dict.fromkeys(_wrong_in(series)):
                yield NOT_OF_A_REVIEW.at(where, what=wrong, text=text)
            if scheme.reviews is not None:
                given = [each.name for each in scheme.awards if each.every == scheme.reviews.every]
                for award in awards_asked(series.of):
                    if award not in given:
                        hint = suggestion(award, given)
                        yield NO_SUCH_AWARD.at(
                            where, award=award, text=text, every=scheme.reviews.every, **hint
                        )


def check_awards_of_reviews(settled: Settled) -> Iterator[Finding]:
    """Yield a QH877 for each award of a review that looks at the reviews of the round."""
    reviews = settled.scheme.reviews
    for award in settled.scheme.awards if reviews is not None else ():
        asked = [each for each in (award.condition, award.by) if each is not None]
        looks = any(reviews_in_formula(each.tree) for each in asked)
        if reviews is not None and looks and award.every == reviews.every:
            yield REVIEW_IN_ITSELF.at(award.where, award=award.name)


def _earlier(tree: Expression, around: tuple[str, ...]) -> Iterator[str]:
    """Yield the functions that look back around what is asked of reviews."""
    if isinstance(tree, OfSeries):
        yield from around if tree.of_reviews else ()
        return
    looks_back = isinstance(tree, Call) and tree.function in {"lag", "growth", "change", "own"}
    inside = (*around, tree.function) if isinstance(tree, Call) and looks_back else around
    for child in children_of(tree):
        yield from _earlier(child, inside)


def _wrong_in(series: OfSeries) -> Iterator[str | Text]:
    """Yield what has no meaning inside `reviews(…)`."""
    compared = compared_with_texts(series.of)
    for part in parts_of(series.of):
        match part:
            case Name(name) if name not in REVIEW_WORDS:
                yield f"'{name}'"
            case Name("award") if id(part) not in compared:
                yield Text(en="award, but by == and in,", zh="奖项（award）的其他比较")
            case OfNode() | OfSeries():
                yield f"{part.function}()"
            case Call(function) if function not in ROW_FUNCTIONS:
                yield f"{function.removesuffix(' of units')}()"
            case _:
                pass
    if series.chosen in {"highest", "lowest", "best", "worst"} and series.of not in {
        Name("score"),
        Name("place"),
        Name("place_from_below"),
    }:
        yield Text(en="the best or worst of something else", zh="其他内容的最好、最差")


REVIEW_LAWS: Final[tuple[Callable[[Settled], Iterator[Finding]], ...]] = (
    check_reviews_counted,
    check_awards_of_reviews,
)
