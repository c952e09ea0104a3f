"""Residue: what is left over of a template or its making, and what only looks so."""

from collections.abc import Mapping

import pytest

from build_tools.policy.model import plain
from build_tools.proofreading.leftovers import find_residue, find_self_description
from build_tools.resolving.resolve import resolve_template
from build_tools.template.edition import Edition
from build_tools.text.problems import Severity

MISTAKES = [
    ("Ask [school name] for it.", "[school name]"),
    ("Ask [Name of DSL] for it.", "[Name of DSL]"),
    ("Ask [insert the role] for it.", "[insert the role]"),
    ("[DATE]", "[DATE]"),
    ("[school]", "[school]"),
    ("[…]", "[…]"),
    ("[xx]", "[xx]"),
    ("Ask (insert name of DSL).", "(insert name of DSL)"),
    ("Ask <insert name>.", "<insert name>"),
    ("Ask <School name>.", "<School name>"),
    ("Insert your school name here.", "Insert your school name here"),
    ("Insert name of the DSL.", "Insert name"),
    ("Ask XXX about it.", "XXX"),
    ("Ask xxxx about it.", "xxxx"),
    ("Ratified on XX/XX/2018.", "XX/XX"),
    ("Ratified in 20XX.", "20XX"),
    ("Ratified on DD/MM/YYYY.", "DD/MM/YYYY"),
    ("Who does so is TBC.", "TBC"),
    ("Who does so: tbc", "tbc"),
    ("Signed ______", "______"),
    ("Signed ......", "......"),
    ("Signed ????", "????"),
    ("{{ school.name }} says", "{{ school.name }}"),
    ("{% if x", "{%"),
    ("Dear «Title», dear all", "«Title»"),
    ("Click or tap here to enter text.", "Click or tap here to enter text"),
    ("Lorem ipsum dolor", "Lorem ipsum"),
    ("Phones stay at home (delete as appropriate).", "(delete as appropriate)"),
    ("See Error! Reference source not found.", "Error! Reference source not found"),
    ("Error! Bookmark not defined.", "Error! Bookmark not defined"),
    ("see _Ref1234567", "_Ref1234567"),
    ("Each school/academy does so.", "school/academy"),
    ("Each school / academy / college does so.", "school / academy / college"),
    ("Every pupil/student does so.", "pupil/student"),
    ("Pupils/students do so.", "Pupils/students"),
    ("The governors/trustees agree.", "governors/trustees"),
    ("The list is long (see appendix for template policy).", "appendix"),
    ("As said in Appendix B.", "Appendix B"),
    ("Refer to Annex 2.", "Annex 2"),
]
WARNINGS = [
    ("The headteacher/principal is told.", "headteacher/principal"),
    ("The head teacher/manager is told.", "head teacher/manager"),
    ("The lead is/are told.", "is/are"),
    ("The lead(s) will.", "lead(s)"),
    ("A child keeps his/her phone.", "his/her"),
    ("If s/he asks.", "s/he"),
]
RIGHT = [
    "Parents/carers and children/young people and/or staff",
    "staff/pupil ratio, 24/7, on/off, Reading/Writing",
    "our School/Nursery office",  # a name
    "“[the school] must” [sic] [2018]",
    "films that are XXX-rated",
    "sites under .xxx, Louis XX, Chapter XX",
    "https://www.example.org/tbc/____/[name]?q=???, tbc@example.org, www.xxx.example",
    "insert name badges into the holders, insert the SIM card",
    "Is it so? Is it not so?! Wait...",
    "We add names (add yours) and choose a name.",
    "a list <https://example.org>, a < b > c",
    "staff delete as appropriate what they hold",
    "See Appendix 2 of the code of conduct, and the appendix to our behaviour policy.",
    "errors, an error! and bookmarks",
    "an appendix operation, « bonjour »",
]


@pytest.mark.parametrize(("text", "words"), MISTAKES)
def test_what_is_surely_left_over_is_a_mistake(text: str, words: str) -> None:
    assert [(text[f.start : f.end], f.severity) for f in find_residue(text)] == [(words, Severity.MISTAKE)]


@pytest.mark.parametrize(("text", "words"), WARNINGS)
def test_what_might_be_meant_is_a_warning(text: str, words: str) -> None:
    assert [(text[f.start : f.end], f.severity) for f in find_residue(text)] == [(words, Severity.WARNING)]


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right_is_no_residue(text: str) -> None:
    assert not list(find_residue(text))


@pytest.mark.parametrize(
    ("headings", "is_found"), [([], True), (["Appendix A: whom to ring"], True), (["Appendix B: whom to ring"], False)]
)
def test_an_appendix_may_be_pointed_to_if_it_is_there(headings: list[str], *, is_found: bool) -> None:
    assert bool(list(find_residue("as in Appendix B", headings))) == is_found


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("This template is reviewed each year.", Severity.MISTAKE),
        ("this policy template", Severity.MISTAKE),
        ("We follow the template policy.", Severity.WARNING),
        ("Talk to your school first.", Severity.WARNING),
        ("Talk to your school nurse first.", None),
        ("Posters say “your school cares”.", None),
        ("The template of the council is not ours; our letters follow a template.", None),
    ],
)
def test_a_policy_does_not_speak_as_its_template_does(text: str, severity: Severity | None) -> None:
    assert [f.severity for f in find_self_description(text)] == ([severity] if severity else [])


def test_what_the_editions_say_of_themselves_is_no_residue(editions: Mapping[str, Edition]) -> None:
    for edition in editions.values():
        blanks = {f"[{field.title}]" for field in edition.schema.root.walk()}
        for node in resolve_template(edition).walk():
            text = plain(node.text)
            found = [text[f.start : f.end] for f in find_residue(text)]
            # a template shows its fields in brackets, which no school's policy does
            assert not [words for words in found if words not in blanks and not words.startswith("[")], text
