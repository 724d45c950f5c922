"""Who is assessed: towns named after measuring instruments, parks, departments, and placeholder people.

No such places or people exist. People are called by the old placeholders for somebody: a surname in the
order of the Hundred Surnames and one of the ten heavenly stems.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

SEED = 2023

_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
    "戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷"
)
_STEMS = "甲乙丙丁戊己庚辛壬癸"

_TOWNS = (
    # name, part of the district, permanent population (10,000), value added per head (10,000 yuan)
    ("司南街道", "中片", 13.6, 17.2),
    ("圭表街道", "中片", 11.2, 15.8),
    ("浑仪街道", "中片", 9.4, 16.5),
    ("准绳镇", "东片", 10.8, 14.1),
    ("秤星镇", "东片", 8.7, 18.9),
    ("斗斛镇", "东片", 7.9, 12.6),
    ("漏刻镇", "东片", 6.3, 13.3),
    ("日晷镇", "西片", 8.1, 11.7),
    ("尺素镇", "西片", 5.6, 12.2),
    ("墨斗镇", "西片", 6.9, 13.9),
    ("量杯镇", "西片", 7.4, 15.2),
    ("游标镇", "西片", 4.8, 10.9),
)
_PARKS = (
    # name, part, residents (10,000), value added (100 million yuan), industrial land (mu)
    ("规矩经济开发园", "中片", 4.6, 162.0, 11800),
    ("棱镜光电园", "东片", 2.1, 74.0, 3900),
    ("脉枕生物医药园", "西片", 1.6, 58.0, 3300),
    ("罗盘物流园", "东片", 1.2, 31.0, 4200),
    ("算筹数字园", "中片", 1.9, 66.0, 2100),
)
_DEPARTMENTS = (
    ("发展和改革局", "综合部门"),
    ("教育局", "公共服务"),
    ("科技和工业信息化局", "经济部门"),
    ("公安分局", "执法部门"),
    ("民政局", "公共服务"),
    ("司法局", "综合部门"),
    ("财政局", "综合部门"),
    ("人力资源和社会保障局", "公共服务"),
    ("自然资源局", "执法部门"),
    ("生态环境分局", "执法部门"),
    ("住房和城乡建设局", "经济部门"),
    ("交通运输局", "经济部门"),
    ("水利局", "经济部门"),
    ("农业农村局", "经济部门"),
    ("商务局", "经济部门"),
    ("文化和旅游局", "公共服务"),
    ("卫生健康局", "公共服务"),
    ("应急管理局", "执法部门"),
    ("市场监督管理局", "执法部门"),
    ("数据局", "综合部门"),
)


_DIFFICULT_FROM = 10
"""Towns with more residents (10,000) get a coefficient."""
_PM25_LIMITS = {"中片": 33.0, "东片": 32.0, "西片": 30.5}


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit with what is lasting about it; `quality` (about -2 to 2) is what makes it do well or badly."""

    code: str
    name: str
    group: str
    part: str
    leader: str
    deputy: str
    quality: float
    population: float = 0.0
    output: float = 0.0
    land: int = 0
    difficulty: float = 0.0
    pm25_limit: float = 0.0
    beds_goal: int = 0

    @property
    def is_subdistrict(self) -> bool:
        """Whether it is a 街道, which has no farmers."""
        return self.name.endswith("街道")


def placeholder_people() -> tuple[str, ...]:
    """Return names of nobody: a surname in the order of the Hundred Surnames and a heavenly stem."""
    return tuple(surname + _STEMS[n % len(_STEMS)] for n, surname in enumerate(_SURNAMES))


def invent_units() -> tuple[Unit, ...]:
    """Return the 12 towns, 5 parks and 20 departments; the same ones every time."""
    count = len(_TOWNS) + len(_PARKS) + len(_DEPARTMENTS)
    rng = np.random.default_rng([SEED, 1])
    qualities = iter(
        [
            round(float(quality), 3)
            for rows in (_TOWNS, _PARKS, _DEPARTMENTS)
            for quality in rng.permutation(np.linspace(-1.4, 1.6, len(rows)))
        ]
    )
    people = placeholder_people()
    leaders, deputies = iter(people), iter(people[count:])

    def unit(code: str, group: str, name: str, part: str) -> Unit:
        return Unit(
            code=code,
            name=name,
            group=group,
            part=part,
            leader=next(leaders),
            deputy=next(deputies),
            quality=next(qualities),
        )

    towns = [
        replace(
            unit(f"T{n:02}", "towns", name, part),
            population=population,
            output=round(population * per_head, 2),
            difficulty=1.02 if population > _DIFFICULT_FROM else 1.0,
            pm25_limit=_PM25_LIMITS[part],
            beds_goal=38 + n % 3 * 2,
        )
        for n, (name, part, population, per_head) in enumerate(_TOWNS, start=1)
    ]
    parks = [
        replace(
            unit(f"P{n:02}", "parks", name, part),
            population=population,
            output=output,
            land=land,
            difficulty=1.0,
        )
        for n, (name, part, population, output, land) in enumerate(_PARKS, start=1)
    ]
    departments = [
        unit(f"D{n:02}", "departments", name, part) for n, (name, part) in enumerate(_DEPARTMENTS, start=1)
    ]
    return (*towns, *parks, *departments)
