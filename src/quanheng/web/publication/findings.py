"""What can be wrong with a publication, beside what its rules tell."""

from __future__ import annotations

from typing import Final

from quanheng.findings.finding import Kind

NOT_PUBLISHED_NOW: Final = Kind(
    code="QH991",
    severity="error",
    en="the round is {state}: its results are published once they are final",
    zh="本考核期为“{state}”：定稿后才能发布",
    hint_en="make the results final first",
    hint_zh="请先定稿",
)
PUBLISHED_ALREADY: Final = Kind(
    code="QH992",
    severity="error",
    en="version {version} of this round is planned or published already",
    zh="本考核期第 {version} 版已定时发布或已发布",
    hint_en="drop what is planned; what is published is put right by a new version of the round",
    hint_zh="定时发布的可以放弃；已发布的请更正并出新版本",
)
NO_LICENCE_SAID: Final = Kind(
    code="QH993",
    severity="error",
    en="it is not said what may be done with the data",
    zh="未写明数据的使用许可",
    hint_en="state a licence, such as CC BY 4.0",
    hint_zh="请写明许可，如“注明来源即可使用”",
)
CHANGED_ON_DISK: Final = Kind(
    code="QH994",
    severity="error",
    en="files of the publication are not as they were made: {names}",
    zh="发布文件与生成时不一致：{names}",
    hint_en="find out who changed them; drop it and make it anew",
    hint_zh="请查明原因；放弃后重新生成",
)
