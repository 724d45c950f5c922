"""扣分法: points taken off for each unit of the measure."""

from __future__ import annotations

from typing import Annotated, Final

from quanheng.findings.text import Text
from quanheng.scheme.fields.lines import Path
from quanheng.scheme.rules.entry import Written
from quanheng.scheme.rules.rule import Answers, Rule
from quanheng.scheme.tools.examples import rated
from quanheng.scheme.tools.tool import Option, Tool, in_symbols


class Deduct(Rule):
    """扣分法: start - each·max(0, x - free), not under `floor`. In the file `start` is called `from`.

    Examples:
        >>> Deduct(each=0.5, free=2.0).in_words("en")
        'deduct: start 100, each 0.5, free 2, floor 0'
        >>> Deduct(each=0.5, free=2.0).in_words("zh")
        '扣分法：起点100分，超过2的部分每1扣0.5分，不低于0分'
    """

    start: float = 100.0
    each: float
    free: float = 0.0
    floor: float = 0.0

    def _answers(self) -> Answers:
        return Answers(
            name="deduct",
            roles=(),
            formulas=(),
            statistics=(),
            shown=(),
            completes=False,
            divides_by_target=False,
            compares_values=False,
            base_points=0.0,
            fewest_points=min(self.start, self.floor),
            thresholds=(self.free,),
            allowed=None,
            ranges=(),
            pairs=(),
            ends=None,
        )

    def _in_chinese(self) -> str:
        over = f"超过{self.free:g}的部分" if self.free else ""
        return f"扣分法：起点{self.start:g}分，{over}每1扣{self.each:g}分，不低于{self.floor:g}分"


def written() -> Written:
    """Return how the rule is written: `{deduct: {each: 0.5, free: 2}}`."""
    from pydantic import Field

    from quanheng.scheme.fields.fields import Amount, Form, Number
    from quanheng.scheme.fields.margin import Margin

    class DeductForm(Form, zh="扣分法：from − each·max(0, x − free)，不低于 `floor`。"):
        """扣分法: from - each·max(0, x - free), not under `floor`."""

        start: Annotated[Number, Text(en="Points before anything is taken.", zh="扣分之前的得分。")] = Field(
            default=100.0, alias="from"
        )
        each: Annotated[
            Number, Field(gt=0), Text(en="Points taken for each unit of x.", zh="x 每 1 扣几分。")
        ]
        free: Annotated[Amount, Text(en="So much of x costs nothing.", zh="x 在此数之内不扣分。")] = 0.0
        floor: Annotated[Number, Text(en="The fewest points.", zh="最低得分。")] = 0.0

    def settled(form: DeductForm, _path: Path, _margin: Margin) -> Deduct:
        return Deduct(start=form.start, each=form.each, free=form.free, floor=form.floor)

    return Written(form=DeductForm, settled=settled)


TOOL: Final = Tool(
    name="deduct",
    family="rules",
    title=Text(zh="扣分法", en="Points taken off"),
    written="rule: {deduct: {from: 100, each: 5, free: 2, floor: 40}}",
    formula=in_symbols("p = max(floor, from − each·max(0, x − free))"),
    use=Text(
        zh="从满分起、每发生一件或每超一个单位扣几分时使用：逾期件数、PM2.5 超标微克数、事故起数。"
        "free 是不扣分的额度；floor 是扣到为止的底线。",
        en="Where everybody starts with all points and loses some for each event or each unit over a "
        "limit: overdue requests, micrograms over the standard, accidents. `free` is what costs "
        "nothing, `floor` is where it stops.",
    ),
    options=(
        Option(name="from", default="100", meaning=Text(zh="起始分", en="the points to start from")),
        Option(name="each", default="—", meaning=Text(zh="每个单位扣几分", en="taken off for each unit")),
        Option(name="free", default="0", meaning=Text(zh="不扣分的额度", en="what costs nothing")),
        Option(name="floor", default="0", meaning=Text(zh="最低得分", en="no points below it")),
    ),
    examples=(
        rated(
            "{deduct: {from: 100, each: 5, free: 2, floor: 40}}",
            {"A": "0", "B": "2", "C": "5", "D": "30"},
            {"A": 100, "B": 100, "C": 85, "D": 40},
            shows=Text(
                zh="两件以内不扣；C 多 3 件扣 15；D 扣到底线 40。",
                en="Two are free; C is three over and loses 15; D stops at the floor of 40.",
            ),
        ),
    ),
)
