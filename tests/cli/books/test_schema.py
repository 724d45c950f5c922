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


def test_a_scheme_is_never_overwritten_but_by_force(tmp_path: Path) -> None:
    scheme = tmp_path / "scheme.yaml"
    scheme.write_text("ours\n", encoding="utf-8")

    refused = answer_to("schema", str(scheme), "--lang", "en")

    assert refused.code == 2
    assert refused.err.endswith("name another file, or write over it with --force\n")
    assert scheme.read_text(encoding="utf-8") == "ours\n"
    assert answer_to("schema", str(scheme), "--force").code == 0
    assert scheme.read_text(encoding="utf-8") == answer_to("schema").out


def test_a_schema_is_written_anew_unless_somebody_changed_it(tmp_path: Path) -> None:
    file = tmp_path / "schema.json"

    codes = [answer_to("schema", str(file)).code for _ in range(2)]
    file.write_text(file.read_text(encoding="utf-8").replace("quanheng scheme", "mine"), encoding="utf-8")
    codes.append(answer_to("schema", str(file)).code)

    assert codes == [0, 0, 2]
    assert [path.name for path in tmp_path.iterdir()] == ["schema.json"]
