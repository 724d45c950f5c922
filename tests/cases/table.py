"""All cases of what goes in, with what is right for each, worked out by hand."""

from __future__ import annotations

from tests.cases import sheets
from tests.cases.case import AB, ABC, BANDS, DISTRICT, DISTRICT_SCORES, REDISTRIBUTE, Case, scheme
from tests.data.books import Cell, workbook

OUTPUT = scheme(
    "v: {name: {zh: 产值, en: Output}, kind: flow}",
    f"leaf: {{measure: v, weight: 100, {BANDS}}}",
    further=REDISTRIBUTE,
)
RATE = scheme(
    "r: {name: Rate, measured_in: 百分点, kind: rate}", f"leaf: {{measure: r, weight: 100, {BANDS}}}"
)
ONE = scheme("x: {}", "p: {measure: x, weight: 100, rule: {scale: {}}}")
TAX = scheme(
    "x: {name: 税收, kind: cumulative, every: quarter}", "k: {weight: 100, measure: x, rule: {target: {}}}"
)
TARGET = "unit,indicator,period,target\n*,k,2023,100\n"
PLAIN = "unit\nA\nB\n"
TWO_RATES = scheme(
    "r: {measured_in: '%', kind: rate}, v: {}",
    f"leaf: {{measure: r, weight: 50, {BANDS}}}, l2: {{measure: v, weight: 50, {BANDS}}}",
    further=REDISTRIBUTE,
)
REVENUE = scheme(
    "rev: {kind: cumulative, every: quarter}",
    "leaf: {measure: 'MEASURE', weight: 100, rule: {bands: [[0, 0], [100, 100]]}}",
    round_="2023-Q1",
)
QUARTERS = "unit,period,rev\n" + "".join(
    f"{unit},{year}-Q{quarter},{first * quarter}\n"
    for unit in "AB"
    for year, first in ((2022, 50), (2023, 60))
    for quarter in range(1, 5)
)
LATE, OPEN = "late: {count: req, where: closed_on > period_end}", "open: {count: req, where: closed_on == ''}"
TWO_COUNTS = (
    "leaf: {measure: open, weight: 50, rule: {deduct: {each: 10}}}, "
    "leaf2: {measure: late, weight: 50, rule: {deduct: {each: 10}}}"
)
REQUESTS = "id,unit,closed_on\n1,A,\n2,A,\n3,B,2023-01-07\n"
HEADINGS = "单位,期间,地区生产总值,地区生产总值增速,诉求件数"
TOWNS: list[list[Cell]] = [["东港镇", "2023年6月", 54.6, 6.1, 120], ["西柳镇", "2023年6月", 40.2, 5.2, 98]]
SOUTH: list[Cell] = ["南岭镇", "2023年6月", 33.3, 7.4, 77]
IN_WAN: list[list[Cell]] = [["东港镇", "2023年6月", 546000, 6.1, 120], *TOWNS[1:], SOUTH]
ALL_IN_WAN: list[list[Cell]] = [[*row[:2], 10_000 * float(str(row[2])), *row[3:]] for row in (*TOWNS, SOUTH)]
ENDS_LATER = ("and 2023 ends later", "未到 2023 期末")

CONTEXT = (
    Case(
        name="a line above the headings in 万元",
        files={
            "scheme.yaml": OUTPUT.replace("kind: flow", "kind: flow, measured_in: 亿元"),
            "units.csv": AB,
            "data/f.csv": "各镇主要指标,\n,单位：万元\nunit,产值\nA,61000\nB,58000\n",
        },
        codes=("QH418",),
        words=(("the table says '万元'", "万元"), ("measures v in '亿元'", "亿元")),
        scores={"A": 100, "B": 100},
    ),
    Case(
        name="a title of another year",
        files={
            "scheme.yaml": OUTPUT,
            "units.csv": AB,
            "data/f.csv": "2022年各镇产值,\nunit,产值\nA,1\nB,2\n",
        },
        codes=("QH414", "QH385"),
        words=(("those of 2022 (2022年), as the title says", "2022年"),),
    ),
    Case(
        name="a file of another year",
        files={"scheme.yaml": OUTPUT, "units.csv": AB, "data/2022.csv": "unit,产值\nA,1\nB,2\n"},
        codes=("QH414", "QH385"),
        words=(("as the name of the file says", "文件名"),),
    ),
    Case(
        name="the place by output is not the output",
        files={"scheme.yaml": OUTPUT, "units.csv": AB, "data/f.csv": "unit,产值（位次）\nA,1\nB,2\n"},
        codes=("QH389", "QH414"),
        words=(("is another thing than v, for '位次' is written with it", "位次"),),
    ),
    Case(
        name="title and file say May, the sheet June",
        files={
            **DISTRICT,
            "data/2023年5月.xlsx": workbook(
                {
                    "6月": [
                        ["2023年5月主要指标"],
                        HEADINGS.replace("期间,", "").split(","),
                        *[[row[0], *row[2:]] for row in (*TOWNS, SOUTH)],
                    ]
                }
            ),
        },
        codes=("QH383",),
        words=(("the title says '2023年5月', the name of the sheet says '6月'", "“2023年5月”"),),
    ),
    Case(
        name="a table of January",
        files={
            "scheme.yaml": TAX.replace("quarter", "month"),
            "units.csv": "单位\n甲\n乙\n",
            "targets.csv": TARGET,
            "data/d.csv": "2023年1月税收完成情况,\n单位,x\n甲,8\n乙,9\n合计,17\n",
        },
        codes=("QH330", "QH385", "QH566"),
        words=(("x goes up to 2023-01 only", "税收 只报到 2023-01"), ENDS_LATER),
    ),
    Case(
        name="half a year is not the year",
        files={
            "scheme.yaml": TAX,
            "units.csv": "单位\n甲\n乙\n",
            "targets.csv": TARGET,
            "data/d.csv": "单位,期间,x\n甲,2023-Q1,25\n乙,2023-Q1,24\n甲,2023-Q2,50\n乙,2023-Q2,51\n",
        },
        codes=("QH566",),
        words=(("x goes up to 2023-Q2 only", "税收 只报到 2023-Q2"), ENDS_LATER),
    ),
    Case(
        name="a line above the headings of the district in 万元",
        files={
            **DISTRICT,
            "data/a.xlsx": workbook(
                {
                    "6月": [
                        ["2023年6月指标", "", "", "", "单位：万元、%、件"],
                        HEADINGS.split(","),
                        *ALL_IN_WAN,
                    ]
                }
            ),
        },
        codes=("QH418",),
        words=(("the table says '万元', the scheme measures gdp in '亿元'", "万元"),),
        scores=DISTRICT_SCORES,
    ),
    Case(
        name="years across",
        files={
            "scheme.yaml": ONE,
            "units.csv": PLAIN,
            "data/f.csv": "unit,2021,2022,2023\nA,10,11,12\nB,12,13,14\n",
        },
        codes=("QH392",),
        words=(("the headings '2021' … '2023' are periods", "“2021”…“2023”是期间"),),
        scores={"A": 0, "B": 100},
    ),
)
TEXTS = (
    Case(
        name="semicolons and commas",
        files={
            "scheme.yaml": RATE.replace("r: {name: Rate, measured_in: 百分点", "r: {name: Rate"),
            "units.csv": ABC,
            "data/f.csv": "unit;r\nA;6,125\nB;5,875\nC;6,310\n",
        },
        codes=("QH349", "QH347"),
        words=(("'6,125' may be 6.125 or 6125", "6.125"),),
    ),
    Case(
        name="Western names in Windows-1252",
        files={
            "scheme.yaml": ONE,
            "units.csv": "unit,name\nCIV,Côte d'Ivoire\nREU,Réunion\nCUW,Curaçao\n".encode("cp1252"),
            "data/f.csv": "unit,x\nCIV,1\nREU,2\nCUW,3\n",
        },
        codes=("QH349",),
        words=(
            ("read as Windows-1252", "Windows-1252"),
            ("Côte d'Ivoire", "Côte d'Ivoire"),
            ("Curaçao", "Curaçao"),
        ),
        scores={"CIV": 0, "REU": 50, "CUW": 100},
    ),
)
WORKBOOKS = (
    *(
        Case(
            name=f"per cent and an error, {name}",
            files={"scheme.yaml": TWO_RATES, "units.csv": ABC, "data/f.xlsx": sheets.rates(change)},
            codes=("QH327",),
            words=(
                ("f.xlsx!Sheet1!C4", "f.xlsx!Sheet1!C4"),
                ("'#N/A' stands where a number", "“#N/A”应为数字"),
            ),
        )
        for name, change in (
            ("as a spreadsheet writes them", str),
            ("attributes in another order", sheets.in_another_order),
            ("cells without a reference", sheets.without_references),
        )
    ),
    Case(
        name="a formula that was never computed",
        files={
            "scheme.yaml": scheme(
                "v: {}, w: {}",
                f"x: {{measure: v, weight: 50, {BANDS}}}, y: {{measure: w, weight: 50, {BANDS}}}",
            ),
            "units.csv": ABC,
            "data/f.xlsx": sheets.never_computed(),
        },
        codes=("QH352",),
        words=(("no spreadsheet has computed them: B2", "B2"), ("open", "打开")),
    ),
    Case(
        name="headings over two rows",
        files={
            **DISTRICT,
            "data/a.xlsx": workbook(
                {
                    "6月": [
                        ["2023年6月主要指标"],
                        ["", "", "", "", "单位：亿元"],
                        ["单位", "期间", "地区生产总值", "", "诉求件数"],
                        ["", "", "总量", "增速", ""],
                        *TOWNS,
                        SOUTH,
                        ["合计", "", 128.1, 6.2, 295],
                    ]
                },
                merged={
                    "6月": {"C3:D3": "地区生产总值", "A3:A4": "单位", "B3:B4": "期间", "E3:E4": "诉求件数"}
                },
            ),
        },
        codes=("QH330",),
        words=(("totals", "合计"),),
        scores=DISTRICT_SCORES,
    ),
)
STRANGERS = (
    Case(
        name="a column that is no item",
        files={
            "scheme.yaml": ONE,
            "units.csv": PLAIN,
            "data/f.csv": "unit,region,x\nA,north,12\nB,south,14\n",
        },
        codes=("QH367",),
        words=(("columns passed over, for they are none that is asked for (1): region", "region"),),
        scores={"A": 0, "B": 100},
    ),
    Case(
        name="totals of parts, signatures and remarks",
        files={
            **DISTRICT,
            "data/a.xlsx": workbook(
                {
                    "6月": [
                        HEADINGS.split(","),
                        ["一、工业类"],
                        *TOWNS,
                        ["工业类小计", "", 94.8, "", 218],
                        ["二、其他"],
                        SOUTH,
                        ["全区合计", "2023年6月", 128, 6, 295],
                        ["全区平均", "2023年6月", 128, 6, 295],
                        ["备注：1.数据来源统计局。"],
                        ["填表人：张某"],
                        ["审核人：李某", "", "", "2023年7月5日"],
                    ]
                }
            ),
        },
        codes=("QH330",),
        words=(("signatures (8)", "8 行"), ("工业类小计", "全区合计"), ("审核人", "审核人")),
        scores=DISTRICT_SCORES,
    ),
    Case(
        name="marks of which the scheme says nothing",
        files={
            "scheme.yaml": ONE,
            "units.csv": "unit\nA\nB\nC\nD\nE\n",
            "data/f.csv": 'unit,x\nA,10\nB,NA\nC,..\nD,n.a.\nE,"0,784"\n',
        },
        codes=("QH327", "QH371"),
        words=(("(3): NA, '..', n.a.", "NA"), ("missing_marks", "missing_marks"), ("'0,784'", "“0,784”")),
    ),
    Case(
        name="marks that the scheme names",
        files={
            "scheme.yaml": ONE.replace("rule: {scale: {}}", "rule: {scale: {}}, gaps: {missing: zero}")
            + "missing_marks: [NA, '..', n.a.]\n",
            "units.csv": "unit\nA\nB\nC\nD\nE\n",
            "data/f.csv": "unit,x\nA,10\nB,NA\nC,..\nD,n.a.\nE,20\n",
        },
        codes=("QH415", "QH415", "QH415", "QH370"),
        words=(("(3): NA, '..', n.a.", "NA"),),
        scores={"A": 0, "B": 0, "C": 0, "D": 0, "E": 100},
    ),
    Case(
        name="-999 among the others",
        files={
            "scheme.yaml": ONE,
            "units.csv": "unit\nA\nB\nC\nD\n",
            "data/f.csv": "unit,x\nA,10\nB,12\nC,11\nD,-999\n",
        },
        codes=("QH375",),
        words=(("-999", "-999"), ("missing_marks", "missing_marks")),
        # from -999 to 12 are 1011: 1009 and 1010 of them
        scores={"A": 99.802176, "B": 100, "C": 99.901088, "D": 0},
    ),
    Case(
        name="-999 as a mark",
        files={
            "scheme.yaml": ONE.replace("rule: {scale: {}}", "rule: {scale: {}}, gaps: {missing: zero}")
            + "missing_marks: [-999]\n",
            "units.csv": "unit\nA\nB\nC\nD\n",
            "data/f.csv": "unit,x\nA,10\nB,12\nC,11\nD,-999\n",
        },
        codes=("QH415", "QH370"),
        scores={"A": 0, "B": 100, "C": 50, "D": 0},
    ),
)
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
CASES = (*CONTEXT, *TEXTS, *WORKBOOKS, *STRANGERS, *FIGURES, *LEDGERS)
