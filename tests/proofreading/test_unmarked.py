"""Clauses that read like a promise: which phrases count, and what the check of an edition says of them."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from folders import SOUND

from build_tools import project
from build_tools.cli import cli
from build_tools.proofreading.unmarked import find_unmarked
from build_tools.template.edition import Edition, read_edition

FILE = "policy_src/2030-01/02-promises.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(SOUND, tmp_path, dirs_exist_ok=True)
    file = tmp_path / "policy_src/2030-01/01-phones.md"
    file.write_text(file.read_text(encoding="utf-8").replace("are kept safe", "stay safe"), encoding="utf-8")
    return tmp_path


def edition_with(root: Path, *clauses: str) -> Edition:
    (root / FILE).write_text("\n".join(["# Promises {: #promises }\n", *clauses, ""]), encoding="utf-8")
    return read_edition(root / "policy_src/2030-01", root)


@pytest.mark.parametrize(
    ("words", "phrase"),
    [
        ("We have a plan.", "We have"),
        ("Staff are trained.", "are trained"),
        ("Every visit is carefully logged.", "is carefully logged"),
        ("The gate is checked every school day.", "is checked"),
        ("We look at it every two years.", "every two years"),
        ("The lead reports each half-term.", "each half-term"),
        ("Governors meet annually.", "annually"),
        ("We do this at least once a year.", "at least once"),
        ("We will review the plan.", "We will review"),
        ("We will regularly test the alarm.", "We will regularly test"),
        ("The fence is done by the end of May.", "by the end of"),
        ("If we have a doubt, we review the plan.", "we review"),
    ],
)
def test_a_phrase_of_a_promise_is_found(words: str, phrase: str, root: Path) -> None:
    marked = '- Done. {: #done .promise who="staff" }'
    (problem,) = find_unmarked(edition_with(root, marked, f"- {words} {{: #clause }}"))
    assert problem.is_warning
    assert str(problem) == (
        f'{FILE}:4: warning: clause: "{phrase}" reads like a promise, but the clause is not marked as one. Add '
        ".promise with who=, or leave it as it is if it promises nothing."
    )


@pytest.mark.parametrize(
    "words",
    [
        "Phones stay at home.",
        "If we have a doubt, we ask.",
        "Anything that we provide stays ours.",
        "Everyone is kind every time.",
        "See [the plan](https://example.org/reviewed/annually).",
        'By {{ cite("kcsie") }} we are bound.',
    ],
)
def test_other_words_are_not_found(words: str, root: Path) -> None:
    marked = '- Done. {: #done .promise who="staff" }'
    assert list(find_unmarked(edition_with(root, marked, f"- {words} {{: #clause }}"))) == []


def test_what_belongs_to_a_promise_is_not_found(root: Path) -> None:
    clauses = (
        '- We have: {: #lead .promise who="staff" }',
        "    - a log that is checked daily. {: #log }",
        "- We have people who: {: #people }",
        '    - are trained. {: #trained .promise who="staff" every="year" }',
    )
    assert list(find_unmarked(edition_with(root, *clauses))) == []


def test_each_clause_has_one_line(root: Path) -> None:
    clauses = ('- Done. {: #done .promise who="staff" }', "- We have a log, and it is checked daily. {: #log }")
    assert len(list(find_unmarked(edition_with(root, *clauses)))) == 1


def test_an_edition_without_marks_has_one_line_in_all(root: Path) -> None:
    edition = edition_with(root, "- We have a log. {: #log }", "- It is checked. {: #checked }")
    (problem,) = find_unmarked(edition)
    assert problem.message == (
        'log: 2 clauses from here on read like a promise (here "We have"), but the edition marks none. Add .promise '
        "with who=, or leave it as it is if it promises nothing."
    )
    edition = edition_with(root, "- We have a log. {: #log }")
    assert 'log: this clause reads like a promise (here "We have")' in next(find_unmarked(edition)).message


def test_the_check_of_an_edition_says_it_before_publication(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(project, "BUNDLED", root)
    edition_with(root, "- We have a log. {: #log }")
    check = ["edition", "check", "2030-01", "--project", str(root)]
    found = CliRunner().invoke(cli, check, prog_name="policy")
    assert found.exit_code == 0
    assert f"{FILE}:3: warning: log: this clause reads" in found.stderr
    CliRunner().invoke(cli, ["edition", "publish", "2030-01", "--project", str(root)], prog_name="policy")
    assert "reads like a promise" not in CliRunner().invoke(cli, check, prog_name="policy").stderr
