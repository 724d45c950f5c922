"""合成方法: how the points of children become those of their parent."""

from __future__ import annotations

from typing import Final

from quanheng.findings.text import Text
from quanheng.scheme.tools.examples import joined_files
from quanheng.scheme.tools.tool import Example, Option, Tool, in_symbols

_TWO = {"A": ("90", "40"), "B": ("65", "65")}
_HALVES = ("50", "50")

ARITHMETIC = Tool(
    name="arithmetic",
    family="aggregation",
    title=Text(zh="算术平均", en="Arithmetic mean"),
    written="aggregate: arithmetic",
    formula=in_symbols("p = Σ wᵢ·pᵢ / Σ wᵢ"),
    use=Text(
        zh="默认方法，就是“分值相加”：各项得分加起来等于总分，谁都能复算。各项之间可以互相弥补，一项短"
        "板能被另一项长板补足；不希望如此时用几何平均或取最小值。",
        en="The default, and what “marks add up” means: anybody can check the sum. Children make up "
        "for each other completely: a strong one hides a weak one. Where that is not wanted take "
        "the geometric mean or the minimum.",
    ),
    examples=(
        Example(
            shows=Text(
                zh="A 的长短互补，与均衡的 B 同分。",
                en="A's strong and weak side make up for each other: the same points as the even B.",
            ),
            files=joined_files(_TWO, weights=_HALVES),
            points={"A": 65, "B": 65},
        ),
    ),
)

GEOMETRIC = Tool(
    name="geometric",
    family="aggregation",
    title=Text(zh="几何平均", en="Geometric mean"),
    written="aggregate: geometric",
    formula=Text(
        en="p = Π pᵢ^(wᵢ / Σ w);  a 0 gives 0, a negative is an error",
        zh="p = Π pᵢ^(wᵢ / Σ w)；  有 0 得 0，有负数报错",
    ),
    use=Text(
        zh="希望各方面均衡时使用：一项越低，提高它的回报越大，偏科会拉低总分。人类发展指数自 2010 年起"
        "采用。有一项为 0 则整体为 0 并会被指出，所以下层规则宜有基础分。",
        en="Where balance is wanted: the lower a child, the more raising it is worth, and "
        "lopsidedness costs. The Human Development Index has used it since 2010. One 0 makes the "
        "whole 0, and a finding says so: give the rules below a base.",
    ),
    sources=(
        "UNDP, Human Development Report 2010, technical note 1",
        "OECD/JRC, Handbook on Constructing Composite Indicators (2008), §6",
    ),
    examples=(
        Example(
            shows=Text(zh="A：√(90·40) = 60，低于均衡的 B。", en="A: √(90·40) = 60, under the even B."),
            files=joined_files(_TWO, weights=_HALVES, root=("aggregate: geometric",)),
            points={"A": 60, "B": 65},
        ),
    ),
)

HARMONIC = Tool(
    name="harmonic",
    family="aggregation",
    title=Text(zh="调和平均", en="Harmonic mean"),
    written="aggregate: harmonic",
    formula=Text(
        en="p = Σ wᵢ / Σ (wᵢ / pᵢ);  a 0 gives 0, a negative is an error",
        zh="p = Σ wᵢ / Σ (wᵢ / pᵢ)；  有 0 得 0，有负数报错",
    ),
    use=Text(
        zh="比几何平均更看重短板，也适合对“比率的平均”求值，例如由精确率与召回率求 F 值。",
        en="Weak sides count even more than in the geometric mean; also the right mean of rates, as "
        "in the F-score of precision and recall.",
    ),
    examples=(
        Example(
            shows=Text(zh="A：2 / (1/80 + 1/20) = 32。", en="A: 2 / (1/80 + 1/20) = 32."),
            files=joined_files(
                {"A": ("80", "20"), "B": ("50", "50")}, weights=_HALVES, root=("aggregate: harmonic",)
            ),
            points={"A": 32, "B": 50},
        ),
    ),
)

POWER = Tool(
    name="power",
    family="aggregation",
    title=Text(zh="幂平均", en="Power mean"),
    written="aggregate: {power: 2}",
    formula=Text(
        en="p = (Σ wᵢ·pᵢᵏ / Σ wᵢ)^(1/k),  k ≠ 0",
        zh="p = (Σ wᵢ·pᵢᵏ / Σ wᵢ)^(1/k)，  k ≠ 0",
    ),
    use=Text(
        zh="一个参数调节“可弥补程度”：k = 1 是算术平均，k → 0 是几何平均，k = −1 是调和平均，k 越小越"
        "看重短板；k > 1 反过来鼓励冒尖。",
        en="One number says how far children may make up for each other: k = 1 is the arithmetic "
        "mean, k → 0 the geometric, k = −1 the harmonic; the smaller k, the more the weak side "
        "counts. k > 1 rewards peaks instead.",
    ),
    options=(
        Option(name="power", default="—", meaning=Text(zh="指数 k，不为 0", en="the exponent k, not 0")),
    ),
    examples=(
        Example(
            shows=Text(
                zh="A：√((70² + 10²)/2) = 50，高于算术平均 40。",
                en="A: √((70² + 10²)/2) = 50, above the arithmetic mean of 40.",
            ),
            files=joined_files(
                {"A": ("70", "10"), "B": ("40", "40")}, weights=_HALVES, root=("aggregate: {power: 2}",)
            ),
            points={"A": 50, "B": 40},
        ),
    ),
)

MINIMUM = Tool(
    name="min",
    family="aggregation",
    title=Text(zh="取最小值（短板）", en="The least of the children"),
    written="aggregate: min",
    formula=in_symbols("p = min pᵢ"),
    use=Text(
        zh="一票否决式的要求：有一项不行就不行，例如安全、廉政、环保底线。权重不起作用，但仍决定其上各"
        "层分到多少分值。",
        en="Where a chain is as strong as its weakest link: safety, integrity, environmental limits. "
        "Weights of the children play no part here.",
    ),
    examples=(
        Example(
            shows=Text(zh="A 的短板 40 就是它的得分。", en="A's weak side, 40, is what it gets."),
            files=joined_files(_TWO, weights=_HALVES, root=("aggregate: min",)),
            points={"A": 40, "B": 65},
        ),
    ),
)

MAXIMUM = Tool(
    name="max",
    family="aggregation",
    title=Text(zh="取最大值（择优）", en="The greatest of the children"),
    written="aggregate: max",
    formula=in_symbols("p = max pᵢ"),
    use=Text(
        zh="几项中择优计分：做得最好的一项算数，例如两类创建任选其一，或国家级、省级荣誉取最高。权重为 0 的"
        "项不参加；其余权重不起作用，但仍决定其上各层分到多少分值。",
        en="Where the best of several counts: one of two programmes to choose from, the highest honour. A "
        "child with a weight of 0 takes no part; the other weights of the children play none here.",
    ),
    examples=(
        Example(
            shows=Text(zh="A 的长项 90 就是它的得分。", en="A's strong side, 90, is what it gets."),
            files=joined_files(_TWO, weights=_HALVES, root=("aggregate: max",)),
            points={"A": 90, "B": 65},
        ),
    ),
)

_THREE = {"A": ("90", "40", "70"), "B": ("75", "76", "20")}

BEST = Tool(
    name="best",
    family="aggregation",
    title=Text(zh="取最好的几项", en="The best k of the children"),
    written="aggregate: {best: 2}",
    formula=Text(
        en="p = Σ wᵢ·pᵢ / Σ wᵢ over the k children with the greatest pᵢ",
        zh="p = Σ wᵢ·pᵢ / Σ wᵢ，只看得分最高的 k 项",
    ),
    use=Text(
        zh="几项中任选、择优计分时使用：三类任务各县选做两类，做得好的算数；六轮比赛取最好四轮。没有得分的项不参加；"
        "有得分的不足 k 项时全部计入。得分相同的，按方案中的次序取。各项权重应相同。",
        en="Where some of several are to be chosen: of three kinds of tasks a county picks two and the "
        "better counts, of six races the best four. Children without points take no part; if fewer than "
        "k have points, all of these count. Of equals, the first in the scheme counts. Let the children "
        "weigh the same.",
    ),
    options=(Option(name="best", default="—", meaning=Text(zh="取几项", en="how many count")),),
    examples=(
        Example(
            shows=Text(
                zh="A：(90 + 70)/2 = 80；B：(75 + 76)/2 = 75.5。", en="A: (90 + 70)/2 = 80, B: (75 + 76)/2."
            ),
            files=joined_files(_THREE, root=("weights: equal", "aggregate: {best: 2}")),
            points={"A": 80, "B": 75.5},
        ),
    ),
)

LAST = Tool(
    name="last",
    family="aggregation",
    title=Text(zh="取最差的几项", en="The last k of the children"),
    written="aggregate: {last: 2}",
    formula=Text(
        en="p = Σ wᵢ·pᵢ / Σ wᵢ over the k children with the least pᵢ",
        zh="p = Σ wᵢ·pᵢ / Σ wᵢ，只看得分最低的 k 项",
    ),
    use=Text(
        zh="看短板而不止一块时使用：最差的几项决定得分，比取最小值缓和。规则同取最好的几项。",
        en="Where weak sides are to decide, and not the weakest alone: milder than the minimum. What is "
        "absent, short or equal is as for the best k.",
    ),
    options=(Option(name="last", default="—", meaning=Text(zh="取几项", en="how many count")),),
    examples=(
        Example(
            shows=Text(
                zh="A：(40 + 70)/2 = 55；B：(75 + 20)/2 = 47.5。", en="A: (40 + 70)/2 = 55, B: (75 + 20)/2."
            ),
            files=joined_files(_THREE, root=("weights: equal", "aggregate: {last: 2}")),
            points={"A": 55, "B": 47.5},
        ),
    ),
)

PRODUCT = Tool(
    name="product",
    family="aggregation",
    title=Text(zh="连乘（按百分数）", en="Product of shares of 100"),
    written="aggregate: product",
    formula=Text(
        en="p = 100·Π (pᵢ / 100);  a 0 gives 0, a negative is an error",
        zh="p = 100·Π (pᵢ / 100)；  有 0 得 0，有负数报错",
    ),
    use=Text(
        zh="一项是另一项的折扣时使用：完成得分乘以质量系数、风险是发生程度乘以暴露程度。各项按 100 分为 1 相"
        "乘，不开方，所以越多项不满分，得分越低。权重为 0 的项不参加；其余权重不起作用。没有得分的项不打折"
        "扣。",
        en="Where one child is a discount on another: what was done times how well, a burden times who "
        "bears it. 100 points are a factor of 1, and no root is taken: every child short of 100 lowers the "
        "whole. A child with a weight of 0 takes no part; the other weights play none here. A child "
        "without points takes nothing off.",
    ),
    sources=("OEHHA, CalEnviroScreen 4.0 (2021): pollution burden × population characteristics",),
    examples=(
        Example(
            shows=Text(
                zh="A：100·0.9·0.4 = 36，低于 B 的 42.25。", en="A: 100·0.9·0.4 = 36, under B's 42.25."
            ),
            files=joined_files(_TWO, weights=_HALVES, root=("aggregate: product",)),
            points={"A": 36, "B": 42.25},
        ),
    ),
)

SUM = Tool(
    name="sum",
    family="aggregation",
    title=Text(zh="求和", en="Sum of points"),
    written="aggregate: sum",
    formula=in_symbols("p = Σ pᵢ"),
    use=Text(
        zh="得分本身就是要相加的数时使用：十项全能各项的分、奖牌数、计件。不写权重：每个下级与本节点同样值"
        "（本节点 20 分，则下级每 100 分得 20 分），下级的分相加就是本节点的分；满分 100 时总分就是各项得分之"
        "和，可以超过满分。没有得分的项不加分，也不移转权重。",
        en="Where points are what is to be counted together: the events of a decathlon, medals, pieces. No "
        "weights are written: each child is worth what the node is (under a node of 20 marks, 100 points "
        "of a child earn 20), and the children's scores add up to the node's. With 100 marks the total is "
        "the sum of all points and may lie over 100. A child without points adds nothing, and no weight "
        "goes elsewhere.",
    ),
    sources=("World Athletics, Scoring tables for combined events (2001)",),
    examples=(
        Example(
            shows=Text(zh="A：90 + 40 = 130。", en="A: 90 + 40 = 130."),
            files=joined_files({"A": ("90", "40"), "B": ("65", "60")}, root=("aggregate: sum",)),
            points={"A": 130, "B": 125},
        ),
    ),
)

COPELAND = Tool(
    name="copeland",
    family="aggregation",
    title=Text(zh="Copeland 两两比较", en="Copeland: wins in pairs"),
    written="aggregate: copeland",
    formula=Text(
        en="p = 100·(wins − losses + n − 1) / (2·(n − 1));  in a pair the unit better on more weight wins",
        zh="p = 100·(胜 − 负 + n − 1) / (2·(n − 1))；  两两相比，占优权重较大的一方为胜",
    ),
    use=Text(
        zh="各项量纲难以通约、只愿意承认先后次序时使用：任何两个单位之间，在更大权重上占优者胜。完全不"
        "可弥补，不受极端值影响；代价是一个单位的得分取决于有哪些对手。",
        en="Where children cannot be traded against each other and only the order counts: between any "
        "two units the one that is better on more weight wins. Nothing is made up for and extremes "
        "play no part; the price is that points depend on who else takes part.",
    ),
    sources=(
        "Copeland, A reasonable social welfare function (1951)",
        "Munda and Nardo, Noncompensatory composite indicators (2009)",
    ),
    examples=(
        Example(
            shows=Text(
                zh="第一项占 60：A 胜 B、C，B 胜 C。",
                en="The first child has 60 of 100: A beats B and C, B beats C.",
            ),
            files=joined_files(
                {"A": ("90", "40"), "B": ("70", "60"), "C": ("50", "80")},
                weights=("60", "40"),
                root=("aggregate: copeland",),
            ),
            points={"A": 100, "B": 50, "C": 0},
        ),
    ),
)

AGGREGATION: Final = (
    ARITHMETIC,
    GEOMETRIC,
    HARMONIC,
    POWER,
    MINIMUM,
    MAXIMUM,
    BEST,
    LAST,
    PRODUCT,
    SUM,
    COPELAND,
)
"""In the order in which a person reads them."""
