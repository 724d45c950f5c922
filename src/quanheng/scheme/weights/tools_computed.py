"""赋权方法: weights that a method computes from the points, frozen into the result."""

from __future__ import annotations

from typing import Final

from quanheng.findings.text import Text
from quanheng.scheme.tools.examples import joined_files
from quanheng.scheme.tools.tool import Example, Option, Tool, in_symbols
from quanheng.scheme.weights.methods import (
    BenefitOfTheDoubt,
    Critic,
    Entropy,
    PrincipalComponents,
    StandardDeviation,
)

ENTROPY = Tool(
    name=Entropy.name,
    family="weights",
    title=Entropy.title,
    written="weights: entropy",
    formula=in_symbols("fᵢ = pᵢ/Σp;  e = −Σ fᵢ·ln fᵢ / ln n;  share = (1 − e) / Σ (1 − e)"),
    use=Text(
        zh="不想人为定权、让数据说话时使用：各单位差异大的指标权重大，人人一样的指标权重为 0。注意它奖"
        "励的是差异而不是重要性，每年权重都会变。",
        en="Where nobody should set weights by hand: children on which units differ more weigh more, "
        "and one on which all are alike weighs nothing. Mind that it rewards difference, not "
        "importance, and changes every year.",
    ),
    sources=(
        "Shannon, A mathematical theory of communication (1948)",
        "Hwang and Yoon, Multiple Attribute Decision Making (1981), §3.2",
    ),
    examples=(
        Example(
            shows=Text(
                zh="第一项人人相同，熵为 1，权重为 0；第二项独占全部权重。",
                en="On the first child all are alike: its entropy is 1 and its weight 0; the second "
                "has all the weight.",
            ),
            files=joined_files({"A": ("50", "75"), "B": ("50", "25")}, root=("weights: entropy",)),
            points={"A": 75, "B": 25},
            shares={"first": 0, "second": 1},
        ),
    ),
)

STANDARD_DEVIATION = Tool(
    name=StandardDeviation.name,
    family="weights",
    title=StandardDeviation.title,
    written="weights: std",
    formula=in_symbols("share = sdᵢ / Σ sdⱼ"),
    use=Text(
        zh="与熵权法用意相同而更易解释：得分的标准差越大，权重越大。",
        en="The same idea as entropy weights and easier to explain: the greater the standard "
        "deviation of points, the greater the weight.",
    ),
    sources=(
        "Diakoulaki, Mavrotas and Papayannakis, Determining objective weights: the CRITIC method (1995), §2",
    ),
    examples=(
        Example(
            shows=Text(
                zh="两项的标准差为 10 比 30，权重为 25% 与 75%。",
                en="The standard deviations are as 10 to 30: 25 % and 75 %.",
            ),
            files=joined_files(
                {"A": ("40", "20"), "B": ("50", "50"), "C": ("60", "80")}, root=("weights: std",)
            ),
            points={"A": 25, "B": 50, "C": 75},
            shares={"first": 0.25, "second": 0.75},
        ),
    ),
)

CRITIC = Tool(
    name=Critic.name,
    family="weights",
    title=Critic.title,
    written="weights: critic",
    formula=in_symbols("sᵢ = sdᵢ / (maxᵢ − minᵢ);  Cᵢ = sᵢ·Σⱼ (1 − rᵢⱼ);  share = Cᵢ / Σ C"),
    use=Text(
        zh="既看差异又看重复：与其他指标高度相关的指标带来的新信息少，权重相应降低。适合指标较多、彼此"
        "重叠的体系。差异是得分按最小、最大值缩放到 0–1 之后的标准差，与得分拉开多大无关。",
        en="Looks at difference and at overlap: a child that moves with the others says little that "
        "is new and weighs less. For schemes with many indicators that repeat each other. Difference is "
        "the standard deviation of points scaled to 0–1 by their least and greatest, so it does not matter "
        "how far apart they lie.",
    ),
    sources=(
        "Diakoulaki, Mavrotas and Papayannakis, Determining objective weights: the CRITIC method (1995)",
    ),
    examples=(
        Example(
            shows=Text(
                zh="第一、二项完全同步，第三项与它们反向，标准差相同：冲突为 2、2、4，权重 1/4、1/4、1/2。",
                en="The first two move together, the third against them, with the same standard "
                "deviation: conflict 2, 2 and 4, so 1/4, 1/4 and 1/2.",
            ),
            files=joined_files(
                {"A": ("40", "40", "60"), "B": ("50", "50", "50"), "C": ("60", "60", "40")},
                root=("weights: critic",),
            ),
            points={"A": 50, "B": 50, "C": 50},
            shares={"first": 0.25, "second": 0.25, "third": 0.5},
        ),
    ),
)

PRINCIPAL_COMPONENTS = Tool(
    name=PrincipalComponents.name,
    family="weights",
    title=PrincipalComponents.title,
    written="weights: pca",
    formula=Text(
        en="components with eigenvalue > 1, rotated (varimax);  share ∝ the squared loading on the "
        "component a child loads most on, times that component's part of the explained variance",
        zh="取特征值 > 1 的主成分，方差最大旋转；  "
        "share ∝ 各项在其载荷最大的主成分上的载荷平方 × 该主成分的方差贡献率",
    ),
    use=Text(
        zh="想让权重反映指标的共同变动时使用，做法按 OECD/JRC 手册。单位数要明显多于指标数；只有两个相"
        "关指标时两者必然各半。",
        en="Where weights should follow what varies together, as in the OECD/JRC handbook. Needs "
        "clearly more units than children. With two correlated children it always gives half each.",
    ),
    sources=(
        "OECD/JRC, Handbook on Constructing Composite Indicators (2008), §6.1",
        "Nicoletti, Scarpetta and Boylaud, Summary indicators of product market regulation (2000)",
    ),
    examples=(
        Example(
            shows=Text(
                zh="两项相关：一个主成分，载荷相等，各占一半。",
                en="Two correlated children: one component with equal loadings, half each.",
            ),
            files=joined_files(
                {"A": ("40", "30"), "B": ("50", "60"), "C": ("60", "50"), "D": ("70", "80")},
                root=("weights: pca",),
            ),
            points={"A": 35, "B": 55, "C": 55, "D": 75},
            shares={"first": 0.5, "second": 0.5},
        ),
    ),
)

BENEFIT_OF_THE_DOUBT = Tool(
    name=BenefitOfTheDoubt.name,
    family="weights",
    title=BenefitOfTheDoubt.title,
    written="weights: {bod: {least: 10%, most: 60%}}",
    formula=Text(
        en="p = 100·max_w Σ wᵢ·pᵢ  subject to  Σ wᵢ·pᵢ(u) ≤ 1 for every unit u, w ≥ 0, least ≤ wᵢ·pᵢ/Σ ≤ "
        "most",
        zh="p = 100·max_w Σ wᵢ·pᵢ，  约束：对每个单位 u，Σ wᵢ·pᵢ(u) ≤ 1，w ≥ 0，least ≤ wᵢ·pᵢ/Σ ≤ most",
    ),
    use=Text(
        zh="各单位重点不同、谁也不服统一权重时使用：每个单位用对自己最有利的权重，只要用同样权重没有单"
        "位超过满分。least、most 防止有人把某项权重降到 0。",
        en="Where units have different aims and none accepts common weights: each is given the "
        "weights that show it best, provided that nobody passes full points with them. `least` and "
        "`most` keep a unit from dropping what it is bad at.",
    ),
    options=(
        Option(
            name="least",
            default="0%",
            meaning=Text(
                zh="每项在自身合成值中的最小占比", en="the least part of a child in a unit's own composite"
            ),
        ),
        Option(
            name="most",
            default="100%",
            meaning=Text(zh="每项在自身合成值中的最大占比", en="the greatest part of it"),
        ),
    ),
    sources=("Cherchye et al., An introduction to benefit of the doubt composite indicators (2007)",),
    examples=(
        Example(
            shows=Text(
                zh="A、B 各有所长，都得满分；C 的最好权重是 1/150 与 1/150，得 100·(50 + 50)/150。",
                en="A and B each have a strong side: 100. The best weights for C are 1/150 and 1/150: "
                "100·(50 + 50)/150.",
            ),
            files=joined_files(
                {"A": ("100", "50"), "B": ("50", "100"), "C": ("50", "50")}, root=("weights: bod",)
            ),
            points={"A": 100, "B": 100, "C": 200 / 3},
        ),
    ),
)

COMPUTED: Final = (ENTROPY, STANDARD_DEVIATION, CRITIC, PRINCIPAL_COMPONENTS, BENEFIT_OF_THE_DOUBT)
"""In the order in which a person reads them."""
