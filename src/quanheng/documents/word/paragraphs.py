"""The paragraphs of a template that go when they are filled: nothing else may stand in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from quanheng.findings.finding import Finding, Kind, Location
from quanheng.findings.patterns import bounded
from quanheng.findings.visible import printable

_PARAGRAPH: Final = bounded(r"\{(?:\{|%)-?p ")
_WORDS: Final = bounded(r"\{%-?(?:[pr] |tr )?\s*(if|else|endif)\b")
_FULL_WIDTH: Final = ("｛｛", "｝｝", "｛%", "%｝", "｛％", "％｝")
_SHOWN: Final = 40

NOT_ALONE: Final = Kind(
    code="QH852",
    severity="error",
    en="a paragraph of the template has a place-holder of paragraphs and more, which would be lost: {text}",
    zh="模板中有段落除段落占位符外另有内容，填写后会丢失：{text}",
    hint_en="write what begins with {{{{p or {{%p into a paragraph of its own, the rest into another",
    hint_zh="以 {{{{p 或 {{%p 开头的须单独成段，其余内容请另起一段",
)
FULL_WIDTH: Final = Kind(
    code="QH853",
    severity="error",
    en="the template has braces of full width, which are no place-holder: {text}",
    zh="模板中有全角花括号，不能作为占位符：{text}",
    hint_en="type them with the Chinese input off: {{{{ title }}}}",
    hint_zh="请在英文输入状态下输入：{{{{ title }}}}",
)
NOT_ENDED: Final = Kind(
    code="QH854",
    severity="error",
    en="a condition of the template does not end, or ends without having begun",
    zh="模板中有条件没有结束，或没有开始就结束",
    hint_en="each {{%p if … %}} needs its {{%p endif %}} below it, in the same part of the paper",
    hint_zh="每个 {{%p if … %}} 下方须有对应的 {{%p endif %}}，且在同一部分（正文、页眉或页脚）",
)


def check_paragraphs(text: str, where: Location) -> Iterator[Finding]:
    """Yield what is wrong in the paragraphs of a part of a template: what would be lost, or print as typed.

    Conditions begin and end within a part, in order.
    """
    from docx.oxml import parse_xml

    depth = 0
    for paragraph in parse_xml(text.encode()).xpath("//*[local-name()='p']"):
        said = _said(paragraph)
        if any(braces in said for braces in _FULL_WIDTH):
            yield FULL_WIDTH.at(where, text=printable(said[:_SHOWN]))
        if _PARAGRAPH.search(said) and (_is_more(said) or paragraph.xpath(_PICTURES)):
            yield NOT_ALONE.at(where, text=printable(said[:_SHOWN]))
        for word in _WORDS.findall(said):
            depth += {"if": 1, "endif": -1}.get(word, 0)
            if depth < 0 or (depth == 0 and word == "else"):
                yield NOT_ENDED.at(where)
                return
    if depth:
        yield NOT_ENDED.at(where)


_PICTURES: Final = ".//*[local-name()='drawing' or local-name()='pict' or local-name()='object']"


def _said(paragraph: Any) -> str:  # noqa: ANN401  an element of lxml
    """Return the text of a paragraph, without that of boxes that hang on it."""
    own = paragraph.xpath(".//*[local-name()='t']")
    return "".join(each.text or "" for each in own if _holder(each) is paragraph)


def _holder(text: Any) -> Any:  # noqa: ANN401  elements of lxml
    return next(each for each in text.iterancestors() if each.tag.endswith("}p"))


def _is_more(said: str) -> bool:
    """Return whether a text is more than one place-holder.

    Examples:
        >>> _is_more(" {{p body }} "), _is_more("见下：{{p body }}"), _is_more("{%p if a %}{%p endif %}")
        (False, True, True)
    """
    told = said.strip()
    return not (told.startswith("{") and told.endswith("}")) or told.count("{{") + told.count("{%") > 1
