from __future__ import annotations

import io
import json

from quanheng.cli.show import Column, Screen
from quanheng.findings.finding import Kind, Location
from quanheng.findings.text import Text

COLUMNS = (
    Column(heading=Text(en="unit", zh="单位")),
    Column(heading=Text(en="score", zh="得分"), number=True),
)
KIND = Kind(
    code="QH999", severity="error", en="no {what}", zh="没有{what}", hint_en="add it", hint_zh="请补充"
)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def screen(*, json: bool = False, language: str = "en", out: io.StringIO | None = None) -> Screen:
    return Screen(
        language="zh" if language == "zh" else "en", json=json, out=out or io.StringIO(), err=io.StringIO()
    )


def test_table_in_a_pipe_is_aligned_by_what_characters_take_on_a_terminal() -> None:
    out = io.StringIO()

    screen(out=out, language="zh").table(COLUMNS, [("东镇", "9.50"), ("Westtown", "88.25")])

    assert out.getvalue() == "单位       得分\n东镇       9.50\nWesttown  88.25\n"


def test_table_on_a_terminal_is_drawn() -> None:
    out = Terminal()

    screen(out=out).table(COLUMNS, [("[A]", "9.50")])

    assert "╭" in out.getvalue()
    assert "[A]" in out.getvalue()


def test_json_answers_with_one_document_only() -> None:
    out = io.StringIO()
    answering = screen(out=out, json=True)

    answering.say(Text(en="done", zh="完成"))
    answering.table(COLUMNS, [("A", "1")])
    answering.record({"unit": "甲"})

    assert json.loads(out.getvalue()) == {"unit": "甲"}
    assert "甲" in out.getvalue()


def test_findings_are_printed_in_the_readers_language_with_their_count() -> None:
    out = io.StringIO()

    screen(out=out, language="zh").findings([KIND.at(Location(file="units.csv"), what="单位")], answer=True)

    assert out.getvalue() == "units.csv: 错误 QH999 没有单位\n    建议: 请补充\n1个错误\n"


def test_work_shows_nothing_in_a_pipe() -> None:
    err = io.StringIO()

    with Screen(language="en", json=False, out=io.StringIO(), err=err).working(
        Text(en="scoring", zh="正在计分")
    ):
        pass

    assert err.getvalue() == ""


def test_work_shows_a_bar_on_a_terminal() -> None:
    err = Terminal()

    with Screen(language="en", json=False, out=io.StringIO(), err=err).working(
        Text(en="scoring", zh="正在计分")
    ):
        pass

    assert "scoring" in err.getvalue()


def test_work_says_what_is_done_now_on_a_terminal_only() -> None:
    terminal, pipe, program = Terminal(), io.StringIO(), Terminal()

    for err, read_by_program in ((terminal, False), (pipe, False), (program, True)):
        silent = Screen(language="zh", json=read_by_program, out=io.StringIO(), err=err)
        with silent.working(Text(en="scoring", zh="正在计分")) as now:
            now(Text(en="writing results.xlsx", zh="正在生成 results.xlsx"))

    assert "正在生成 results.xlsx" in terminal.getvalue()
    assert (pipe.getvalue(), program.getvalue()) == ("", "")
