"""功效系数法、极差法: between a worst and a best value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import inf
from typing import Annotated, Final, Literal

from quanheng.findings.finding import Finding, Kind
from quanheng.findings.text import Text
from quanheng.scheme.fields.lines import Path
from quanheng.scheme.fields.told import told_value
from quanheng.scheme.rules.anchors import Anchor, Constant, Observed, Quantile, Role
from quanheng.scheme.rules.entry import Ruled, Written
from quanheng.scheme.rules.rule import Answers, Rule
from quanheng.scheme.tools.examples import rated
from quanheng.scheme.tools.tool import Option, Tool, in_symbols

_CLAMPS: Final[Mapping[str, str]] = {
    "both": "比率限于0至1",
    "above": "比率不超过1",
    "below": "比率不低于0",
    "none": "比率不限",
}


class Scale(Rule):
    """功效系数法、极差法: r = (x - worst)/(best - worst); p = base + (100 - base)·f(r).

    f(r) = r for `linear`; ((100/base)^r - 1)/(100/base - 1), that is p = base·(100/base)^r, for
    `exponential` (which needs base > 0). `clamp` bounds r to [0, 1] on `both` sides, only `above`,
    only `below`, or `none`. `round_ratio` rounds r half-up to so many decimals first.

    Examples:
        >>> rule = Scale(worst=Constant(20.0, "20"), best=Constant(85.0, "85"))
        >>> rule.in_words("en")
        'scale: worst 20, best 85, base 0, clamp both, curve linear'
        >>> rule.in_words("zh")
        '功效系数法：最差值为20，最优值为85，基础分0，比率限于0至1，直线'
        >>> Scale(base=60.0).fewest_points
        60.0
    """

    worst: Anchor = Observed()
    best: Anchor = Observed()
    base: float = 0.0
    clamp: Literal["both", "above", "below", "none"] = "both"
    curve: Literal["linear", "exponential"] = "linear"
    round_ratio: int | None = None

    @property
    def is_bound(self) -> bool:
        """Whether an end is taken from the units by the direction, and the other might lie beyond it."""
        ends = (self.worst, self.best)
        from_units = [isinstance(end, Observed | Quantile) for end in ends]
        return any(from_units) and not all(isinstance(end, Observed) for end in ends)

    def _answers(self) -> Answers:
        bounded = self.clamp in {"both", "below"} or self.curve == "exponential"
        return Answers(
            name="scale",
            roles=(Role("worst", self.worst, best=False), Role("best", self.best, best=True)),
            formulas=(),
            statistics=(),
            shown=(),
            completes=False,
            divides_by_target=False,
            compares_values=True,
            base_points=self.base,
            fewest_points=self.base if bounded else -inf,
            thresholds=tuple(end.value for end in (self.worst, self.best) if isinstance(end, Constant)),
            allowed=None,
            ranges=(),
            pairs=(),
            ends=(self.worst, self.best),
        )

    def _in_chinese(self) -> str:
        curve = "直线" if self.curve == "linear" else "指数曲线"
        rounded = "" if self.round_ratio is None else f"，比率取{self.round_ratio}位小数"
        return (
            f"功效系数法：最差值为{self.worst.in_words('zh')}，最优值为{self.best.in_words('zh')}，"
            f"基础分{self.base:g}，{_CLAMPS[self.clamp]}，{curve}{rounded}"
        )


def written() -> Written:
    """Return how the rule is written: `{scale: {worst: 20, best: 85, base: 60}}`."""
    from pydantic import Field

    from quanheng.scheme.fields.fields import Decimals, Form, Number
    from quanheng.scheme.fields.margin import Margin
    from quanheng.scheme.rules.anchor_forms import AnchorForm, anchor_of

    class ScaleForm(
        Form, zh="功效系数法、极差法：r = (x − worst)/(best − worst)；得分 = base + (100 − base)·f(r)。"
    ):
        """功效系数法、极差法: r = (x - worst)/(best - worst); points = base + (100 - base)·f(r)."""

        worst: Annotated[AnchorForm, Text(en="The value at r = 0.", zh="r = 0 处的值。")] = "observed"
        best: Annotated[AnchorForm, Text(en="The value at r = 1.", zh="r = 1 处的值。")] = "observed"
        base: Annotated[
            Number, Field(ge=0, lt=100), Text(en="The points at r = 0.", zh="r = 0 处的得分。")
        ] = 0.0
        clamp: Annotated[
            Literal["both", "above", "below", "none"],
            Text(en="On which sides r is kept inside 0 to 1.", zh="r 在哪一端限于 0 至 1。"),
        ] = "both"
        curve: Annotated[
            Literal["linear", "exponential"],
            Text(
                en="f(r): r itself, or so that points = base·(100/base)^r.",
                zh="f(r)：r 本身，或使得分 = base·(100/base)^r。",
            ),
        ] = "linear"
        round_ratio: Annotated[
            Decimals | None, Text(en="Round r to so many decimals first.", zh="r 先保留几位小数。")
        ] = None

    def settled(form: ScaleForm, path: Path, margin: Margin) -> Scale:
        return Scale(
            worst=anchor_of(form.worst, (*path, "worst"), margin),
            best=anchor_of(form.best, (*path, "best"), margin),
            base=form.base,
            clamp=form.clamp,
            curve=form.curve,
            round_ratio=form.round_ratio,
        )

    return Written(form=ScaleForm, settled=settled)


ANCHORS_EQUAL: Final = Kind(
    code="QH232",
    severity="error",
    en="'worst' and 'best' of '{code}' are both {value}",
    zh="“{code}”的最差值（worst）与最好值（best）同为{value}",
    hint_en="write two different values",
    hint_zh="请写两个不同的值",
)
ANCHORS_AGAINST_DIRECTION: Final = Kind(
    code="QH233",
    severity="error",
    en="'{code}' says 'direction: {direction}', but goes from {worst} (worst) to {best} (best)",
    zh="“{code}”的方向为{direction}，但最差值（worst）为{worst}、最好值（best）为{best}",
    hint_en="stated anchors carry their own direction: remove 'direction' or exchange the two",
    hint_zh="写明的标准值自带方向：请删去方向（direction），或对调两值",
)


QUANTILES_AGAINST_DIRECTION: Final = Kind(
    code="QH259",
    severity="error",
    en="of '{code}' {direction} is better, but it goes from {worst} (worst) to {best} (best)",
    zh="“{code}”的方向为{direction}，但最差值（worst）为{worst}、最好值（best）为{best}",
    hint_en="quantiles are counted from the least value: exchange the two, or write 'direction: less'",
    hint_zh="分位数一律从小到大计：请对调两值，或写明方向“越小越好”（direction: less）",
)


def check_anchor_order(ruled: Ruled) -> Iterator[Finding]:
    """Yield a QH232 for anchors that are equal, a QH233 or QH259 for those that go against the direction."""
    match ruled.rule:
        case Scale(worst=Quantile(worst), best=Quantile(best)):
            ends = {"worst": f"q{100 * worst:g}", "best": f"q{100 * best:g}"}
            direction = ruled.direction or "more"
            if worst == best:
                yield ANCHORS_EQUAL.at(ruled.where, code=ruled.code, value=ends["worst"])
            elif (best > worst) != (direction == "more"):
                yield QUANTILES_AGAINST_DIRECTION.at(
                    ruled.where, code=ruled.code, direction=told_value("direction", direction), **ends
                )
        case Scale(worst=Constant(worst), best=Constant(best)):
            values = {"worst": f"{worst:.12g}", "best": f"{best:.12g}"}
            if worst == best:
                yield ANCHORS_EQUAL.at(ruled.where, code=ruled.code, value=values["worst"])
            elif ruled.direction is not None and (best > worst) != (ruled.direction == "more"):
                yield ANCHORS_AGAINST_DIRECTION.at(
                    ruled.where, code=ruled.code, direction=told_value("direction", ruled.direction), **values
                )


EXPONENTIAL_NEEDS_BASE: Final = Kind(
    code="QH235",
    severity="error",
    en="the exponential curve of '{code}' needs a base above 0",
    zh="“{code}”的指数曲线要求基础分（base）大于0",
    hint_en="add 'base: 60', say",
    hint_zh="请补充基础分（base），例如 60",
)


def check_exponential_base(ruled: Ruled) -> Iterator[Finding]:
    """Yield a QH235 for an exponential curve without a base."""
    match ruled.rule:
        case Scale(curve="exponential", base=base) if base <= 0:
            yield EXPONENTIAL_NEEDS_BASE.at(ruled.where, code=ruled.code)


TOOL: Final = Tool(
    name="scale",
    family="rules",
    title=Text(zh="功效系数法、极差法", en="Scale between a worst and a best value"),
    written="rule: {scale: {worst: observed, best: observed, base: 60}}",
    formula=in_symbols("r = (x − worst) / (best − worst);  p = base + (100 − base)·f(r)"),
    note=Text(
        zh="f(r) = r（linear），或 p = base·(100/base)^r（exponential，base 须大于 0）。"
        "写明的标准值自带方向；observed 的优劣由指标方向决定。分位数一律从小到大计：越少越好时写 worst: q90、"
        "best: q10，写反会被指出；一端写明、另一端取自各单位而按指标方向颠倒的，也会被指出。",
        en="f(r) = r for `linear`; p = base·(100/base)^r for `exponential`, which needs base > 0. "
        "Stated anchors carry their own direction; for `observed` the indicator's direction decides "
        "which end is best. Quantiles are counted from the least value: where less is better, write "
        "`worst: q90, best: q10`; the other way round is a finding. So it is where one end is stated, the "
        "other taken from the units, and `worst` turns out better than `best`.",
    ),
    use=Text(
        zh="各单位之间比高低，又希望最差的单位也有基础分（60 + 40）时使用，是国内考核最常用的规则；"
        "worst、best 写成固定数值就成为人类发展指数式的“门槛值”，结果不受其他单位影响，各年可比。"
        "用 observed 时，一个极端值会把其他单位挤在一起：先看异常值处理，或改用分位数 q5、q95。",
        en="To compare units with each other and still leave the last one a base (60 + 40): the "
        "commonest rule of Chinese assessments. With stated numbers for `worst` and `best` it "
        "becomes the goalposts of the Human Development Index: nobody's points depend on the "
        "others, and years compare. With `observed`, one extreme value crowds all others together: "
        "treat outliers first, or use quantiles such as q5 and q95.",
    ),
    options=(
        Option(
            name="worst",
            default="observed",
            meaning=Text(
                zh="0 比率处的值：数值或常数公式（log(100)）、observed、分位数 q10、target、{unit: "
                "DEU} 或数据项名",
                en="the value at ratio 0: a number or constant formula (`log(100)`), `observed`, a "
                "quantile `q10`, `target`, `{unit: DEU}`, or an item",
            ),
        ),
        Option(
            name="best",
            default="observed",
            meaning=Text(zh="比率 1 处的值，写法同上", en="the value at ratio 1, written the same way"),
        ),
        Option(name="base", default="0", meaning=Text(zh="比率 0 处的得分", en="the points at ratio 0")),
        Option(
            name="clamp",
            default="both",
            meaning=Text(
                zh="比率限制在 0 到 1 之间：both 两端、above 只限上端、below 只限下端、none 不限",
                en="keeps the ratio inside 0 to 1: on `both` sides, only `above`, only `below`, or `none`",
            ),
        ),
        Option(
            name="curve",
            default="linear",
            meaning=Text(zh="linear 直线，exponential 指数", en="`linear` or `exponential`"),
        ),
        Option(
            name="round_ratio",
            default="—",
            meaning=Text(
                zh="比率先四舍五入到几位小数", en="rounds the ratio half-up to so many decimals first"
            ),
        ),
    ),
    sources=(
        "OECD/JRC, Handbook on Constructing Composite Indicators (2008), §5 (min-max)",
        "UNDP, Human Development Report, technical note 1 (goalposts)",
    ),
    examples=(
        rated(
            "{scale: {worst: observed, best: observed, base: 60}}",
            {"A": "2", "B": "4", "C": "6", "D": "10"},
            {"A": 60, "B": 70, "C": 80, "D": 100},
            shows=Text(
                zh="最低 2 得 60 分，最高 10 得 100 分，其余按比例：B 的 r = (4 − 2)/8 = 0.25。",
                en="The lowest, 2, gets 60, the highest, 10, gets 100, the others lie between: B has "
                "r = (4 − 2)/8 = 0.25.",
            ),
        ),
        rated(
            "{scale: {worst: 5, best: 10, base: 60, clamp: above}}",
            {"A": "2", "B": "5", "C": "8", "D": "12"},
            {"A": 36, "B": 60, "C": 84, "D": 100},
            shows=Text(
                zh="标准值固定，只限上端：低于不允许值 5 的单位得分降到 60 以下，A 为 60 + 40·(2 − "
                "5)/5 = 36。",
                en="Stated anchors, bounded only above: under the worst value 5 points fall below 60; A gets "
                "60 + 40·(2 − 5)/5 = 36.",
            ),
        ),
        rated(
            "{scale: {worst: 0, best: 100, base: 25, curve: exponential}}",
            {"A": "0", "B": "50", "C": "100"},
            {"A": 25, "B": 50, "C": 100},
            shows=Text(
                zh="指数曲线：B 的 r = 0.5，得 25·(100/25)^0.5 = 50。",
                en="The exponential curve: B has r = 0.5 and gets 25·(100/25)^0.5 = 50.",
            ),
        ),
    ),
)
