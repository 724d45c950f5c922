"""Cases of what stands around, in and between tables."""

from __future__ import annotations

from tests.cases import sheets
from tests.cases.case import AB, ABC, BANDS, DISTRICT, DISTRICT_SCORES, Case, scheme
from tests.cases.parts import (
    ALL_IN_WAN,
    ENDS_LATER,
    HEADINGS,
    ONE,
    OUTPUT,
    PLAIN,
    RATE,
    SOUTH,
    TARGET,
    TAX,
    TOWNS,
    TWO_RATES,
)
from tests.data.books import workbook

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
