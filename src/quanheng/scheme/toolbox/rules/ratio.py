"""比值法."""

from __future__ import annotations

from quanheng.findings.text import Text
from quanheng.scheme.tools.examples import rated
from quanheng.scheme.tools.tool import Option, Tool

RATIO = Tool(
    name="ratio",
    family="rules",
    title=Text(zh="比值法", en="The ratio to a reference"),
    written="rule: {ratio: {ref: best}}",
    formula="p = 100·x / ref  (direction less: 100·ref / x),  not over cap, not under 0",
    use=Text(
        zh="与最好值、平均值或一个基准相比时使用，例如亩均效益评价以全县平均值的两倍为基准。零点必须有"
        "意义（人均、亩均、产值），增速、温度之类不适用。越小越好而指标值为 0 时公式无法计算，会被"
        "指出。",
        en="To compare with the best, the mean or a benchmark: grading enterprises by output per unit "
        "of land takes twice the county's mean. Zero must mean nothing at all (per head, per "
        "hectare, output); growth rates and temperatures do not qualify. With direction less, a "
        "measure of 0 cannot be computed and is a finding.",
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
