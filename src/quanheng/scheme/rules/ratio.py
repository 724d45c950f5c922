"""比值法: the measure by a reference."""

from __future__ import annotations

from typing import Annotated, Final

from quanheng.findings.text import Text
from quanheng.scheme.fields.lines import Path
from quanheng.scheme.rules.anchors import Reference, Role, Statistic
from quanheng.scheme.rules.entry import Written
from quanheng.scheme.rules.rule import Answers, Rule
from quanheng.scheme.tools.examples import rated
from quanheng.scheme.tools.tool import Option, Tool


class Ratio(Rule):
    """比值法: 100·x/ref (direction less: 100·ref/x), not over `cap`, not under 0."""

    ref: Reference
    cap: float | None = None

    def _answers(self) -> Answers:
        role = self.ref.name if isinstance(self.ref, Statistic) else "ref"
        return Answers(
            name="ratio",
            roles=(Role(role, self.ref, best=True),),
            formulas=(),
            statistics=(),
            shown=(),
            completes=False,
            divides_by_target=False,
            compares_values=False,
            base_points=0.0,
            fewest_points=0.0,
            thresholds=(),
            allowed=None,
            ranges=(),
            pairs=(),
            ends=None,
        )

    def _in_chinese(self) -> str:
        capped = "" if self.cap is None else f"，不超过{self.cap:g}分"
        return f"比值法：与{self.ref.in_words('zh')}之比{capped}"


def written() -> Written:
    """Return how the rule is written: `{ratio: {ref: mean, cap: 120}}`."""
    from pydantic import Field

    from quanheng.scheme.fields.fields import Form, Number
    from quanheng.scheme.fields.margin import Margin
    from quanheng.scheme.rules.anchor_forms import ReferenceForm, reference_of

    class RatioForm(Form, zh="比值法：100·x/ref（少为优：100·ref/x）。"):
        """比值法: 100·x/ref (less: 100·ref/x)."""

        ref: Annotated[ReferenceForm, Text(en="What x is compared with.", zh="x 与什么相比。")]
        cap: Annotated[
            Annotated[Number, Field(gt=0)] | None, Text(en="The most points.", zh="最高得分。")
        ] = None

    def settled(form: RatioForm, path: Path, margin: Margin) -> Ratio:
        return Ratio(ref=reference_of(form.ref, (*path, "ref"), margin), cap=form.cap)

    return Written(form=RatioForm, settled=settled)


TOOL: Final = Tool(
    name="ratio",
    family="rules",
    title=Text(zh="比值法", en="The ratio to a reference"),
    written="rule: {ratio: {ref: best}}",
    formula=Text(
        en="p = 100·x / ref  (direction less: 100·ref / x),  not over cap, not under 0",
        zh="p = 100·x / ref（越小越好：100·ref / x），  不超过 cap，不低于 0",
    ),
    use=Text(
        zh="与最好值、平均值或一个基准相比时使用，例如亩均效益评价以全县平均值的两倍为基准。零点必须有"
        "意义（人均、亩均、产值），增速、温度之类不适用。参照值必须大于 0，否则会被指出。越小越好而指标值"
        "为 0 时得 cap；没有写 cap 会被指出，因为没有分数能表示这有多好；小于 0 也会被指出。",
        en="To compare with the best, the mean or a benchmark: grading enterprises by output per unit "
        "of land takes twice the county's mean. Zero must mean nothing at all (per head, per "
        "hectare, output); growth rates and temperatures do not qualify. The reference must be above 0; any "
        "other is a finding. With direction less, a measure of 0 has the cap; without a cap it is a finding, "
        "since no points say how good it is, and so is a measure below 0.",
    ),
    options=(
        Option(
            name="ref",
            default="—",
            meaning=Text(
                zh="数值、best、mean、median 或数据项名", en="a number, `best`, `mean`, `median` or an item"
            ),
        ),
        Option(name="cap", default="—", meaning=Text(zh="最高得分", en="no points above it")),
    ),
    examples=(
        rated(
            "{ratio: {ref: best}}",
            {"A": "8", "B": "6", "C": "4", "D": "2"},
            {"A": 100, "B": 75, "C": 50, "D": 25},
            shows=Text(
                zh="最好值 8 得 100，其余按比例。",
                en="The best value, 8, gets 100, the others in proportion.",
            ),
        ),
        rated(
            "{ratio: {ref: mean, cap: 120}}",
            {"A": "8", "B": "6", "C": "4", "D": "2"},
            {"A": 120, "B": 120, "C": 80, "D": 40},
            shows=Text(
                zh="平均值为 5：A 的 160 封顶为 120。", en="The mean is 5: A's 160 stops at the cap of 120."
            ),
        ),
    ),
)
