"""The place-holders of an office's own paper: `{{ title }}`, `{{p body }}`, and no code whatever."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from quanheng.documents.blocks import Attachment, Document, Signature
from quanheng.documents.compose.numbers import day_in_words
from quanheng.findings.finding import Finding, Kind, Location
from quanheng.findings.nearest import suggestion
from quanheng.findings.patterns import bounded, linear
from quanheng.findings.text import Text
from quanheng.findings.visible import printable

BODY: Final = "body"
ATTACHMENTS: Final = "attachments"
SIGNATURE: Final = "signature"
DATE: Final = "date"
BLOCKS: Final = (BODY, ATTACHMENTS)
"""What is paragraphs and tables, each with a paragraph of its own."""
KNOWN: Final = {
    "title": Text(zh="标题", en="the title"),
    "authority": Text(zh="发文机关标志", en="the issuing authority"),
    "number": Text(zh="发文字号", en="the number"),
    "copy_number": Text(zh="份号", en="the number of the copy"),
    "secrecy": Text(zh="密级和保密期限", en="secrecy and its term"),
    "urgency": Text(zh="紧急程度", en="urgency"),
    "recipients": Text(zh="主送机关", en="the recipients"),
    BODY: Text(zh="正文", en="the text"),
    SIGNATURE: Text(zh="发文机关署名", en="who signs"),
    DATE: Text(zh="成文日期", en="the day of the paper"),
    ATTACHMENTS: Text(zh="附件", en="the attachments"),
    "copies_to": Text(zh="抄送机关", en="who gets a copy"),
    "issued_by": Text(zh="印发机关", en="who prints and sends it"),
    "issued_on": Text(zh="印发日期", en="when it is sent"),
}
"""What each place-holder stands for; `docs/how-to/issue-a-bulletin.md` lists them."""
_TOKEN: Final = linear(
    r"\{\{[^{}]*\}\}|\{%[^{}]*%\}|\{#[^{}]*#\}",
    why="no bracket stands inside of what is looked for, so that each is looked at once",
)
_BEGUN: Final = linear(r"\{[{%#]|[}%#]\}", why="two letters are looked at")
_NAME: Final = bounded(r"\{\{-?(?:[pr] )?\s*([^\W\d]\w*)\s*-?\}\}")
_CHOICE: Final = bounded(r"\{%-?(?:[pr] |tr )?\s*(?:if\s+(?:not\s+)?([^\W\d]\w*)|else|endif)\s*-?%\}")
_SHOWN: Final = 40
_LOOKED_BACK: Final = 4_000

UNKNOWN: Final = Kind(
    code="QH820",
    severity="error",
    en="the template has the place-holder {name}, which nothing is known of",
    zh="模板中的占位符 {name} 没有对应的内容",
    hint_en="{suggest}",
    hint_zh="{suggest}",
)
CODE: Final = Kind(
    code="QH821",
    severity="error",
    en="the template has {text}, which is more than a place-holder: code of templates is not run",
    zh="模板中的 {text} 不是占位符：不执行模板中的代码",
    hint_en="write a name alone, as {{{{ title }}}}, or a condition, as {{%p if number %}} … {{%p endif %}}",
    hint_zh="只写名称，如 {{{{ title }}}}；或条件，如 {{%p if number %}} … {{%p endif %}}",
)
NOT_CLOSED: Final = Kind(
    code="QH822",
    severity="error",
    en="a place-holder of the template begins or ends and its other half is missing: {text}",
    zh="模板中有占位符不完整：{text}",
    hint_en="write it within one paragraph: {{{{ title }}}}",
    hint_zh="占位符须写在同一段内：{{{{ title }}}}",
)
MISPLACED: Final = Kind(
    code="QH823",
    severity="error",
    en="the template has no place for {what}: {name} has to stand once, in a paragraph of its own",
    zh="模板中{what}的位置不对：{name} 须单独成段，且只出现一次，不放在表格、文本框、内容控件、页眉或页脚中",
    hint_en="write {{{{p {key} }}}} into an empty paragraph of the text, in no table, box, control or head",
    hint_zh="请在正文的空段落中写 {{{{p {key} }}}}",
)
NO_PLACE: Final = Kind(
    code="QH824",
    severity="note",
    en="the template has no place for {what}, which is left out",
    zh="模板中没有{what}的位置，该项未写入",
    hint_en="write {{{{ {key} }}}} where it is to stand, if it is wanted",
    hint_zh="如需要，请在相应位置写 {{{{ {key} }}}}",
)
NOT_SAID: Final = Kind(
    code="QH825",
    severity="warning",
    en="the template asks for {what}, which nobody has written: its place is empty",
    zh="模板需要{what}，但用语文件没有写，该处为空",
    hint_en="write '{key}: …' into words.yaml, or the file that --words names",
    hint_zh="请写入 words.yaml 或 --words 指明的文件（{key}: …）",
)


def check_placeholders(parts: dict[str, str], where: Location) -> Iterator[Finding]:
    """Yield what is wrong with the braces in the texts of a template's `parts`, each thing once."""
    seen = set()
    for text in parts.values():
        for token in _TOKEN.findall(text):
            if token not in seen:
                seen.add(token)
                yield from _check(token, where)
        rest = _TOKEN.sub(" ", text)
        for half in _BEGUN.finditer(rest):
            shown = printable(rest[max(0, half.start() - 4) : half.end() + 16])
            if "" not in seen:
                seen.add("")
                yield NOT_CLOSED.at(where, text=shown)


def _check(token: str, where: Location) -> Iterator[Finding]:
    name, choice = _NAME.fullmatch(token), _CHOICE.fullmatch(token)
    if name is None and choice is None:
        yield CODE.at(where, text=printable(token[:_SHOWN]))
        return
    word = name.group(1) if name is not None else choice.group(1) if choice is not None else None
    if word is not None and word not in KNOWN:
        yield UNKNOWN.at(where, name=printable(word), **suggestion(word, KNOWN))


def names_in(text: str) -> list[str]:
    """Return the names of the place-holders in `text`, in order.

    Examples:
        >>> names_in("{{ title }} {{p body}} {%p if number %}{{number}}{%p endif %}")
        ['title', 'body', 'number']
    """
    found = (_NAME.fullmatch(token) for token in _TOKEN.findall(text))
    return [match.group(1) for match in found if match is not None]


def stands_alone(name: str, text: str) -> bool:
    """Return whether the place-holder of blocks `name` stands among paragraphs, not within one."""
    for token in _TOKEN.finditer(text):
        found = _NAME.fullmatch(token.group())
        if found is not None and found.group(1) == name:
            before = text[max(0, token.start() - _LOOKED_BACK) : token.start()].rstrip()
            return before.endswith(("</w:p>", "</w:tbl>", "}", "<w:body>")) or before.rpartition("<")[
                2
            ].startswith("w:body ")
    return True


def values_of(document: Document) -> dict[str, str]:
    """Return what stands in each place-holder of a line; lines of the title are lines here too."""
    head, imprint = document.masthead, document.imprint
    signed = next((block for block in document.blocks if isinstance(block, Signature)), None)
    issued = None if imprint is None else imprint.issued_on
    return {
        "title": "\n".join(map(printable, document.title)),
        "authority": "" if head is None else printable(head.authority),
        "number": "" if head is None else printable(head.number),
        "copy_number": "" if head is None else printable(head.copy_number),
        "secrecy": "" if head is None else printable(head.secrecy),
        "urgency": "" if head is None else printable(head.urgency),
        "recipients": printable(document.recipients),
        SIGNATURE: "" if signed is None else printable(signed.by),
        DATE: "" if signed is None else day_in_words(signed.on, document.language),
        "copies_to": "" if imprint is None else printable(imprint.copies_to),
        "issued_by": "" if imprint is None else printable(imprint.issued_by),
        "issued_on": "" if issued is None else day_in_words(issued, document.language),
    }


def check_use(names: list[str], document: Document, where: Location) -> Iterator[Finding]:
    """Yield what the template has no place for, and what it asks for that nobody wrote.

    A signature that has no place of its own stands in the text. So do attachments, unless the signature has
    one: then they would stand before it.
    """
    values = values_of(document)
    if BODY not in names:
        yield MISPLACED.at(where, what=KNOWN[BODY], name=BODY, key=BODY)
    own_end = SIGNATURE in names or DATE in names
    attached = any(isinstance(block, Attachment) for block in document.blocks)
    if own_end and attached and ATTACHMENTS not in names:
        yield MISPLACED.at(where, what=KNOWN[ATTACHMENTS], name=ATTACHMENTS, key=ATTACHMENTS)
    for key, value in values.items():
        has_place = key in names or (key in {SIGNATURE, DATE} and not own_end)
        if value and not has_place:
            yield NO_PLACE.at(where, what=KNOWN[key], key=key)
        if not value and key in names:
            yield NOT_SAID.at(where, what=KNOWN[key], key=key)
