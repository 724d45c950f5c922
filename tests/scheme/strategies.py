"""Schemes made by Hypothesis: plain values as YAML gives them, lawful by construction.

schemes()    lawful values: they load without findings of error level
documents()  the documents these values mean
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias, get_args

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from quanheng.scheme.document.document import Document
from quanheng.scheme.document.published import Part
from quanheng.scheme.files.read import document_from

Plain: TypeAlias = dict[str, Any]

_LETTERS = "abcdefgh_指标经济"
_TEXT_SIGNS = st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"))
_RESERVED = frozenset({"total", "and", "or", "not", "in", "unit", "name", "group", "period", "item", "value"})
_WORDS = frozenset({"x", "target"})


def labels() -> SearchStrategy[Any]:
    """Texts for people, awkward ones among them, or texts in two languages."""
    awkward = st.sampled_from(
        ["yes", "null", "1", "1.50", "2023-06-30", "a: b", "# x", "- y", "'", '"', " z ", "~"]
    )
    line = st.one_of(awkward, st.text(_TEXT_SIGNS, min_size=1, max_size=12), st.just("地区生产总值（亿元）"))
    return st.one_of(line, st.fixed_dictionaries({"zh": line}, optional={"en": line}))


def codes(*, size: int) -> SearchStrategy[list[str]]:
    """So many codes, each once, none of them reserved."""
    code = st.text(_LETTERS, min_size=1, max_size=6).filter(lambda text: text not in _RESERVED | _WORDS)
    return st.lists(code, min_size=size, max_size=size, unique=True)


def numbers(low: float = 0, high: float = 100) -> SearchStrategy[float]:
    """Numbers as people write them: whole, or with a few decimals."""
    whole = st.integers(min_value=int(low), max_value=int(high))
    return st.one_of(whole, st.floats(low, high, allow_nan=False).map(lambda number: round(number, 3)))


def shares() -> SearchStrategy[Any]:
    """Shares as numbers or percentages."""
    return st.one_of(
        st.floats(0, 1).map(lambda share: round(share, 12)),
        st.integers(0, 100).map(lambda number: f"{number}%"),
    )


def measures(items: list[str]) -> SearchStrategy[str]:
    """Formulas over `items`."""
    item = st.sampled_from(items)
    return st.one_of(
        item,
        st.builds("{} / {}".format, item, item),
        st.builds("change(share({}))".format, item),
        st.builds("lag({}, 3m) * 1.5".format, item),
        st.builds("where({0} >= 8%, {0}, -{1} ** 2)".format, item, item),
        st.builds("coalesce({}, log({}))".format, item, item),
        st.builds("max({}, 10) - min({}, 2)".format, item, item),
    )


@st.composite
def rising(draw: DrawFn, *, least: int) -> list[list[float]]:
    """Rows of a threshold and points, thresholds rising."""
    thresholds = draw(st.lists(st.integers(-50, 200), min_size=least, max_size=5, unique=True).map(sorted))
    return [[threshold, draw(numbers())] for threshold in thresholds]


@st.composite
def scales(draw: DrawFn, items: list[str]) -> Plain:
    anchors = st.one_of(
        st.just("observed"),
        st.just("target"),
        st.sampled_from(["q5", "q90", "log(100)", "2 * 3"]),
        st.sampled_from(items).map(lambda item: {"item": item}),
        st.just({"unit": "DEU"}),
    )
    keys: Plain = {
        "base": draw(numbers(1, 90)),
        "clamp": draw(st.sampled_from(["both", "above", "below", "none"])),
    }
    if draw(st.booleans()):
        keys |= {"worst": draw(numbers(0, 40)), "best": draw(numbers(50, 90))}
    else:
        keys |= {"worst": draw(anchors)}
    if draw(st.booleans()):
        keys |= {"curve": "exponential", "round_ratio": draw(st.integers(0, 6))}
    return {"scale": keys}


def rules(items: list[str]) -> SearchStrategy[Any]:
    """Every rule, in its short and long forms."""
    slope_up = st.fixed_dictionaries(
        {"per": st.just("1%"), "add": numbers(1, 5), "up_to": numbers(101, 120)},
        optional={"whole": st.booleans()},
    )
    slope_down = st.fixed_dictionaries(
        {"per": numbers(1, 5), "take": numbers(1, 5)}, optional={"down_to": st.just(20)}
    )
    return st.one_of(
        st.sampled_from(["scale", "target", "place", "percentile", "zscore", "given"]),
        scales(items),
        st.just({"target": {"met_only": True}}),
        st.fixed_dictionaries(
            {"target": st.fixed_dictionaries({"floor": numbers(0, 50)}, optional={"cap": numbers(60, 120)})}
        ),
        st.fixed_dictionaries(
            {"base": numbers(60, 100)},
            optional={
                "over": slope_up,
                "short": slope_down,
                "compare": st.sampled_from(["ratio", "difference"]),
            },
        ).map(lambda keys: {"target": keys}),
        rising(least=2).map(lambda table: {"bands": table}),
        rising(least=1).map(lambda table: {"steps": table}),
        st.builds(
            lambda table, rest: {"steps": {"table": table, "otherwise": rest}}, rising(least=1), numbers()
        ),
        st.fixed_dictionaries({"first": numbers(60, 120), "last": numbers(0, 50)}).map(
            lambda keys: {"place": keys}
        ),
        st.fixed_dictionaries({"step": numbers(1, 5), "floor": numbers(0, 90)}).map(
            lambda keys: {"place": keys}
        ),
        st.just({"place": {"table": {"1-3": 100, "4-6": 70, 7: 50}, "otherwise": 10}}),
        st.fixed_dictionaries({"ref": st.sampled_from(["best", "mean", "median", 24.097, *items])}).map(
            lambda keys: {"ratio": keys}
        ),
        st.just({"zscore": {"center": 80, "spread": 8, "ddof": 0}}),
        st.fixed_dictionaries(
            {"each": numbers(1, 9)}, optional={"from": numbers(50, 120), "floor": numbers(0, 40)}
        ).map(lambda keys: {"deduct": keys}),
        st.just({"ideal": {"between": [95, 100], "width": 20}}),
        st.sampled_from(items).map(lambda item: {"met": f"x >= 80 and {item} > 0 or x >= target"}),
        st.just({"given": {"range": [0, 120]}}),
    )


def leaf_keys(items: list[str]) -> SearchStrategy[Plain]:
    """What an indicator may say beside its measure and weight."""
    missing = st.one_of(
        st.sampled_from(["error", "zero", "worst", "redistribute", "neutral"]),
        st.fixed_dictionaries(
            {"fill": st.sampled_from(["mean", "median"])},
            optional={"within": st.just("所属片区"), "at": st.sampled_from(["value", "points"])},
        ),
    )
    treat = st.one_of(
        st.sampled_from(["log", "none"]),
        st.just({"winsorise": 5, "then": "log", "skewness": 2, "kurtosis": 3.5}),
        st.just({"quantiles": ["5%", 0.95]}),
    )
    gaps = st.fixed_dictionaries(
        {}, optional={"missing": missing, "not_applicable": st.sampled_from(["redistribute", "full"])}
    )
    return st.fixed_dictionaries(
        {"measure": measures(items), "rule": rules(items)},
        optional={
            "name": labels(),
            "gaps": gaps,
            "treat": treat,
            "within": st.sampled_from(["group", "all"]),
            "coefficient": st.sampled_from(["1.2", f"where({items[0]} > 10, 1.02, 1)"]),
            "note": labels(),
            "floor": st.sampled_from([0, -2.5]),
            "cap": st.sampled_from([1, 12.5]),
            "pace": own_paces(),
        },
    )


def aggregates() -> SearchStrategy[Any]:
    """Every aggregation."""
    words = st.sampled_from(["arithmetic", "geometric", "harmonic", "min", "max", "product", "copeland"])
    powers = st.sampled_from([-1, 0.5, 2]).map(lambda exponent: {"power": exponent})
    choices = st.builds(
        lambda which, count: {which: count}, st.sampled_from(["best", "last"]), st.integers(1, 5)
    )
    return st.one_of(words, powers, choices)


@st.composite
def trees(draw: DrawFn, nodes: list[str], items: list[str], groups: list[str]) -> Plain:
    """Dimensions and indicators with the codes `nodes`; every indicator is for all groups."""
    tree: Plain = {}
    left = list(nodes)
    while left:
        code = left.pop()
        size = draw(st.integers(0, min(3, len(left))))
        if size == 0:
            tree[code] = draw(leaf_keys(items)) | {"weight": draw(weights(groups))}
            continue
        below, left = left[:size], left[size:]
        method = draw(
            st.sampled_from(
                ["marks", "relative", "equal", "entropy", "critic", "std", "pca", "bod", "ahp", "by"]
            )
        )
        weighed = method in {"marks", "relative"}
        children = {
            child: draw(leaf_keys(items)) | ({"weight": draw(weights(groups))} if weighed else {})
            for child in below
        }
        tree[code] = {
            "children": children,
            "aggregate": draw(aggregates()),
            "weights": draw(methods(method, below)),
        }
        if method != "marks":
            tree[code]["weight"] = draw(weights(groups))
    return tree


def weights(groups: list[str]) -> SearchStrategy[Any]:
    """One weight, or one for each group."""
    weight = st.integers(1, 40)
    return st.one_of(weight, st.fixed_dictionaries(dict.fromkeys(groups, weight))) if groups else weight


def _by_attribute(nodes: Iterable[Mapping[str, Any]]) -> bool:
    """Return whether children are weighed by an attribute of the unit somewhere in or below `nodes`."""
    return any(
        (isinstance(node.get("weights"), dict) and "by" in node["weights"])
        or _by_attribute(node.get("children", {}).values())
        for node in nodes
        if isinstance(node, dict)
    )


def methods(method: str, children: list[str]) -> SearchStrategy[Any]:
    """The weight method as it may be written."""
    if method == "ahp":
        ones = [[1] * len(children) for _ in children]
        return st.sampled_from([{"ahp": {"matrix": ones}}, {"ahp": {"order": children, "matrix": ones}}])
    if method == "by":
        return st.just(
            {"by": "类型", "of": {"工业镇": dict.fromkeys(children, 2), "农 业": {children[0]: 1}}}
        )
    if method == "bod":
        return st.sampled_from(["bod", {"bod": {"least": "5%", "most": 1.0}}])
    return st.just(method)


@st.composite
def grades(draw: DrawFn, nodes: list[str], items: list[str], groups: list[str]) -> Plain:
    """Adjustments, rounding, ties, tiers, awards, pace, reviews and ledgers; each may be missing."""
    item, node = items[0], nodes[0]
    return draw(
        st.fixed_dictionaries(
            {},
            optional={
                "adjustments": st.just(
                    {
                        "bonus": {
                            "cap": 5,
                            "when": f"{item} >= 8%",
                            "categories": {"创新": {"cap": 2}, "old": {}},
                            "nodes": {node: {"cap": 3, "categories": {"创新": 1}}},
                        },
                        "penalty": {"cap": 10.5, "nodes": {node: 4}},
                        "veto": {"tier": "不合格"},
                        "rules": [
                            {"name": "奖", "kind": "bonus", "marks": f"where(place({item}) == 1, 0.5, 0)"},
                            {
                                "name": "罚",
                                "kind": "penalty",
                                "marks": 3,
                                "when": f"{item} < 0",
                                "node": node,
                            },
                            {"name": "否", "kind": "veto", "when": f"{item} >= 1"},
                        ],
                    }
                ),
                "rounding": st.fixed_dictionaries(
                    {}, optional=dict.fromkeys(["ratio", "points", "scores", "total"], st.integers(0, 9))
                ),
                "ties": st.sampled_from([{"break_by": node}, {"break_by": nodes}]),
                "tiers": st.just(
                    [
                        {"name": "第一等次", "top": "30%", "at_least": 85, "unless": "veto or score < 60"},
                        {"name": "第二等次", "top": 0.8},
                        {"name": "第三等次"},
                        {"name": "末位", "last": {"share": "5%", "round": "up"}, "where": "score < 60"},
                    ]
                )
                | st.just(
                    [
                        {
                            "name": "优",
                            "top": dict.fromkeys(groups, 3),
                            "at_least": dict.fromkeys(groups, 60),
                        },
                        {"name": "良", "top": {group: {"share": "30%", "round": "down"} for group in groups}},
                        {"name": "中", "groups": groups},
                    ]
                    if groups
                    else [{"name": "优"}]
                ),
                "awards": st.just(
                    [
                        {"name": "先进单位", "from": groups, "take": 3, "where": "place <= 10", "by": item},
                        {
                            "name": "争先进位奖",
                            "where": "place_gain >= 2 and not vetoed",
                            "to": "领导",
                            "every": "quarter",
                        },
                        {"name": "连续优胜奖", "where": "first_tier_streak >= 2", "veto": "allowed"},
                    ]
                ),
                "pace": paces(),
                "reviews": reviews(nodes),
                "ledgers": ledgers(),
            },
        )
    )


def paces() -> SearchStrategy[Plain]:
    """What a scheme, or one of its indicators, may say of pace."""
    curve = st.sampled_from(
        ["even", "seasonal", {"seasonal": 3}, {"2023-Q1": "22%", "2023-H1": 0.48, "2023-Q3": "72.5%"}]
    )
    lights = st.sampled_from(
        [
            {},
            {"red": "growth < 0 and due > 0", "yellow": "value < average"},
            {"green": "completion >= 100%", "yellow": "target - value > 1"},
        ]
    )
    return st.fixed_dictionaries(
        {},
        optional={
            "curve": curve,
            "at": st.sampled_from([{}, {"2023-H1": "50%"}, {"2023-01": 0.01, "2023-Q3": "90%", "2023": 1}]),
            "yellow": st.sampled_from(["95%", 0.99]),
            "red": st.sampled_from(["85%", 0.5]),
            "when": lights,
            "repeat": st.integers(1, 5),
            "due_soon": st.integers(0, 60),
            "every": st.sampled_from(["month", "quarter", "half", "year"]),
        },
    )


def own_paces() -> SearchStrategy[Any]:
    """What an indicator may say of its own pace."""
    target = st.sampled_from(["accumulates", "level", "from_start"])
    with_target = st.builds(lambda keys, nature: {**keys, "target": nature}, paces(), target)
    return st.one_of(st.just("none"), paces(), with_target)


def reviews(nodes: list[str]) -> SearchStrategy[Plain]:
    """Reviews of some nodes, of one, or of what is reported often enough."""
    return st.fixed_dictionaries(
        {"every": st.sampled_from(["month", "quarter"])},
        optional={
            "nodes": st.sampled_from([nodes, nodes[0], []]),
            "through": st.just("half"),
            "fold": st.just({"reviews": "40%", "year": 0.6}),
        },
    )


def ledgers() -> SearchStrategy[Plain]:
    """Ledgers, some of them with all that can be said of one."""
    full = {
        "name": {"zh": "群众诉求", "en": "requests"},
        "key": "编号 No.",
        "unit": "handled_by",
        "owner": "officer",
        "evidence": "proof",
        "opened": "received_on",
        "due": "due_on",
        "closed": "yes",
        "states": {"column": "null", "moves": {"受理": ["办理"], "no": ["1", "受理"], "办理": [], "1": None}},
        "fields": {
            "received_on": "date",
            "编号 No.": {"needed": True},
            "a: b": {"sort": "number", "least": -1.5, "most": 100},
            "topic": {"one_of": ["供水", "1", "yes"]},
        },
    }
    few = {"states": {"column": "s", "moves": {"甲": "乙", "乙": "甲"}, "first": "甲", "done": ["乙"]}}
    return st.dictionaries(
        st.sampled_from(["requests", "tasks", "台账"]), st.sampled_from([full, few, {}, None, "任务"])
    )


def campaigns(declared: Plain, indicators: list[str]) -> SearchStrategy[Plain]:
    """Campaigns over the ledgers that are declared."""
    if not declared:
        return st.just({})
    steps = [
        {"name": "动员部署", "by": "2022-03-31", "done": "10%"},
        {"name": "收官", "by": "2024-12-31", "done": 1},
    ]
    keys = st.fixed_dictionaries(
        {"ledger": st.sampled_from(sorted(declared))},
        optional={
            "name": labels(),
            "where": st.just("campaign == '治本攻坚' and done_on <= 2024-12-31"),
            "from": st.just("2022-01-01"),
            "to": st.just("2024-12-31"),
            "milestones": st.sampled_from([steps, steps[:1], []]),
            "indicators": st.sampled_from([indicators, indicators[0]]),
        },
    )
    return st.dictionaries(st.sampled_from(["safety_action", "行动"]), keys)


@st.composite
def schemes(draw: DrawFn) -> Plain:
    """A lawful scheme as plain values."""
    names = draw(codes(size=13))
    items, nodes = names[: draw(st.integers(1, 4))], names[4 : 4 + draw(st.integers(1, 6))]
    groups = names[10 : 10 + draw(st.integers(0, 3))]
    tree = draw(trees(nodes, items, groups))
    top: Plain = {
        "quanheng": 1,
        "id": draw(st.sampled_from(["district-2023", "方案1", "a.b_c", "2023"])),
        "title": draw(labels()),
        "round": draw(st.sampled_from([2023, "2023", "2023-H1", "2023-Q4", "2023-06"])),
        "items": {item: draw(item_keys()) for item in items},
        "weights": "relative",
        "indicators": {code: node | _own_method(node) for code, node in tree.items()},
    }
    if groups:
        top["groups"] = {group: draw(group_keys()) for group in groups}
    if draw(st.booleans()):
        if not _by_attribute(tree.values()):  # a share of weights that differ by unit cannot be asked for
            top["gaps"] = {"at_least": draw(shares())}
        top["defaults"] = {"rule": draw(rules(items)), "direction": "more", "gaps": {"missing": "zero"}}
    top |= draw(grades(nodes, items, groups))
    if "ledgers" in top:
        leaves = [code for code in nodes if code in _leaves(tree)]
        top["campaigns"] = draw(campaigns(top["ledgers"], leaves))
    if draw(st.booleans()):
        top["workbook"] = draw(st.booleans())
    if draw(st.booleans()):
        top["publish"] = draw(st.lists(st.sampled_from(get_args(Part)), min_size=1, unique=True))
    return top


def group_keys() -> SearchStrategy[Any]:
    """A group in all its forms."""
    return st.one_of(
        st.none(), labels(), st.fixed_dictionaries({"name": labels(), "marks": st.integers(1, 1000)})
    )


def item_keys() -> SearchStrategy[Any]:
    """An item in all its forms."""
    return st.one_of(
        st.none(),
        labels().filter(lambda label: isinstance(label, str)),
        st.fixed_dictionaries(
            {"name": labels()},
            optional={
                "measured_in": st.sampled_from(["%", "亿元", "years"]),
                "kind": st.sampled_from(["cumulative", "flow", "stock", "rate", "date"]),
                "every": st.sampled_from(["year", "half", "quarter", "month"]),
                "from": st.just("统计局"),
                "scope": st.just("含开发区"),
            },
        ),
        st.just(
            {"count": "hazards", "where": "due_on <= period_end and level in ('重大', '较大')", "by": "镇街"}
        ),
        st.just({"sum": "projects.金额（万元）", "where": "`付款 日期` <= 2023-06-30"}),
        st.just({"mean": "tasks.rating"}),
        st.just({"attribute": "area"}),
    )


def documents() -> SearchStrategy[Document]:
    """The documents of lawful schemes."""
    return schemes().map(document_from)


def _leaves(tree: Plain) -> set[str]:
    """Return the codes of the indicators of `tree`."""
    return {
        leaf
        for code, node in tree.items()
        for leaf in (_leaves(node["children"]) if "children" in node else {code})
    }


def _own_method(node: Plain) -> Plain:
    """State `marks` where it is meant, since the top of the scheme says `relative`."""
    return {"weights": node["weights"]} if "children" in node else {}
