"""What is rounded at which stage, and with how many digits it is printed (rounding §1, §4). Values only."""

from __future__ import annotations

from quanheng.findings.value import Value


class NodeRounding(Value):
    """Decimals at each stage of one node; None is not rounded.

    `aggregate` is what a dimension makes of its children's points, before anything follows from it.
    `is_anywhere` says whether anything of the scheme is rounded, so that a half has to be a half on the way
    there.
    """

    ratio: int | None = None
    aggregate: int | None = None
    points: int | None = None
    scores: int | None = None
    is_anywhere: bool = False


class Printed(Value):
    """With how many decimals points, scores and totals are printed, whatever they are rounded to."""

    points: int | None = None
    scores: int | None = None
    total: int | None = None


class Rounding(Value):
    """The decimals of the total, what is printed, and what holds for nodes without decimals of their own."""

    total: int | None = None
    printed: Printed = Printed()
    indicators: NodeRounding = NodeRounding()
    dimensions: NodeRounding = NodeRounding()
    root: NodeRounding = NodeRounding()

    @property
    def shown_total(self) -> int | None:
        """The decimals of a total that is shown; None where the scheme says nothing of them.

        Examples:
            >>> Rounding(total=4, printed=Printed(total=1)).shown_total
            1
        """
        return self.total if self.printed.total is None else self.printed.total

    @property
    def shown_scores(self) -> int | None:
        """The decimals of the scores of nodes that are shown: those of the finest there are."""
        return _finest(self.printed.scores, self.indicators.scores, self.dimensions.scores)

    @property
    def shown_points(self) -> int | None:
        """The decimals of the points of nodes that are shown: those of the finest there are."""
        return _finest(self.printed.points, self.indicators.points, self.dimensions.points)


def _finest(printed: int | None, *rounded: int | None) -> int | None:
    if printed is not None or None in rounded:
        return printed
    return max(decimals for decimals in rounded if decimals is not None)
