"""Filling: values in the words of clauses, each marked with its field."""

from typing import Any

import pytest
from questions import QUESTIONS

from build_tools.policy.model import Citation, Condition, Kind, Origin, Provision, Run, Text, Unnumbered, plain
from build_tools.resolving.fill import fill, school_filler

VALUES = {
    "school": {"name": "The School", "short_name": "TS"},
    "learners": "pupils",
    "body": "Board of Governors",
    "agreed": "2030-02-01",
    "bell": "14:30",
    "site": "https://x.example/a_b",
    "exams": True,
    "ages": ["early"],
    "areas": ["hall", "pool", "yard"],
    "leads": [
        {"name": "Miss A", "role": "Head", "since": "2030-01", "first": True, "url": "https://a.example"},
        {"name": "Mr B", "first": False},
    ],
}
CITED = {
    "act": Citation("The *Act*", "Parliament", "2030", "https://act.example/?a=1&b=2"),
    "guide": Citation("A guide", "Council"),
}


def text(source: str, entry: tuple[str, int] | None = None, **values: Any) -> Text:  # noqa: ANN401 - any answers
    return school_filler(QUESTIONS, {**VALUES, **values}, CITED).text(source, entry)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("No value.", "No value."),
        ("{{ school.name }} ({{ school.short_name }})", "The School (TS)"),
        ("{{ school.short_name | possessive }}", "TS’s"),
        ("{{ agreed }}", "1 February 2030"),
        ("{{ bell }}", "2.30 pm"),
        ("{{ learner }} {{ Learner }} {{ learners }} {{ Learners }}", "pupil Pupil pupils Pupils"),
        ("{{ learner | possessive }} {{ learners | possessive }}", "pupil’s pupils’"),
        ("the {{ governing_body }}", "the Board of Governors"),
        ("{{ areas | listed }}; {{ areas | listed('or') }}", "hall, pool and yard; hall, pool or yard"),
        ("{{ leads | names }}", "Miss A (Head) and Mr B"),
        ("{{ leads | one_or_many('It *is*', 'They *are*') }}", "They *are*"),
        ("{% if exams %}a{% else %}b{% endif %}", "a"),
        ("{% if not exams %}a{% elif learners == 'pupils' %}b{% else %}c{% endif %}", "b"),
        ("{% if 'early' in ages and 'late' not in ages %}a{% endif %}b", "ab"),
        ("{{ cite('act') }}, {{ cite('guide') }}", "The *Act* (2030), A guide"),
    ],
)
def test_words(source: str, words: str) -> None:
    assert plain(text(source)) == words


@pytest.mark.parametrize(
    ("learners", "words"),
    [
        ("children", "child’s Children’s children’s"),
        ("staff", "staff’s Staff’s staff’s"),
        ({"singular": "young person", "plural": "young people"}, "young person’s Young people’s young people’s"),
        ({"singular": "cadet", "plural": "cadets"}, "cadet’s Cadets’ cadets’"),
    ],
)
def test_the_words_for_learners_have_all_their_forms(learners: Any, words: str) -> None:  # noqa: ANN401 - any answer
    source = "{{ learner | possessive }} {{ Learners | possessive }} {{ learners | possessive }}"
    assert plain(text(source, learners=learners)) == words


@pytest.mark.parametrize(
    ("areas", "words"),
    [(["hall"], "hall; hall"), (["hall", "pool"], "hall and pool; hall or pool")],
)
def test_a_list_of_one_and_of_two(areas: list[str], words: str) -> None:
    assert plain(text("{{ areas | listed }}; {{ areas | listed('or') }}", areas=areas)) == words


def test_one_of_a_list_has_the_first_word() -> None:
    assert plain(text("{{ areas | one_or_many('area', 'areas') }}", areas=["hall"])) == "area"


@pytest.mark.parametrize(
    ("source", "index", "words"),
    [
        ("{{ item.name }} since {{ item.since }}", 0, "Miss A since January 2030"),
        ("{{ item.name }}{% if item.role %}, {{ item.role }}{% endif %}", 1, "Mr B"),
        ("{% if item.first %}first{% else %}other{% endif %}", 0, "first"),
        ("{% if item.first %}first{% else %}other{% endif %}", 1, "other"),
        ("{{ item | link }} at {{ item.url }}", 0, "Miss A at https://a.example"),
        ("{{ item | link }}", 1, "Mr B"),
    ],
)
def test_an_entry_of_a_list(source: str, index: int, words: str) -> None:
    assert plain(text(source, ("leads", index))) == words


def test_a_name_of_a_list_is_its_entry() -> None:
    assert plain(text("the {{ item }}, {{ item | link }}", ("areas", 1))) == "the pool, pool"


def test_every_value_is_marked_with_its_field() -> None:
    source = "{{ school.name }}, {{ areas | listed }}, {{ leads | names }}, {{ agreed }}, {{ learners | possessive }}"
    assert [(run.text, run.field) for run in text(source, areas=["hall", "pool"]) if run.field] == [
        ("The School", "school.name"),
        ("hall", "areas"),
        ("pool", "areas"),
        ("Miss A", "leads"),
        ("Head", "leads"),
        ("Mr B", "leads"),
        ("1 February 2030", "agreed"),
        ("pupils’", "learners"),
    ]


def test_addresses_are_links() -> None:
    assert text("{{ site }}") == (Run("https://x.example/a_b", href="https://x.example/a_b", field="site"),)
    assert text("{{ item | link }}", ("leads", 0)) == (Run("Miss A", href="https://a.example", field="leads"),)
    assert text("{{ cite('act') }}") == (Run("The *Act*", href="https://act.example/?a=1&b=2"), Run(" (2030)"))


def test_a_citation_waits_for_its_number() -> None:
    assert text("See {{ ref('a-clause') }}.") == (Run("See "), Run("", target="a-clause"), Run("."))


# --- drafts --------------------------------------------------------------------------------------


def node(draft: Unnumbered) -> Any:  # noqa: ANN401 - some of a node
    (filled,) = fill([draft], school_filler(QUESTIONS, VALUES, CITED))
    return plain(filled.text), filled.origin.value, filled.was and plain(filled.was), filled.provision, filled.when


WHEN = (Condition("exams", frozenset({"yes"})),)
OLD = Provision(Kind.CLAUSE, "a", "Old {{ school.name }}.", WHEN)
SECTION = Provision(Kind.SECTION, "a", "Old {{ school.name }}", WHEN)


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        pytest.param(
            Unnumbered(Kind.CLAUSE, "a", "Words.", Origin.TEMPLATE, Provision(Kind.CLAUSE, "a", "Words.")),
            ("Words.", "template", None, "a", ()),
            id="as in the template",
        ),
        pytest.param(
            Unnumbered(Kind.CLAUSE, "a", OLD.source, Origin.TEMPLATE, OLD),
            ("Old The School.", "filled", None, "a", WHEN),
            id="filled in",
        ),
        pytest.param(
            Unnumbered(Kind.CLAUSE, "a", OLD.source, Origin.CHOSEN, OLD),
            ("Old The School.", "chosen", None, "a", WHEN),
            id="chosen goes before filled in",
        ),
        pytest.param(
            Unnumbered(Kind.CLAUSE, "a", "New {{ school.short_name }}.", Origin.REPLACED, OLD),
            ("New TS.", "replaced", "Old The School.", "a", WHEN),
            id="replaced, with what was",
        ),
        pytest.param(
            Unnumbered(Kind.CLAUSE, "x", "Own {{ school.short_name }}.", Origin.INSERTED),
            ("Own TS.", "inserted", None, None, ()),
            id="inserted",
        ),
        pytest.param(
            Unnumbered(Kind.CLAUSE, "a", OLD.source, Origin.OMITTED, OLD),
            ("", "omitted", "Old The School.", "a", WHEN),
            id="an omitted clause has no words",
        ),
        pytest.param(
            Unnumbered(Kind.SECTION, "a", SECTION.source, Origin.OMITTED, SECTION),
            ("Not used at TS", "omitted", "Old The School", "a", WHEN),
            id="an omitted section keeps a heading",
        ),
        pytest.param(
            Unnumbered(Kind.SECTION, "a", SECTION.source, Origin.NOT_CHOSEN, SECTION),
            ("Not used at TS", "not-chosen", "Old The School", "a", WHEN),
            id="so does one that is not chosen",
        ),
    ],
)
def test_fill(draft: Unnumbered, expected: Any) -> None:  # noqa: ANN401 - some of a node
    assert node(draft) == expected
