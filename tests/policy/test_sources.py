"""The law and guidance that clauses rest on: which clauses are listed, and in which order."""

import msgspec
import pytest
from cases import resolved_example

from build_tools.policy.model import Policy
from build_tools.policy.sources import bases_in_words, changed_sources, clauses_on, numbered, sources_of, title_of


def policy_of(name: str) -> Policy:
    return resolved_example("law", name).policy


def listed(policy: Policy) -> dict[str, list[str]]:
    return {source.name: [node.id for node in source.clauses] for source in sources_of(policy)}


def test_a_clause_is_listed_once_for_all_that_is_in_it() -> None:
    assert listed(policy_of("brook")) == {"keeping-act": ["keeper", "keeper-duties"], "visits-guide": ["outside"]}


def test_what_a_school_amended_is_listed_for_itself() -> None:
    # the omitted clause on visits rests on nothing, nor does the one that the school added
    assert listed(policy_of("heath")) == {
        "keeping-act": ["keeper", "keeper-duties", "vet"],
        "farm-rules": ["keeper-duties", "vet", "run"],
    }


def test_what_changed_has_the_amended_clauses_first() -> None:
    found = {source.name: [numbered(node) for node in source.clauses] for source in changed_sources(policy_of("heath"))}
    assert found == {
        "keeping-act": ["1(2)(c) (replaced by the school)", "1(1)", "1(2)"],
        "farm-rules": ["1(2)(c) (replaced by the school)", "1.2(1) (replaced by the school)", "1(2)"],
    }


def test_what_a_federation_amended_names_the_federation() -> None:
    (vet,) = [node for node in policy_of("heath").walk() if node.id == "vet"]
    shared = msgspec.structs.replace(vet, by="The Coast Federation")
    assert numbered(shared) == "1(2)(c) (replaced by The Coast Federation)"


def test_law_that_does_not_apply_leaves_good_practice() -> None:
    policy = policy_of("brook")
    assert clauses_on(policy, "farm-rules") == ()
    assert "farm-rules" not in policy.sources


@pytest.mark.parametrize(
    ("identity", "expected"),
    [
        ("keeper", ("Animal Keeping Act 2028",)),
        ("keeper-duties", ("Animal Keeping Act 2028, part two", "Rules for School Farms (2029)")),
        ("key", ("good practice",)),
        ("feeds", None),
    ],
)
def test_a_basis_in_words(identity: str, expected: tuple[str, ...] | None) -> None:
    policy = policy_of("heath")
    assert bases_in_words(policy.sections[0], policy).get(identity) == expected


def test_a_title_has_its_year() -> None:
    assert [title_of(citation) for citation in policy_of("brook").sources.values()] == [
        "Animal Keeping Act 2028",
        "Guide to Animal Visits (2027)",
    ]
