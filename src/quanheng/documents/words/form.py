"""The words of an office as they are written: a YAML file (`quanheng report --words FILE`)."""

from typing import Annotated, Literal, TypeAlias

from pydantic import BeforeValidator, Field, WithJsonSchema

from quanheng.findings.text import Text
from quanheng.scheme.fields.fields import Form, Label, Truth, text_of_number
from quanheng.scheme.ledgers.form import DayText

_LINES = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}


def _as_list(value: object) -> object:
    return value if isinstance(value, list | tuple) else (value,)


Labels: TypeAlias = Annotated[tuple[Label, ...], BeforeValidator(_as_list), WithJsonSchema(_LINES)]
"""One text or a list of texts, each a line or a paragraph."""


class WordsForm(Form, zh="文书用语：发文机关、文号、主送机关、首尾段落等。"):
    """The words of an office for its documents."""

    quanheng: Annotated[Literal[1], Text(en="The version of words files: 1.", zh="用语文件的版本：1。")] = 1
    authority: Annotated[
        Label | None,
        Text(
            en="发文机关标志: what stands in red at the top.",
            zh="发文机关标志（红色大字），如“某某办公室文件”。",
        ),
    ] = None
    number: Annotated[
        Label | None, Text(en="发文字号: the number of the paper.", zh="发文字号，如“示考发〔2024〕6号”。")
    ] = None
    copy_number: Annotated[
        Label | None,
        BeforeValidator(text_of_number),
        Text(en="份号: the number of the copy, six digits, in quotes.", zh="份号：六位数字，加引号。"),
    ] = None
    secrecy: Annotated[
        Label | None, Text(en="密级和保密期限: secrecy and its term.", zh="密级和保密期限，如“秘密★1年”。")
    ] = None
    urgency: Annotated[Label | None, Text(en="紧急程度: urgency.", zh="紧急程度，如“特急”。")] = None
    licence: Annotated[
        Label | None,
        Text(
            en="What may be done with open data, such as `CC BY 4.0`.",
            zh="开放数据的使用许可，如 `CC BY 4.0`。",
        ),
    ] = None
    title: Annotated[
        Labels,
        Text(
            en="The title; as a list, a line each. If not given, it is made from the scheme's.",
            zh="标题；写成列表时每项一行。不写则由方案名称生成。",
        ),
    ] = ()
    recipients: Annotated[Label | None, Text(en="主送机关: to whom it goes.", zh="主送机关。")] = None
    opening: Annotated[
        Labels,
        Text(en="The paragraphs at the beginning.", zh="开头段落；不写则用一句通用的话。"),
    ] = ()
    closing: Annotated[Labels, Text(en="The paragraphs at the end.", zh="结尾段落。")] = ()
    certificate_title: Annotated[
        Label | None,
        Text(en="What stands above a certificate.", zh="证书名称，不写则为“荣誉证书”。"),
    ] = None
    certificate: Annotated[
        Label | None,
        Text(
            en="What a certificate says, with {award}, {recipient}, {unit}, {scheme}, {round} in it.",
            zh="证书正文，可含占位符 {award}（奖项）、{recipient}（受奖者）、{unit}（单位）、"
            "{scheme}（方案名称）、{round}（考核期）。",
        ),
    ] = None
    signature: Annotated[Label | None, Text(en="发文机关署名: who signs.", zh="发文机关署名。")] = None
    date: Annotated[
        DayText | None,
        Text(en="成文日期: the day of the paper, `2024-02-06`.", zh="成文日期，如 `2024-02-06`。"),
    ] = None
    sealed: Annotated[Truth, Text(en="Whether it is sealed (true).", zh="是否加盖印章（加盖）。")] = True
    copies_to: Annotated[Label | None, Text(en="抄送机关: who gets a copy.", zh="抄送机关。")] = None
    issued_by: Annotated[Label | None, Text(en="印发机关: who prints and sends it.", zh="印发机关。")] = None
    issued_on: Annotated[
        DayText | None,
        Text(en="印发日期: when it is sent; if not given, the date.", zh="印发日期；不写则同成文日期。"),
    ] = Field(default=None)
