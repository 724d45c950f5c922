"""`quanheng schema`: the JSON Schema of scheme.yaml or of a study's settings, for editors."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from quanheng.cli.parameters import Force
from quanheng.cli.show import Screen
from quanheng.findings.text import Text
from quanheng.usecase.books.schema import schema_text, write_schema


def schema(
    file: Annotated[
        Path | None, Text(en="where to write it; else it is printed", zh="写入的文件；不写则打印")
    ] = None,
    *,
    study: Annotated[
        str | None,
        Text(en="that of the settings of this study: audit", zh="改为输出这项研究的设置格式"),
    ] = None,
    force: Force = False,
    screen: Annotated[Screen, Parameter(parse=False)],
) -> int:
    """Print the JSON Schema of a scheme file or of a study's settings, or write it to `file`."""
    if file is None:
        screen.document(schema_text(screen.language, study))
        return 0
    writing = screen.writing("quanheng schema", force=force)
    write_schema(file, screen.language, study=study, writing=writing)
    screen.say(Text(en=f"The schema lies at {file}", zh=f"JSON Schema 位于 {file}"))
    screen.record({"schema": str(file)})
    return 0
