"""功效系数法、极差法."""

from __future__ import annotations

from quanheng.findings.text import Text
from quanheng.scheme.tools.examples import rated
from quanheng.scheme.tools.tool import Option, Tool

SCALE = Tool(
    name="scale",
    family="rules",
    title=Text(zh="功效系数法、极差法", en="Scale between a worst and a best value"),
    written="rule: {scale: {worst: observed, best: observed, base: 60}}",
    formula="r = (x − worst) / (best − worst);  p = base + (100 − base)·f(r)",
    note=Text(
        zh="f(r) = r（linear），或 p = base·(100/base)^r（exponential，base 须大于 0）。"
        "写明的标准值自带方向；observed 和分位数的优劣由指标方向决定。",
        en="f(r) = r for `linear`; p = base·(100/base)^r for `exponential`, which needs base > 0. "
        "Stated anchors carry their own direction; for `observed` and quantiles the indicator's "
        "direction decides which end is best.",
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
