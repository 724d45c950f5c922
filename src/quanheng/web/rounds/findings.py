"""What can be wrong with rounds, tasks and figures, beside what the rules of rounds tell."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from quanheng.findings.finding import Finding, Kind


def each_once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return `findings` without those that say what another one said."""
    return tuple({finding.text("zh"): finding for finding in findings}.values())


BAD_ROUND: Final = Kind(
    code="QH963",
    severity="error",
    en="{code!r} cannot be the code of a round",
    zh="{code!r}不能用作考核期代码",
    hint_en="use up to 64 letters, figures, '-', '_' and '.'; give a title, too",
    hint_zh="代码由字母、数字、汉字和“-”“_”“.”组成，最多64个字符；并填写名称",
)
ROUND_TAKEN: Final = Kind(
    code="QH964",
    severity="error",
    en="there is a round {code!r} already",
    zh="已有考核期{code!r}",
    hint_en="choose another code, or go on with that round",
    hint_zh="请换一个代码，或在该考核期中继续",
)
NOTHING_ASKED: Final = Kind(
    code="QH965",
    severity="error",
    en="the scheme asks for no figure in {period}",
    zh="方案在{period}没有须填报的数据项",
    hint_en="write a period that ends with one in which something is due, such as 2024 or 2024-Q1",
    hint_zh="请填写有数据项到期的期间，如 2024 或 2024-Q1",
)
NO_UNITS_ASKED: Final = Kind(
    code="QH966",
    severity="error",
    en="the round has no units",
    zh="本考核期没有单位",
    hint_en="choose units; they come with the file of the scheme",
    hint_zh="请选择单位；单位随方案文件一并上传",
)
NOT_A_PERIOD_OF_ROUND: Final = Kind(
    code="QH967",
    severity="error",
    en="{text!r} is no period",
    zh="{text!r}不是期间",
    hint_en="write it as 2024, 2024-H1, 2024-Q1 or 2024-03",
    hint_zh="请写作 2024、2024-H1、2024-Q1 或 2024-03",
)
NOT_A_REPORTER: Final = Kind(
    code="QH968",
    severity="error",
    en="{code!r} is nobody who reports",
    zh="{code!r}不是可用的填报人账号",
    hint_en="write the code of an account with the role of a reporter, or let the administrator make one",
    hint_zh="请填写有填报人角色的账号登录名，或请系统管理员新建",
)
NOT_IN_ROUND: Final = Kind(
    code="QH969",
    severity="error",
    en="there is no {what} {code!r} in this round",
    zh="本考核期没有{what}{code!r}",
    hint_en="write its code or its name as it stands in the round",
    hint_zh="请按本考核期中的代码或名称填写",
)
NOTHING_TO_ASSIGN: Final = Kind(
    code="QH970",
    severity="error",
    en="none of the chosen units has a figure of the chosen items",
    zh="所选单位均不填报所选数据项",
    hint_en="choose others",
    hint_zh="请另行选择",
)
ASSIGNED_TO_OTHER: Final = Kind(
    code="QH971",
    severity="error",
    en="{item} of {unit} is reported by {reporter}; to pass it on takes a reason",
    zh="“{unit}”的“{item}”现由{reporter}填报；转交须说明原因",
    hint_en="write in a sentence why, or leave it out",
    hint_zh="请用一句话写明原因，或去掉该项",
)
NOT_A_MOMENT: Final = Kind(
    code="QH972",
    severity="error",
    en="{text!r} is no day or moment",
    zh="{text!r}不是日期或时间",
    hint_en="write it as 2024-04-10 or 2024-04-10 17:00",
    hint_zh="请写作 2024-04-10 或 2024-04-10 17:00",
)
BAD_TASK_SHEET: Final = Kind(
    code="QH973",
    severity="error",
    en="the workbook has no column {column!r}",
    zh="工作簿没有“{column}”列",
    hint_en="name the columns 数据项, 单位, 填报人 and, if there are any, 截止时间 in the first row",
    hint_zh="首行写明列名：数据项、单位、填报人，需要时加截止时间",
)
NOT_READABLE: Final = Kind(
    code="QH974",
    severity="error",
    en="{text!r} is {wanted}",
    zh="{text!r}{wanted}",
    hint_en="write a figure such as 1234.5; leave it empty if there is none; '/' if it does not apply",
    hint_zh="请填写数字，如 1234.5；无数据留空；不适用填“/”",
)
OTHER_TEMPLATE: Final = Kind(
    code="QH975",
    severity="error",
    en="{name} is no template of this round",
    zh="{name} 不是本考核期的填报模板",
    hint_en="download the template here, fill it in and hand that one in",
    hint_zh="请在此下载模板，填写后上传该文件",
)
OUTSIDE: Final = Kind(
    code="QH976",
    severity="warning",
    en="{cell} is not yours to report, or outside of the table; it is left out",
    zh="{cell}不由您填报，或在表外，不予采用",
    hint_en="nothing, if that is meant",
    hint_zh="如属正常可忽略",
)
NOTHING_TO_SUBMIT: Final = Kind(
    code="QH977",
    severity="error",
    en="there is nothing here to {move}",
    zh="没有可以“{move}”的指标值",
    hint_en="save figures first",
    hint_zh="请先保存",
)
TEXT_TOO_LONG: Final = Kind(
    code="QH978",
    severity="error",
    en="what stands there is longer than {most} letters",
    zh="内容超过{most}个字符",
    hint_en="write the figure alone; there is room for words in the note",
    hint_zh="单元格内只填数字，说明请写入备注",
)
NO_TIME_TO_MEND: Final = Kind(
    code="QH984",
    severity="error",
    en="reporting ended on {due}: nobody could mend what is returned",
    zh="填报已于 {due} 截止，退回后无法修改",
    hint_en="give a deadline of its own with it",
    hint_zh="请同时给出单独的截止时间",
)
NOTHING_CHOSEN: Final = Kind(
    code="QH985",
    severity="error",
    en="no figure was chosen",
    zh="未选择指标值",
    hint_en="tick figures that are submitted, or take all that are shown",
    hint_zh="请勾选已提交的指标值，或选择“通过本页全部”",
)
NO_WORDS: Final = Kind(
    code="QH986",
    severity="error",
    en="there is nothing written, or more than {most} letters",
    zh="内容为空，或超过{most}个字符",
    hint_en="write what is asked or answered in a few sentences",
    hint_zh="请用几句话写明",
)
ANSWERED_ALREADY: Final = Kind(
    code="QH987",
    severity="error",
    en="the question is answered already",
    zh="该问题已答复",
    hint_en="let the office ask once more, if there is more to say",
    hint_zh="如需补充，请考核办再次询问",
)
NOT_THE_NEWEST: Final = Kind(
    code="QH995",
    severity="error",
    en="there is a newer version of this round: {version}",
    zh="本考核期已有更新的版本：第 {version} 版",
    hint_en="correct the newest one",
    hint_zh="请更正最新版本",
)
TOO_MANY_ROWS: Final = Kind(
    code="QH840",
    severity="error",
    en="the sheet has {rows} rows, and {most} at most are read",
    zh="工作表有{rows}行，最多读取{most}行",
    hint_en="leave the item or the unit empty where all are meant, or name several in one cell",
    hint_zh="数据项或单位为全部时可留空，多个可写在一格内",
)
