"""The rules of numbering, as design and statute practice have them, each as a table of cases."""

import pytest

from build_tools.policy.model import Kind, Node, Origin, Run
from build_tools.schema.fields import Schema
from build_tools.schema.file import parse_schema
from build_tools.template.number import Label, after, clause_number, letters, number, number_edition, roman
from build_tools.template.sections import SectionReader

SCHEMA = """\
type: object
properties:
  rule: {title: Rule, oneOf: [{const: a, title: A}, {const: b, title: B}, {const: c, title: C}]}
  exams: {type: boolean, title: "Exams?"}
  ages: {type: array, title: Ages, items: {oneOf: [{const: early, title: E}, {const: late, title: L}]}}
  apps: {type: array, title: Apps, items: {type: string}}
"""


@pytest.fixture(scope="module")
def schema() -> Schema:
    return parse_schema(SCHEMA, "school.schema.yml")


def citations(schema: Schema, *files: str) -> dict[str, str]:
    """Return the numbers that an edition of these files gives, by id."""
    reader = SectionReader(schema, frozenset())
    for index, text in enumerate(files):
        reader.read(text, f"{index}.md")
    assert not reader.problems
    return {identity: label.citation for identity, label in number_edition(reader.sections, schema.lists).items()}


# --- styles --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("index", "expected"),
    [(1, "a"), (2, "b"), (26, "z"), (27, "aa"), (28, "ab"), (52, "az"), (53, "ba"), (702, "zz"), (703, "aaa")],
)
def test_letters(index: int, expected: str) -> None:
    assert letters(index) == expected


@pytest.mark.parametrize(
    ("index", "expected"),
    [(1, "i"), (3, "iii"), (4, "iv"), (5, "v"), (9, "ix"), (14, "xiv"), (40, "xl"), (49, "xlix"), (50, "l")],
)
def test_roman(index: int, expected: str) -> None:
    assert roman(index) == expected


@pytest.mark.parametrize(
    ("depth", "numbers"),
    [
        (0, ["(1)", "(2)", "(10)", "(30)"]),
        (1, ["(a)", "(b)", "(j)", "(ad)"]),
        (2, ["(i)", "(ii)", "(x)", "(xxx)"]),
        (3, ["(A)", "(B)", "(J)", "(AD)"]),
    ],
)
def test_clause_levels_are_numbers_letters_romans_and_capitals(depth: int, numbers: list[str]) -> None:
    assert [clause_number(index, depth) for index in (1, 2, 10, 30)] == numbers


@pytest.mark.parametrize(
    ("label", "index", "expected"),
    [
        ("9", 1, "9A"),
        ("9.5", 1, "9.5A"),
        ("9.5", 2, "9.5B"),
        ("9.5", 27, "9.5AA"),
        ("(6)", 1, "(6A)"),
        ("(6)", 2, "(6B)"),
        ("(b)", 1, "(ba)"),
        ("(b)", 2, "(bb)"),
        ("(ii)", 1, "(iia)"),
        ("(A)", 1, "(AA)"),
    ],
)
def test_what_is_inserted_takes_a_letter_after_what_it_follows(label: str, index: int, expected: str) -> None:
    assert after(label, index) == expected


# --- rule 1: the edition numbers all that it contains --------------------------------------------

DEEP = """\
# One {: #one }

- First. {: #first }

## Sub {: #sub }

- Clause. {: #clause }
    - Lettered. {: #lettered }
        - Roman. {: #roman }
            - Capital. {: #capital }
- Next. {: #next }

A paragraph. {: #paragraph }

## Other {: #other }

- Again. {: #again }
"""
GROUPS = """\
# One {: #one }

- Before. {: #before }

## Group {: #group .group }

- In it. {: #inside }

### Inner {: #inner }

- Deeper. {: #deeper }

## Second {: #second .group }

- After it. {: #after }

## Sub {: #sub }

### Group of sub {: #of-sub }

- Its first. {: #its-first }
"""


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            [DEEP],
            {
                "one": "1",
                "first": "1(1)",
                "sub": "1.1",
                "clause": "1.1(1)",
                "lettered": "1.1(1)(a)",
                "roman": "1.1(1)(a)(i)",
                "capital": "1.1(1)(a)(i)(A)",
                "next": "1.1(2)",
                "paragraph": "1.1(3)",
                "other": "1.2",
                "again": "1.2(1)",
            },
            id="sections and clauses",
        ),
        pytest.param(
            ["# One {: #one }", "# Two {: #two }\n\n- Clause. {: #clause }"],
            {"one": "1", "two": "2", "clause": "2(1)"},
            id="a section for each file",
        ),
        pytest.param(
            [GROUPS],
            {
                "one": "1",
                "before": "1(1)",
                "group": "1",
                "inside": "1(2)",
                "inner": "1",
                "deeper": "1(3)",
                "second": "1",
                "after": "1(4)",
                "sub": "1.1",
                "of-sub": "1.1",
                "its-first": "1.1(1)",
            },
            id="numbers run on through groups",
        ),
    ],
)
def test_the_edition_numbers_all_that_it_contains(schema: Schema, files: list[str], expected: dict[str, str]) -> None:
    assert citations(schema, *files) == expected


# --- rule 2: alternatives share a number, others leave a gap -------------------------------------


@pytest.mark.parametrize(
    ("clauses", "expected"),
    [
        pytest.param("x | rule=a | rule=b | rule=c | y", "1 2 2 2 3", id="one clause for each answer"),
        pytest.param("rule=a | rule=a | rule=b | y", "1 2 1 3", id="two clauses for one answer"),
        pytest.param("rule=b | rule=a | rule=a | rule=b | y", "1 1 2 2 3", id="alternatives in any order"),
        pytest.param("rule=a | x | rule=b", "1 2 3", id="a clause for all stands between them"),
        pytest.param("rule=a | rule=b|c | y", "1 1 2", id="two answers in one condition"),
        pytest.param("rule=a|b | rule=b|c | y", "1 2 3", id="answers that overlap"),
        pytest.param("rule=a | rule | y", "1 2 3", id="an answer and any answer"),
        pytest.param("exams | exams=no | y", "1 1 2", id="yes and no"),
        pytest.param("exams=yes | exams=no | y", "1 1 2", id="yes and no in full"),
        pytest.param("ages=early | ages=late | y", "1 2 3", id="answers that stand together"),
        pytest.param("rule=a | exams=no | y", "1 2 3", id="different options"),
        pytest.param("rule=a and exams | rule=b and exams | y", "1 1 2", id="one of two conditions excludes"),
        pytest.param(
            "rule=a and exams | rule=b | rule=a and exams=no | y", "1 1 1 2", id="three that exclude one another"
        ),
        pytest.param("apps | exams | y", "1 2 3", id="fields that are given or not"),
    ],
)
def test_alternatives_of_one_option_share_a_number(schema: Schema, clauses: str, expected: str) -> None:
    conditions = [condition.strip() for condition in clauses.split(" | ")]
    whens = ["" if condition in "xy" else f' when="{condition}"' for condition in conditions]
    text = "# One {: #one }\n\n" + "".join(f"- Clause. {{: #c{i}{when} }}\n" for i, when in enumerate(whens))
    numbers = [citation for identity, citation in citations(schema, text).items() if identity != "one"]
    assert numbers == [f"1({number})" for number in expected.split()]


def test_what_hangs_under_alternatives_is_counted_apart(schema: Schema) -> None:
    text = """\
# One {: #one }

- A. {: #a when="rule=a" }
    - Of a. {: #a1 }
- B. {: #b when="rule=b" }
    - Of b. {: #b1 }
    - More. {: #b2 }
- C. {: #c }
"""
    found = citations(schema, text)
    assert [found[i] for i in ("a", "a1", "b", "b1", "b2", "c")] == [
        "1(1)",
        "1(1)(a)",
        "1(1)",
        "1(1)(a)",
        "1(1)(b)",
        "1(2)",
    ]


def test_a_group_lends_its_condition_to_its_clauses(schema: Schema) -> None:
    text = """\
# One {: #one }

## With {: #with .group when="exams" }

- W. {: #w1 }
- W. {: #w2 }

## Without {: #without .group when="exams=no" }

- N. {: #n1 }

## All {: #all .group }

- A. {: #a1 }
"""
    found = citations(schema, text)
    assert [found[i] for i in ("w1", "w2", "n1", "a1")] == ["1(1)", "1(2)", "1(1)", "1(3)"]


# --- rules 3 to 5: a policy ----------------------------------------------------------------------

LABELS = {
    "s": Label("7", "7"),
    "a": Label("(1)", "7(1)"),
    "a1": Label("(a)", "7(1)(a)"),
    "c": Label("(3)", "7(3)"),
    "lead": Label("(4)", "7(4)"),
    "each": Label("(a)", "7(4)(a)"),
    "sub": Label("7.1", "7.1"),
    "g": Label("", "7.1"),
    "in-g": Label("(1)", "7.1(1)"),
    "gone": Label("7.2", "7.2"),
    "t": Label("8", "8"),
}


def edition(identity: str, *children: Node, of: str | None = None, text: tuple[Run, ...] = ()) -> Node:
    kind = Kind.GROUP if identity == "g" else Kind.CLAUSE if "(" in LABELS[of or identity].citation else Kind.SECTION
    return Node(kind, identity, text, Origin.TEMPLATE, of or identity, children=children)


def left_out(identity: str) -> Node:
    kind = Kind.CLAUSE if "(" in LABELS[identity].citation else Kind.SECTION
    return Node(kind, identity, (), Origin.OMITTED, identity)


def inserted(identity: str, *children: Node, kind: Kind = Kind.CLAUSE) -> Node:
    return Node(kind, identity, (), Origin.INSERTED, children=children)


@pytest.mark.parametrize(
    ("nodes", "expected"),
    [
        pytest.param(
            [edition("s", edition("a", edition("a1")), edition("c")), edition("t")],
            "7 7(1) 7(1)(a) 7(3) 8",
            id="a clause that is not there leaves a gap",
        ),
        pytest.param(
            [edition("s", left_out("a"), edition("c"), left_out("gone"))],
            "7 7(1) 7(3) 7.2",
            id="what is left out keeps its number",
        ),
        pytest.param(
            [edition("s", edition("lead", *(edition(f"each-{i}", of="each") for i in (1, 2, 3))))],
            "7 7(4) 7(4)(a) 7(4)(b) 7(4)(c)",
            id="the school's own list is lettered inside its clause",
        ),
        pytest.param(
            [edition("s", edition("a"), inserted("x"), inserted("y"), edition("c"), inserted("z"))],
            "7 7(1) 7(1A) 7(1B) 7(3) 7(3A)",
            id="insertions after a clause",
        ),
        pytest.param(
            [edition("s", edition("a", edition("a1"), inserted("x", inserted("x1"), inserted("x2"))))],
            "7 7(1) 7(1)(a) 7(1)(aa) 7(1)(aa)(i) 7(1)(aa)(ii)",
            id="an insertion among lettered clauses, with clauses of its own",
        ),
        pytest.param(
            [edition("s", edition("a"), inserted("x", inserted("x1", inserted("x2", inserted("x3")))))],
            "7 7(1) 7(1A) 7(1A)(a) 7(1A)(a)(i) 7(1A)(a)(i)(A)",
            id="an insertion as deep as can be",
        ),
        pytest.param(
            [edition("s", left_out("a"), inserted("x"), edition("c"))],
            "7 7(1) 7(1A) 7(3)",
            id="an insertion after what is left out",
        ),
        pytest.param(
            [edition("s", edition("sub", edition("g", edition("in-g"), inserted("x"))))],
            "7 7.1 7.1 7.1(1) 7.1(1A)",
            id="an insertion in a group",
        ),
        pytest.param(
            [
                edition(
                    "s",
                    edition("sub"),
                    inserted("x", inserted("x1"), inserted("x2", inserted("x3")), kind=Kind.SECTION),
                )
            ],
            "7 7.1 7.1A 7.1A(1) 7.1A(2) 7.1A(2)(a)",
            id="a section is inserted",
        ),
        pytest.param(
            [
                edition("s"),
                inserted("x", inserted("x1"), kind=Kind.SECTION),
                inserted("y", kind=Kind.SECTION),
                edition("t"),
            ],
            "7 7A 7A(1) 7B 8",
            id="top-level sections are inserted",
        ),
    ],
)
def test_a_policy_is_numbered(nodes: list[Node], expected: str) -> None:
    assert " ".join(node.citation for top in number(nodes, LABELS) for node in top.walk()) == expected


def test_the_margin_number_is_the_last_part_of_the_citation() -> None:
    (section,) = number(
        [edition("s", edition("a", edition("a1"), inserted("x")), edition("sub", edition("g")))], LABELS
    )
    assert [node.number for node in section.walk()] == ["7", "(1)", "(a)", "(aa)", "7.1", ""]


# --- rule 6: citations are the numbers -----------------------------------------------------------


def test_a_citation_is_worded_and_linked() -> None:
    text = (Run("see "), Run("", target="x"), Run(", "), Run("", target="sub"))
    (section,) = number([edition("s", edition("a", text=text), inserted("x"), edition("sub"))], LABELS)
    assert section.children[0].text == (Run("see "), Run("7(1A)", target="x"), Run(", "), Run("7.1", target="sub"))


def test_template_words_may_cite_absent_parts_without_a_link() -> None:
    was = (Run("", target="c"), Run(" and "), Run("", target="gone"), Run(" and "), Run("", target="a1"))
    replaced = Node(Kind.CLAUSE, "a", (), Origin.REPLACED, "a", was=was)
    (section,) = number([edition("s", replaced, left_out("c"), left_out("gone"))], LABELS)
    assert section.children[0].was == (
        Run("7(3)"),
        Run(" and "),
        Run("7.2", target="gone"),
        Run(" and "),
        Run("7(1)(a)"),
    )
