"""`quanheng report`: the documents that an office hands out, from one result."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from quanheng.cli.parameters import Force
from quanheng.cli.show import Screen
from quanheng.findings.text import Text

if TYPE_CHECKING:
    from quanheng.usecase.documents.making import File


def report(  # noqa: PLR0913  the options of the command
    result: Annotated[
        Path,
        Text(
            en="a folder that 'quanheng score' wrote, or a book: then its newest result",
            zh="quanheng score 生成的结果文件夹；或考核册，取其最新结果",
        ),
    ],
    *,
    document: Annotated[
        Literal["bulletin", "awards", "certificates", "units", "workbook", "page", "chart", "data"],
        Text(
            en="which document: the bulletin, award list, certificates, reports of units, workbook, page, "
            "charts, or open data",
            zh="哪种文书：依次为通报、表彰名单、证书、诊断报告、工作簿、网页、图、开放数据",
        ),
    ] = "bulletin",
    format: Annotated[  # noqa: A002  what it becomes
        Literal["pdf", "docx", "xlsx", "html", "svg", "png", "csv", "parquet", "json"] | None,
        Parameter(name="--as"),
        Text(
            en="in which format; by default the usual one of the document", zh="格式，默认为该文书的常用格式"
        ),
    ] = None,
    audience: Annotated[
        Literal["public", "unit", "internal"],
        Text(
            en="who reads it: the public sees what the scheme publishes, a unit itself alone, the office all",
            zh="读者：公众（public）只见方案写明公布的内容，单位（unit）只见本单位，内部（internal）见全部",
        ),
    ] = "public",
    unit: Annotated[
        tuple[str, ...],
        Text(
            en="with --audience unit, or for reports or charts of units: which, by code or name; all if none "
            "is named",
            zh="读者为单位时，或文书为诊断报告、单个单位的图时，只为这些单位生成（代码或名称），默认全部",
        ),
    ] = (),
    chart: Annotated[
        tuple[
            Literal[
                "ranking_bars",
                "stacked_parts",
                "small_multiples",
                "waterfall",
                "moves",
                "scatter",
                "interval_dots",
                "lights",
            ],
            ...,
        ],
        Text(
            en="with --document chart: which kinds; by default all of groups, with --unit those of units",
            zh="文书为图（chart）时，画哪几种图；默认画各组的全部图，指定单位时画单位的图",
        ),
    ] = (),
    trace: Annotated[
        bool,
        Text(en="add how each score came about, as an appendix", zh="附上计分依据"),
        Parameter(negative=""),
    ] = False,
    with_studies: Annotated[
        bool,
        Text(
            en="run the studies that the document uses, where none of this result lies beside it",
            zh="结果旁没有文书所用的研究时，先运行并存放于结果旁",
        ),
        Parameter(negative=""),
    ] = False,
    words: Annotated[
        Path | None,
        Text(
            en="a file with the words of the office (YAML), else words.yaml in the book",
            zh="文书用语文件（YAML），默认用考核册中的 words.yaml",
        ),
    ] = None,
    template: Annotated[
        Path | None,
        Text(
            en="a file of the office that the document is set into: for Word a .docx with place-holders, "
            "for certificates a .typ",
            zh="本单位的模板文件，文书写入其中；Word 用带占位符的 .docx，证书用 .typ",
        ),
    ] = None,
    fonts: Annotated[
        tuple[Path, ...],
        Text(
            en="a folder with fonts of the office, beside those of QUANHENG_FONTS",
            zh="单位自有字体的文件夹，另有环境变量 QUANHENG_FONTS 所列",
        ),
    ] = (),
    strict_fonts: Annotated[
        bool,
        Text(en="refuse where a font is not the first choice", zh="字体不是首选时不生成"),
        Parameter(negative=""),
    ] = False,
    bound: Annotated[
        bool,
        Text(
            en="all in one file with bookmarks, else a file each",
            zh="合订为一个带书签的文件，默认每份一个文件",
        ),
        Parameter(negative=""),
    ] = False,
    book: Annotated[
        Path | None,
        Text(en="where the book lies, if not beside the result", zh="考核册的位置，默认在结果旁"),
    ] = None,
    out: Annotated[
        Path | None,
        Text(en="the folder to write to, else RESULT/documents", zh="写入的文件夹，默认 结果/documents"),
    ] = None,
    force: Force = False,
    screen: Annotated[Screen, Parameter(parse=False)],
) -> int:
    """Verify `result` and write a document of it."""
    from quanheng.documents.fonts.find import folders_in  # noqa: PLC0415  help needs no engine
    from quanheng.documents.tables.record import DOCUMENTS  # noqa: PLC0415  the same
    from quanheng.usecase.documents.catalogue import (  # noqa: PLC0415  the same
        require_audience,
        require_taken,
        way_to,
    )
    from quanheng.usecase.documents.making import Option, Setting  # noqa: PLC0415  the same
    from quanheng.usecase.documents.report import write_documents  # noqa: PLC0415  the same
    from quanheng.usecase.documents.run_studies import with_studies as run_studies  # noqa: PLC0415  the same
    from quanheng.usecase.documents.subject import subject_of  # noqa: PLC0415  the same

    way = way_to(document, format)
    require_audience(document, audience, unit)
    given: dict[Option, object] = {
        "words": words,
        "fonts": fonts,
        "strict-fonts": strict_fonts,
        "template": template,
        "unit": unit,
        "chart": chart,
        "with-studies": with_studies,
        "bound": bound,
        "trace": trace,
    }
    require_taken(document, way, (option for option, value in given.items() if value))
    setting = Setting(
        language=screen.language,
        folders=(*fonts, *folders_in(os.environ, os.pathsep)),
        strict=strict_fonts,
        units=unit,
        template=template,
        bound=bound,
        charts=chart,
        trace=trace,
    )
    with screen.working(Text(en="verifying the result", zh="正在核对结果")) as now:
        subject, folder = subject_of(result, audience=audience, book=book, words=words)
        writing = screen.writing("quanheng report", force=force)
        if with_studies:
            subject = run_studies(
                subject, folder, way.studies, language=screen.language, writing=writing, say=now
            )
        now(Text(en="writing the document", zh="正在生成文书"))
        done = write_documents(
            subject,
            _told(way.make(subject, setting), now),
            out or folder / DOCUMENTS,
            writing,
        )
    findings = (*subject.findings, *done.findings)
    screen.findings(findings, answer=False)
    for file in done.files:
        screen.say(Text(en=f"Written to {file}", zh=f"已写入 {file}"))
    screen.record(
        {
            "files": [str(file) for file in done.files],
            "findings": [finding.as_record(screen.language) for finding in findings],
        }
    )
    return 0


def _told(files: Iterator[File], now: Callable[..., None]) -> Iterator[File]:
    """Yield `files`, and say before each which it is."""
    for number, file in enumerate(files):
        now(Text(en=f"writing {file.name}", zh=f"正在生成 {file.name}"), done=number, of=file.of)
        yield file
