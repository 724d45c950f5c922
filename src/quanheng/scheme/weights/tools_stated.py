"""赋权方法: weights that are written down."""

from __future__ import annotations

from typing import Final

from quanheng.findings.text import Text
from quanheng.scheme.tools.examples import joined_files, table
from quanheng.scheme.tools.tool import Example, Option, Tool, in_symbols
from quanheng.scheme.weights.methods import Ahp, ByAttribute, Equal, Marks, Relative

_POINTS = {"A": ("80", "50"), "B": ("60", "90")}

MARKS = Tool(
    name=Marks.name,
    family="weights",
    title=Marks.title,
    written="weights: marks",
    formula=Text(
        en="wᵢ as written;  Σ wᵢ = weight of the parent, checked",
        zh="wᵢ 按方案填写；  核对 Σ wᵢ = 上级的分值",
    ),
    use=Text(
        zh="默认方法，也是公文里的写法：“经济发展 40 分，其中……18 分、12 分、10 分”。各组分值可以不同，"
        "逐组核对加总。",
        en="The default, and how official schemes are written: “economy 40, of which 18, 12 and 10”. "
        "Marks may differ by group; each group is checked to add up.",
    ),
    examples=(
        Example(
            shows=Text(zh="A：(60·80 + 40·50)/100 = 68。", en="A: (60·80 + 40·50)/100 = 68."),
            files=joined_files(_POINTS, weights=("60", "40")),
            points={"A": 68, "B": 72},
            shares={"first": 0.6, "second": 0.4},
        ),
    ),
)

RELATIVE = Tool(
    name=Relative.name,
    family="weights",
    title=Relative.title,
    written="weights: relative",
    formula=in_symbols("share = wᵢ / Σ wⱼ"),
    use=Text(
        zh="只关心比例、不想凑整到上级分值时使用：写 3 和 1 就是 75% 和 25%。研究用的指数多用此法。",
        en="Where only proportions matter and nobody wants to make them add up: 3 and 1 are 75 % and "
        "25 %. Usual for indices of researchers.",
    ),
    examples=(
        Example(
            shows=Text(
                zh="3 比 1：A 得 (3·80 + 1·50)/4 = 72.5。", en="3 to 1: A gets (3·80 + 1·50)/4 = 72.5."
            ),
            files=joined_files(_POINTS, weights=("3", "1"), root=("weights: relative",)),
            points={"A": 72.5, "B": 67.5},
            shares={"first": 0.75, "second": 0.25},
        ),
    ),
)

EQUAL = Tool(
    name=Equal.name,
    family="weights",
    title=Equal.title,
    written="weights: equal",
    formula=Text(
        en="share = 1 / k,  k the number of children",
        zh="share = 1 / k，  k 为下级个数",
    ),
    use=Text(
        zh="说不出谁更重要时最诚实的选择，也是多数国际指数的做法。注意：某一维度下的指标越多，每个指标"
        "就越轻。",
        en="The honest choice where nobody can say what matters more, and what most international "
        "indices do. Mind that the more indicators a dimension has, the lighter each of them is.",
    ),
    examples=(
        Example(
            shows=Text(zh="两项各占一半，不必写 weight。", en="Half each; no weights are written."),
            files=joined_files(_POINTS, root=("weights: equal",)),
            points={"A": 65, "B": 75},
            shares={"first": 0.5, "second": 0.5},
        ),
    ),
)

AHP = Tool(
    name=Ahp.name,
    family="weights",
    title=Ahp.title,
    written="weights: {ahp: {matrix: [[1, 2, 4], [1/2, 1, 2], [1/4, 1/2, 1]]}}",
    formula=Text(
        en="A·w = λmax·w,  Σ w = 1;  consistency ratio CR = (λmax − k)/(k − 1)/RI",
        zh="A·w = λmax·w，  Σ w = 1；  一致性比率 CR = (λmax − k)/(k − 1)/RI",
    ),
    use=Text(
        zh="专家只能回答“这一项比那一项重要几倍”时使用。矩阵按 1–9 标度填写，下三角为倒数。CR 超过 "
        "0.1 说明判断前后矛盾，会被指出。",
        en="Where experts can only say how many times more important one child is than another. The "
        "matrix uses the scale of 1 to 9, reciprocals below the diagonal. A consistency ratio over "
        "0.1 means that the judgements contradict each other; a finding says so.",
    ),
    options=(
        Option(
            name="matrix",
            default="—",
            meaning=Text(zh="两两比较矩阵，可写 1/3", en="the pairwise comparisons; `1/3` may be written"),
        ),
        Option(
            name="order",
            default="—",
            meaning=Text(
                zh="行列所代表的下级指标，默认按方案次序",
                en="which children rows and columns stand for; else in the order of the scheme",
            ),
        ),
    ),
    sources=("Saaty, A scaling method for priorities in hierarchical structures (1977)",),
    examples=(
        Example(
            shows=Text(
                zh="判断完全一致：4 : 2 : 1，即 4/7、2/7、1/7。A：(4·100 + 2·50 + 1·0)/7。",
                en="Perfectly consistent judgements: 4 : 2 : 1, that is 4/7, 2/7, 1/7. A: (4·100 + "
                "2·50 + 1·0)/7.",
            ),
            files=joined_files(
                {"A": ("100", "50", "0"), "B": ("0", "50", "100")},
                root=("weights: {ahp: {matrix: [[1, 2, 4], [1/2, 1, 2], [1/4, 1/2, 1]]}}",),
            ),
            points={"A": 500 / 7, "B": 200 / 7},
            shares={"first": 4 / 7, "second": 2 / 7, "third": 1 / 7},
        ),
    ),
)

_BY = "{by: type, of: {factory: {first: 70, second: 30}, farm: {first: 20, second: 80}}}"

BY_ATTRIBUTE = Tool(
    name=ByAttribute.name,
    family="weights",
    title=ByAttribute.title,
    written=f"weights: {_BY}",
    formula=Text(
        en="wᵢ as written for the unit's value of the attribute;  Σ wᵢ = weight of the parent, checked",
        zh="wᵢ 按单位的属性值取所写的权重；  逐值核对 Σ wᵢ = 上级的分值",
    ),
    use=Text(
        zh="一镇一策：同组单位一起排名，而各类（或各个）单位的权重不同。属性是单位表中的一列；每个单位都用自己"
        "那一列的编码时，就是一镇一套权重。不写的下级权重为 0。属性值没有权重的单位是错误（QH685）。",
        en="Units of one group are ranked together, and each kind of them, or each unit, has weights of its "
        "own. The attribute is a column of the units; with a column in which each unit has its own code, "
        "every unit has its weights. A child that is left out weighs nothing. A unit with a value that has "
        "no weights is an error (QH685).",
    ),
    options=(
        Option(name="by", default="—", meaning=Text(zh="单位属性", en="the attribute of the units")),
        Option(
            name="of",
            default="—",
            meaning=Text(zh="每个值下各下级的权重", en="by value, what each child weighs"),
        ),
    ),
    examples=(
        Example(
            shows=Text(
                zh="A 是工业镇：0.7·80 + 0.3·50 = 71；B 是农业镇：0.2·60 + 0.8·90 = 84。",
                en="A is of factories: 0.7·80 + 0.3·50 = 71, B of farms: 0.2·60 + 0.8·90 = 84.",
            ),
            files={
                **joined_files(_POINTS, root=(f"weights: {_BY}",)),
                "units.csv": table("unit,name,type", ("A,Unit A,factory", "B,Unit B,farm")),
            },
            points={"A": 71, "B": 84},
        ),
    ),
)

STATED: Final = (MARKS, RELATIVE, EQUAL, BY_ATTRIBUTE, AHP)
"""In the order in which a person reads them."""
