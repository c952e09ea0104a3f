"""Clauses of an edition that name a role which not every school has."""

import shutil
from pathlib import Path

import pytest
from folders import ROOT

from build_tools.proofreading.roles import unguarded_roles
from build_tools.template.edition import read_edition

CASE = ROOT / "tests/policies/rules"
ROLES = """
roles:
  - words: [helper, those who help]
    field: people.helpers
"""


@pytest.mark.parametrize(
    ("clause", "named"),
    [
        ("The leads and any helper decide. {: #x }", "helper"),
        ("*Those who help* decide. {: #x }", "those who help"),
        ("The leads and any helper decide. {: #x when=people.helpers }", None),
        ("The leads{% if people.helpers %} and any helper{% endif %} decide. {: #x }", None),
        ("The leads{% if people.helpers and rewards %} and any helper{% endif %} decide. {: #x }", None),
        ("The leads{% if not people.helpers %} and any helper{% endif %} decide. {: #x }", "helper"),
        ("The leads{% if people.helpers %}{% else %} and a helper{% endif %} decide. {: #x }", "helper"),
        ("The leads{% if people.chief %}{% elif people.helpers %} and a helper{% endif %} decide. {: #x }", None),
        ("We are helped: {: #y when=people.helpers }\n    - By a helper. {: #x }", None),
        ("The leads are helpers. {: #x }", None),
    ],
)
def test_a_role_is_named_only_where_a_school_has_it(clause: str, named: str | None, tmp_path: Path) -> None:
    folder = tmp_path / "policy_src/2030-01"
    shutil.copytree(CASE / "policy_src/2030-01", folder)
    with (folder / "rules.yml").open("a", encoding="utf-8") as file:
        file.write(ROLES)
    (folder / "02-more.md").write_text(f"# More {{: #more }}\n\n- {clause}\n", encoding="utf-8")
    found = list(unguarded_roles(read_edition(folder, tmp_path)))
    assert [str(problem) for problem in found] == [
        (
            f"policy_src/2030-01/02-more.md:3: x: “{named}” names a role that not every school has (Those who help the "
            'leads). Put when="people.helpers" on the clause, or {% if people.helpers %} around the words.'
        )
    ] * bool(named)
