"""What the law and guidance of 2026 ask of schools is in the edition, under the condition that applies."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import yaml

from build_tools.template.conditions import parse_condition
from build_tools.template.edition import Edition

_ROWS: Mapping[str, list[Mapping[str, str]]] = yaml.safe_load(
    (Path(__file__).parent / "coverage.yml").read_text(encoding="utf-8")
)


def _rows() -> Iterator[tuple[str, str, str | None]]:
    for part, rows in _ROWS.items():
        for row in rows:
            yield f"{part}: {row['asks']}", row["clause"], row.get("when")


@pytest.mark.parametrize(("asks", "clause", "when"), list(_rows()))
def test_a_clause_says_it(asks: str, clause: str, when: str | None, editions: Mapping[str, Edition]) -> None:
    edition = editions["2026-09"]
    assert clause in edition.by_id, asks
    wanted, wrong = parse_condition(when, edition.schema) if when else ((), [])
    assert wrong == []
    assert edition.conditions[clause] == frozenset(wanted), asks
