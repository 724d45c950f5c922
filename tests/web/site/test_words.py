"""Every word of a page stands in both languages: a template has none outside of `{% say %}`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation

import quanheng.web

_ROOT: Final = Path(quanheng.web.__file__).parent
_TEMPLATES: Final = sorted(_ROOT.rglob("*.html"))
_TAG: Final = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}|<script.*?</script>|<!--.*?-->", re.DOTALL)
_ELEMENT: Final = re.compile(r"<(?:\"[^\"]*\"|'[^']*'|[^>])*>", re.DOTALL)
_READ_ALOUD: Final = re.compile(r"(?:title|alt|aria-label|placeholder)=\"([^\"]*)\"")
_LETTERS: Final = re.compile(r"[A-Za-z\u4e00-\u9fff]{2,}")
_OWN_NAMES: Final = frozenset({"English", "中文"})
"""What a language calls itself is the same in both."""
_SAY: Final = re.compile(r"\{% say (.*?)%\}", re.DOTALL)
_ZH: Final = re.compile(r"zh=(\"[^\"]*\"|'[^']*')")
_EN: Final = re.compile(r"en=(\"[^\"]*\"|'[^']*')")
_WORD: Final = re.compile(r"\w")
_HAN: Final = re.compile(r"[\u4e00-\u9fff]")


def stray_words(template: str) -> list[str]:
    """Return the words of `template` that stand in one language only."""
    bare = _TAG.sub(" ", template)
    texts = [_ELEMENT.sub(" ", bare), *_READ_ALOUD.findall(bare)]
    found = [word for text in texts for word in _LETTERS.findall(text)]
    return [word for word in found if word not in _OWN_NAMES]


def test_stray_words_are_found() -> None:
    assert stray_words('<p title="Home">{% say zh="a" en="b" %} 登录</p>') == ["登录", "Home"]


@pytest.mark.parametrize("file", _TEMPLATES, ids=lambda file: file.relative_to(_ROOT).as_posix())
def test_a_template_says_everything_in_both_languages(file: Path) -> None:
    template = file.read_text(encoding="utf-8")

    assert [word for word in stray_words(template) if word != "DOCTYPE"] == []
    for said in _SAY.findall(template):
        chinese, english = _ZH.findall(said), _EN.findall(said)
        assert len(chinese) == len(english) == 1, said
        assert "" not in {chinese[0].strip("\"'"), english[0].strip("\"'")}, said
        assert _HAN.search(chinese[0]) or not _WORD.search(chinese[0]), said
        assert not _HAN.search(english[0]), said
        assert set(re.findall(r"\{(\w+)\}", chinese[0])) == set(re.findall(r"\{(\w+)\}", english[0])), said


def test_words_are_in_the_reader_s_language_and_facts_in_them_are_escaped() -> None:
    page = Template(
        '{% say zh="<b>{n}</b>个" en="<b>{n}</b> in all" n=n %}{% say zh="、" en=", " as between %}'
    )
    joined = Template('{% say zh="、" en=", " as between %}{{ names|join:between }}')

    with translation.override("en"):
        assert page.render(Context({"n": "<i>{x}"})) == "<b>&lt;i&gt;{x}</b> in all"
        assert joined.render(Context({"names": ["<a>", "b"]})) == "&lt;a&gt;, b"
    with translation.override("zh-hans"):
        assert joined.render(Context({"names": ["<a>", "b"]})) == "&lt;a&gt;、b"


@pytest.mark.parametrize(
    "said", ['zh="字"', 'en="word"', 'zh="字" en=""', 'zh="字" en=word', 'zh="字" en="w" x']
)
def test_words_in_one_language_are_no_page(said: str) -> None:
    with pytest.raises(TemplateSyntaxError, match="both languages"):
        Template(f"{{% say {said} %}}")
