from __future__ import annotations

import json
from pathlib import Path

from tests.cli.commands import answer_to


def test_schema_is_printed() -> None:
    schema = json.loads(answer_to("schema", "--lang", "en").out)

    assert schema["title"] == "quanheng scheme"
    assert "考核" in answer_to("schema", "--lang", "zh").out


def test_schema_is_written_where_named(tmp_path: Path) -> None:
    file = tmp_path / "scheme.schema.json"

    answer = answer_to("schema", str(file), "--lang", "en")

    assert answer.out == f"The schema lies at {file}\n"
    assert file.read_text(encoding="utf-8") == answer_to("schema", "--lang", "en").out
