"""A school's amendments as it writes them. What is wrong in one stands in the folders of `bad/`."""

import pytest
from folders import SOUND

from build_tools.policy.model import Action, Amendment, Kind, Provision
from build_tools.schools.amendments import AmendmentReader
from build_tools.schools.meant_provision import MeantProvisions
from build_tools.template.edition import Edition, read_edition
from build_tools.text.yaml_file import parse_yaml


@pytest.fixture(scope="module")
def edition() -> Edition:
    return read_edition(SOUND / "policy_src/2030-01", SOUND)


def read(edition: Edition, text: str) -> list[Amendment]:
    document = parse_yaml(f"amendments:\n{text}", "school.yml")
    reader = AmendmentReader(edition, (), MeantProvisions(edition, None, ()))
    amendments = list(reader.read(document))
    assert not reader.problems
    return amendments


def clause(identity: str, source: str, *children: Provision) -> Provision:
    return Provision(Kind.CLAUSE, identity, source, children=children)


@pytest.mark.parametrize(
    ("text", "amendment"),
    [
        pytest.param(
            "  - replace: mind\n    with: New\n      words.\n    because: We\n      wish.\n",
            Amendment(Action.REPLACE, "mind", "We wish.", source="New words."),
            id="words over two lines",
        ),
        pytest.param(
            "  - replace: visits\n    with: Journeys of {{ learners }}\n    because: x\n",
            Amendment(Action.REPLACE, "visits", "x", source="Journeys of {{ learners }}"),
            id="the title of a section",
        ),
        pytest.param(
            "  - replace: mind\n    with: '- New words, {{ ref(\"coach\") }}.'\n    because: x\n",
            Amendment(Action.REPLACE, "mind", "x", source='New words, {{ ref("coach") }}.'),
            id="words as an item",
        ),
        pytest.param("  - omit: journeys\n    because: x\n", Amendment(Action.OMIT, "journeys", "x"), id="a group"),
        pytest.param(
            "  - insert: own\n    after: again\n    text: Words.\n    because: x\n",
            Amendment(Action.INSERT, "again", "x", (clause("own", "Words."),)),
            id="a clause",
        ),
        pytest.param(
            "  - insert: own\n    after: mind\n    because: x\n    text: |\n"
            "      - A:\n          - b\n              - c {: #see }\n          - d\n",
            Amendment(
                Action.INSERT,
                "mind",
                "x",
                (clause("own", "A:", clause("own-1", "b", clause("see", "c")), clause("own-2", "d")),),
            ),
            id="a clause with clauses below it",
        ),
        pytest.param(
            "  - insert: own\n    after: exams\n    title: Ours\n    because: x\n    text: |\n"
            "      A.\n\n      - B.\n          - C.\n",
            Amendment(
                Action.INSERT,
                "exams",
                "x",
                (
                    Provision(
                        Kind.SECTION,
                        "own",
                        "Ours",
                        children=(clause("own-1", "A."), clause("own-2", "B.", clause("own-2-1", "C."))),
                    ),
                ),
            ),
            id="a section",
        ),
    ],
)
def test_an_amendment(edition: Edition, text: str, amendment: Amendment) -> None:
    assert read(edition, text) == [amendment]


def test_amendments_may_use_given_answers_and_conditions(edition: Edition) -> None:
    text = "  - replace: platforms\n    with: '{{ platforms | names }} at {{ school.website }}'\n    because: x\n"
    given = "school:\n  website: https://x.example\n"
    document = parse_yaml(f"{given}amendments:\n{text}", "school.yml")
    reader = AmendmentReader(edition, ["school.website"], MeantProvisions(edition, None, ()))
    assert len(reader.read(document)) == 1
    assert not reader.problems


def test_an_amendment_and_its_words_have_their_places(edition: Edition) -> None:
    text = "  - insert: own\n    after: mind\n    because: x\n    text: |\n      - A\n          - b\n"
    (amendment,) = read(edition, text)
    assert amendment.place.line == 2
    assert [provision.place.line for provision in amendment.inserted[0].walk()] == [6, 7]


def test_what_was_inserted_can_be_cited_and_followed(edition: Edition) -> None:
    first, second = read(
        edition,
        "  - insert: own\n    after: mind\n    text: Words.\n    because: x\n"
        "  - insert: next\n    after: own\n    text: 'See {{ ref(\"own\") }}.'\n    because: x\n",
    )
    assert (first.target, second.target) == ("mind", "own")
