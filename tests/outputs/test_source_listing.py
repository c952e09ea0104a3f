"""The law and guidance that policies rest on, as people and programs get it in the terminal."""

import json

from click.testing import CliRunner, Result
from folders import ROOT, TESTS

from build_tools.cli import cli

CASE = TESTS / "policies/law"


def policy(*arguments: str) -> Result:
    return CliRunner().invoke(cli, [*arguments, "--project", str(CASE)], prog_name="policy")


def test_all_sources_with_the_number_of_clauses() -> None:
    assert policy("sources").stdout == (
        "keeping-act: Animal Keeping Act 2028, in force from 1 April 2028 to 31 December 2030;"
        " then Animal Keeping Act 2030\n"
        "    5 clauses in 2 schools\n"
        "visits-guide: Guide to Animal Visits (2027); then Guide to Animal Visits (2030)\n"
        "    1 clause in 1 school\n"
        "farm-rules: Rules for School Farms (2029), in force from September 2029 to 31 August 2030\n"
        "    3 clauses in 1 school\n"
    )


def test_one_source_with_the_clauses_of_every_school() -> None:
    assert policy("sources", "keeping-act").stdout.splitlines()[1:] == [
        "  1(1)  Every animal has a keeper, whom you must be able to reach.",
        "  1(2)  The keeper:",
        "",
        "heath: Animal Keeping Act 2028, in force from 1 April 2028 to 31 December 2030; then Animal Keeping Act 2030",
        "  1(2)(c)  calls the vet, and tells the office. (replaced by the school)",
        "  1(1)  Every animal has a keeper, whom you must be able to reach.",
        "  1(2)  The keeper:",
    ]


def test_sources_as_data() -> None:
    found = json.loads(policy("sources", "farm-rules", "--format", "json").stdout)
    assert [entry["school"] for entry in found] == ["heath"]
    assert found[0]["until"] == "2030-08-31"
    assert [(clause["number"], clause["origin"]) for clause in found[0]["clauses"]] == [
        ("1(2)(c)", "replaced"),
        ("1.2(1)", "replaced"),
        ("1(2)", "template"),
    ]


def test_an_unknown_source_is_a_usage_error() -> None:
    result = policy("sources", "farm-rule")
    assert result.exit_code == 2
    assert "Did you mean farm-rules?" in result.stderr


def test_editions_that_name_no_basis_say_so() -> None:
    arguments = ["sources", "--project", str(TESTS / "policies/promises")]
    result = CliRunner().invoke(cli, arguments, prog_name="policy")
    assert result.stdout == "These policies' editions do not say what their clauses rest on.\n"


def test_a_column_says_what_each_clause_rests_on() -> None:
    with_sources = policy("show", "brook", "--sources").stdout
    assert "The keeper:  [Animal Keeping Act 2028, part two]\n" in with_sources
    assert "keeps the key;  [good practice]\n" in with_sources
    assert "[" not in policy("show", "brook").stdout


def test_the_check_says_what_was_looked_up_and_what_will_end() -> None:
    result = policy("check", "brook")
    looked_up = "looked up to 1 February 2030; to be looked up again by the council’s officer for animals.\n"
    assert f"Edition 2030-01: Law and guidance {looked_up}" in result.stdout
    assert "brook: Animal Keeping Act 2028 ends on 31 December 2030, after the next review." in result.stdout
    data = json.loads(policy("check", "brook", "--format", "json").stdout)
    assert data["law_looked_up"][0]["until"] == "2030-02-01"
    assert len(data["schools"][0]["law_still_to_change"]) == 1


def test_a_check_of_editions_without_a_day_is_silent() -> None:
    result = CliRunner().invoke(cli, ["check", "trottiscliffe", "--project", str(ROOT)], prog_name="policy")
    assert "looked up" not in result.stdout
