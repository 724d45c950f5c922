from __future__ import annotations

import pytest
from tools.check_two_languages import two_languages


@pytest.mark.parametrize(
    "text",
    [
        "words = ('unit', '单位')",
        "words = (f'{name} is new', f'新增{name}')",
        "words = {'en': 'unit', 'zh': '单位'}",
        "def title_zh(name): ...",
        "title_zh = '单位'",
        "def called(what, what_zh): ...",
        "class Look:\n    en: str\n    zh: str",
    ],
)
def test_two_languages_kept_otherwise_than_as_a_text_are_found(text: str) -> None:
    assert list(two_languages(text)) == [1]


@pytest.mark.parametrize(
    "text",
    [
        "word = Text(en='unit', zh='单位')",
        "both = ('单位', '分组')",
        "note = Column(key='note', zh='备注', others=('说明', 'remark'))",
        "headings = {'key': '项目', 'zh': '中文', 'en': '英文'}",
        "kind = Kind(code='QH101', en='no', zh='没有', hint_en='add it', hint_zh='请补充')",
    ],
)
def test_texts_and_words_of_one_language_are_not(text: str) -> None:
    assert list(two_languages(text)) == []
