"""Section files as provisions. What is wrong in them stands in the folders of `bad/`."""

import pytest

from build_tools.policy.model import Condition, Kind, Provision
from build_tools.schema.file import parse_schema
from build_tools.template.sections import SectionReader, entry_of, is_id, why_not_citable
from build_tools.text.problems import Place

SCHEMA = parse_schema(
    """\
type: object
properties:
  exams: {type: boolean, title: "Exams?"}
  apps: {type: array, title: Apps, items: {type: string}}
  rule: {title: Rule, oneOf: [{const: a, title: A}, {const: b, title: B}]}
""",
    "school.schema.yml",
)
FILE = """\
# Title {: #title }

> Guidance: Of the clause.

A paragraph. {: #paragraph }

> Guidance: One note,
> in two lines.

> Guidance: Another note.

## Section {: #section when="exams" }

### Group {: #group when="rule=a|b" }

- A lead-in: {: #lead when="apps" }
    - {{ item }} {: #app each="apps" }

#### Inner group {: #inner }

- Clause. {: #clause }

### Next group {: #next-group }

- Its clause. {: #its-clause }

## Called a group {: #called .group }

- After. {: #after }
"""


@pytest.fixture(scope="module")
def reader() -> SectionReader:
    made = SectionReader(SCHEMA, frozenset())
    made.read(FILE, "01-title.md")
    made.check_refs()
    made.check_entries()
    assert not made.problems
    return made


def tree(provision: Provision) -> list[object]:
    return [provision.kind.value, provision.id, *(tree(child) for child in provision.children)]


def test_headings_hold_what_follows_them(reader: SectionReader) -> None:
    (title,) = reader.sections
    assert tree(title) == [
        "section",
        "title",
        ["clause", "paragraph"],
        [
            "section",
            "section",
            ["group", "group", ["clause", "lead", ["clause", "app"]], ["group", "inner", ["clause", "clause"]]],
            ["group", "next-group", ["clause", "its-clause"]],
        ],
        ["group", "called", ["clause", "after"]],
    ]


def test_a_provision_knows_its_words_conditions_notes_and_place(reader: SectionReader) -> None:
    every = {provision.id: provision for section in reader.sections for provision in section.walk()}
    assert every["lead"] == Provision(
        Kind.CLAUSE, "lead", "A lead-in:", (Condition("apps"),), children=(every["app"],), place=Place("", 0)
    )
    assert (every["app"].source, every["app"].each) == ("{{ item }}", "apps")
    assert every["section"].guidance == ("One note,\nin two lines.", "Another note.")
    assert every["paragraph"].guidance == ("Of the clause.",)
    assert [every[i].place.line for i in ("title", "paragraph", "app", "after")] == [1, 5, 17, 29]


def test_what_stands_around_a_provision_is_among_its_conditions(reader: SectionReader) -> None:
    exams, rule, apps = (
        Condition("exams", frozenset({"yes"})),
        Condition("rule", frozenset({"a", "b"})),
        Condition("apps"),
    )
    conditions = reader.conditions
    assert conditions["paragraph"] == frozenset()
    assert conditions["group"] == {exams, rule}
    assert conditions["app"] == {exams, rule, apps}
    assert conditions["its-clause"] == {exams}
    assert conditions["after"] == frozenset()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a", True),
        ("email-offensive", True),
        ("a1-b2-3", True),
        ("", False),
        ("A", False),
        ("1a", False),
        ("a--b", False),
        ("a-", False),
        ("a_b", False),
        ("ü", False),
        ("a\n", False),
    ],
)
def test_is_id(text: str, *, expected: bool) -> None:
    assert is_id(text) is expected


@pytest.mark.parametrize(
    ("identity", "lead"),
    [("app-1", "app"), ("app-12", "app"), ("app", None), ("app-x", None), ("app-1-2", None), ("other-1", None)],
)
def test_entry_of(identity: str, lead: str | None) -> None:
    assert entry_of(identity, {"app"}) == lead


@pytest.mark.parametrize(("kind", "each", "is_citable"), [
    (Kind.SECTION, None, True),
    (Kind.CLAUSE, None, True),
    (Kind.GROUP, None, False),
    (Kind.CLAUSE, "apps", False),
])  # fmt: skip
def test_sections_and_clauses_can_be_cited(kind: Kind, each: str | None, *, is_citable: bool) -> None:
    assert (why_not_citable(Provision(kind, "a", "", each=each)) is None) is is_citable
