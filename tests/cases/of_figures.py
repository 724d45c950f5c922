"""Cases of figures, stretches and records."""

from __future__ import annotations

from tests.cases.case import AB, ABC, DISTRICT, DISTRICT_SCORES, Case, scheme
from tests.cases.parts import HEADINGS, IN_WAN, LATE, OPEN, QUARTERS, RATE, REQUESTS, REVENUE, TWO_COUNTS
from tests.data.books import workbook

FIGURES = (
    Case(
        name="one figure in 万元",
        files={**DISTRICT, "data/a.xlsx": workbook({"6月": [HEADINGS.split(","), *IN_WAN]})},
        codes=("QH436",),
        words=(
            ("a.xlsx!6月!C2", "a.xlsx!6月!C2"),
            ("gdp of T1 in 2023-06 is 546000, about 10,000 times too large", "地区生产总值"),
            ("万元", "万元"),
        ),
        scores=DISTRICT_SCORES,
    ),
    Case(
        name="per cent beside points",
        files={"scheme.yaml": RATE, "units.csv": ABC, "data/f.csv": "unit,r\nA,6.1\nB,5.8%\nC,6.3\n"},
        scores={"A": 61, "B": 58, "C": 63},
    ),
    Case(
        name="targets of 6 and 6%",
        files={
            "scheme.yaml": scheme(
                "a: {kind: flow}", "leaf: {measure: 'growth(a)', weight: 100, rule: {target: {cap: 200}}}"
            ),
            "units.csv": ABC,
            "targets.csv": "unit,indicator,period,target\nA,leaf,2023,6\nB,leaf,2023,6%\nC,leaf,2023,6\n",
            "data/f.csv": "unit,period,a\n"
            + "".join(f"{unit},2022,100\n{unit},2023,106\n" for unit in "ABC"),
        },
        codes=("QH435",),
        words=(("a target of leaf is 6% here and 6 at targets.csv!2:target", "6%"),),
    ),
    Case(
        name="a loss that grows all the year",
        files={
            "scheme.yaml": scheme(
                "a: {kind: cumulative, every: month}",
                "x: {measure: a, weight: 100, rule: {bands: [[-100, 0], [0, 100]]}}",
            ),
            "units.csv": AB,
            "data/f.csv": "unit,period,a\n"
            + "".join(
                f"A,2023-{month:02},{-5 * month}\nB,2023-{month:02},{5 * month}\n" for month in range(1, 13)
            ),
        },
        scores={"A": 40, "B": 100},
    ),
    Case(
        name="a loss that shrinks and grows is one matter",
        files={
            "scheme.yaml": scheme(
                "a: {kind: cumulative, every: month}",
                "x: {measure: a, weight: 100, rule: {bands: [[-100, 0], [0, 100]]}}",
            ),
            "units.csv": AB,
            "data/f.csv": "unit,period,a\n"
            + "".join(
                f"A,2023-{month:02},{50 - 5 * month}\nB,2023-{month:02},{month}\n" for month in range(1, 13)
            ),
        },
        codes=("QH416",),
        words=(("falls from 45 in 2023-01 to 40 in 2023-02", "从 2023-01 的 45 降到 2023-02 的 40"),),
        scores={"A": 90, "B": 100},
    ),
    Case(
        name="a quarter less the year before",
        files={
            "scheme.yaml": REVENUE.replace("MEASURE", "rev - lag(rev, 3m)"),
            "units.csv": AB,
            "data/f.csv": QUARTERS,
        },
        codes=("QH564",),
        words=(("the two are of unequal length", "时长不同"), ("own(rev)", "own(rev)")),
    ),
    Case(
        name="a quarter's own part",
        files={
            "scheme.yaml": REVENUE.replace("MEASURE", "own(rev)"),
            "units.csv": AB,
            "data/f.csv": QUARTERS,
        },
        scores={"A": 60, "B": 60},
    ),
)

LEDGERS = (
    *(
        Case(
            name=f"{name} in the scheme first",
            files={
                "scheme.yaml": scheme(items, TWO_COUNTS),
                "units.csv": AB,
                "ledgers/req.csv": REQUESTS,
            },
            scores={"A": 90, "B": 100},
        )
        for name, items in (("what is open", f"{OPEN}, {LATE}"), ("what is late", f"{LATE}, {OPEN}"))
    ),
    Case(
        name="due at six and closed at half past seven",
        files={
            "scheme.yaml": scheme(
                "due: {count: req}, ontime: {count: req, where: closed_on <= due_on}",
                "leaf: {measure: ontime / due, weight: 100, rule: {bands: [[0, 0], [1, 100]]}}",
            ),
            "units.csv": AB,
            "ledgers/req.csv": "id,unit,due_on,closed_on\n1,A,2023-01-05 18:00,2023-01-05 19:30\n"
            "2,B,2023-01-05 18:00,2023-01-05 17:30\n",
        },
        scores={"A": 0, "B": 100},
    ),
    Case(
        name="words that differ in capitals and width",
        files={
            "scheme.yaml": scheme(
                "n: {count: req, where: state == 'closed'}, t: {count: req}",
                "leaf: {measure: n / t, weight: 100, rule: {bands: [[0, 0], [1, 100]]}}",
            ),
            "units.csv": AB,
            "ledgers/req.csv": "id,unit,state\n1,A,closed\n2,A,Closed\n3,A,ｃｌｏｓｅｄ\n4,B,closed\n",
        },
        codes=("QH479", "QH479"),
        words=(("stands 'Closed' (1 times)", "“Closed”"), ("where the scheme asks for 'closed'", "“closed”")),
    ),
    Case(
        name="a word that no record has",
        files={
            "scheme.yaml": scheme(
                "n: {count: req, where: state == 'closd'}, t: {count: req}",
                "leaf: {measure: n / t, weight: 100, rule: {bands: [[0, 0], [1, 100]]}}",
            ),
            "units.csv": AB,
            "ledgers/req.csv": "id,unit,state\n1,A,closed\n4,B,closed\n",
        },
        codes=("QH481",),
        words=(("no record has 'closd'", "closd"),),
        scores={"A": 0, "B": 0},
    ),
)
