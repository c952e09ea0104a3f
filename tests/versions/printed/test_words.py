"""A ratified PDF is held against policy.json by its words, whichever engine printed it."""

import dataclasses
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from cases import EXAMPLES, name_example, read_example
from folders import ROOT
from frozen import freeze_pdf, short, with_clauses

from build_tools.outputs.pdf import Engine
from build_tools.policy.model import Kind, Node, Origin, Phrase, Policy, Run
from build_tools.resolving.resolve import Resolved, resolve
from build_tools.versions.freezing import Decision
from build_tools.versions.printed.held_against import faults

pytestmark = pytest.mark.slow

RATIFIED = sorted(ROOT.glob("schools/*/ratified/*/policy.pdf"))


def _printed(change: Callable[[tuple[Node, ...]], tuple[Node, ...]]) -> Callable[[Resolved], Resolved]:
    return lambda resolved: dataclasses.replace(resolved, policy=with_clauses(resolved.policy, change))


def _reworded(at: tuple[int, ...], before: str, after: str) -> Callable[[tuple[Node, ...]], tuple[Node, ...]]:
    """Return what changes words of the clause with these indexes."""

    def change(nodes: tuple[Node, ...], way: tuple[int, ...] = at) -> tuple[Node, ...]:
        index, *deeper = way
        node = nodes[index]
        if deeper:
            changed = msgspec.structs.replace(node, children=change(node.children, tuple(deeper)))
        else:
            text = tuple(msgspec.structs.replace(run, text=run.text.replace(before, after)) for run in node.text)
            assert text != node.text
            changed = msgspec.structs.replace(node, text=text)
        return (*nodes[:index], changed, *nodes[index + 1 :])

    return change


def _slipped_in(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    text = (Run("The headteacher may set this policy aside."),)
    return (nodes[0], msgspec.structs.replace(nodes[0], text=text, number="(1A)"), *nodes[1:])


def _in_a_sentence(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    return _reworded((1, 3), "good example.", "good example. Staff are exempt.")(nodes)


def _left_out(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    return (msgspec.structs.replace(nodes[1], children=nodes[1].children[:2] + nodes[1].children[3:]), *nodes[2:])


def _swapped(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    a, b, *others = nodes[1].children
    return (nodes[0], msgspec.structs.replace(nodes[1], children=(b, a, *others)), *nodes[2:])


FORGED = {
    "another word": (
        _reworded((1, 3), "safely", "quickly"),
        ["Page 4, clause 1(2)(d): “quickly” should be “safely”, as in policy.json."],
    ),
    "a word left out": (
        _reworded((1, 1), "without being harmed", "being harmed"),
        ["Page 4, clause 1(2)(b): “without” is in policy.json, but not in the PDF."],
    ),
    "a number": (
        lambda nodes: (nodes[0], msgspec.structs.replace(nodes[1], number="(3)"), *nodes[2:]),
        ["Page 4, clause 1(2): “(3)” should be “(2)”, as in policy.json."],
    ),
    "a sentence in a clause": (
        _in_a_sentence,
        ["Page 4, clause 1(2)(e): “Staff are exempt.” is not in policy.json."],
    ),
    "a clause between two": (
        _slipped_in,
        ["Page 4, clause 1(2): “(1A) The headteacher may set this policy aside.” is not in policy.json."],
    ),
    "a clause left out": (
        lambda nodes: (nodes[0], *_left_out(nodes)),
        [
            (
                "Page 4, clause 1(2)(c): “(c) Set out how we teach pupils about online safety.” is in policy.json, "
                "but not in the PDF."
            )
        ],
    ),
    "two clauses in another order": (
        _swapped,
        [
            (
                "Page 4, clause 1(2)(a): “(a) Keep everyone in our community safe online.” is in policy.json, but not "
                "in the PDF."
            ),
            "Page 4, clause 1(2)(c): “(a) Keep everyone in our community safe online.” is not in policy.json.",
        ],
    ),
    "two places": (
        lambda nodes: _reworded((0,), "staff", "no staff")(_reworded((1, 3), "safely", "quickly")(nodes)),
        [
            "Page 4, clause 1(1): “no” is not in policy.json.",
            "Page 4, clause 1(2)(d): “quickly” should be “safely”, as in policy.json.",
        ],
    ),
}


@pytest.mark.parametrize("engine", Engine)
@pytest.mark.parametrize("forgery", FORGED)
def test_another_text_is_found_with_its_place(forgery: str, engine: Engine) -> None:
    change, expected = FORGED[forgery]
    assert list(faults(*freeze_pdf(short(), engine=engine, printed=_printed(change)))) == expected


@pytest.mark.parametrize("engine", Engine)
def test_the_policy_itself_has_no_fault(engine: Engine) -> None:
    assert faults(*freeze_pdf(short(), engine=engine)) == ()


def test_another_document_is_found() -> None:
    def other(_nodes: tuple[Node, ...]) -> tuple[Node, ...]:
        text = (Run("Nothing of what was agreed holds any more, and whatever staff did is forgotten from today on."),)
        return (Node(Kind.CLAUSE, "other", text, Origin.TEMPLATE, "other", "(9)", "1(9)"),)

    def all_other(resolved: Resolved) -> Resolved:
        changed = _printed(other)(resolved)
        (section,) = changed.policy.sections
        renamed = msgspec.structs.replace(section, text=(Run("Repeal"),), number="7")
        return dataclasses.replace(changed, policy=dataclasses.replace(changed.policy, sections=(renamed,)))

    expected = "Its words are those of another document: the sections of policy.json are not in it."
    assert faults(*freeze_pdf(short(), printed=all_other)) == (expected,)


def test_a_section_after_the_last_clause_is_found() -> None:
    def longer(resolved: Resolved) -> Resolved:
        (section,) = resolved.policy.sections
        clause = msgspec.structs.replace(section.children[0], text=(Run("Governors may make exceptions."),))
        more = msgspec.structs.replace(section, id="more", number="2", text=(Run("Exceptions"),), children=(clause,))
        return dataclasses.replace(resolved, policy=dataclasses.replace(resolved.policy, sections=(section, more)))

    found = faults(*freeze_pdf(short(), printed=longer))
    assert "Page 5: “Governors may make exceptions.” follows the last clause, but is not in policy.json." in found


@pytest.mark.parametrize("engine", Engine)
@pytest.mark.parametrize(
    ("path", "changed", "message"),
    [
        ("school", {"name": "Hillside School"}, "it does not say the school’s name: “Oakenshaw Primary School”."),
        ("people", {"dsl": [{"name": "Mr Mallory Grimes"}]}, "“Mallory”, which is not in policy.json."),
        ("document", {"ratified": "2025-10-14"}, "it does not say the date: “14 October 2026”."),
    ],
)
def test_another_name_or_date_before_the_sections_is_found(
    path: str, changed: dict[str, object], message: str, engine: Engine
) -> None:
    def other(resolved: Resolved) -> Resolved:
        values = {**resolved.school.values, path: {**resolved.school.values[path], **changed}}
        return dataclasses.replace(resolved, school=dataclasses.replace(resolved.school, values=values))

    found = faults(*freeze_pdf(short(), engine=engine, printed=other))
    assert any(message in fault for fault in found), found


# --- no false alarm ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", RATIFIED, ids=lambda file: f"{file.parts[-4]}@{file.parts[-2]}")
def test_what_was_ratified_by_older_programs_has_no_fault(file: Path) -> None:
    assert faults(file.read_bytes(), file.with_name("policy.json").read_bytes()) == ()


@pytest.mark.parametrize("folder", EXAMPLES, ids=name_example)
def test_no_example_has_a_fault(folder: Path) -> None:
    edition, school = read_example(folder)
    resolved = Resolved(edition, school, resolve(edition, school))
    assert faults(*freeze_pdf(resolved, Decision("2027-03", "Full governing body", "2028-03"))) == ()


SCRIPTS = {
    "Arabic": "مدرسة النور (٢٠٢٦) الابتدائية",
    "Hebrew": "בית ספר אור (2026)",
    "Bengali": "আলোর বিদ্যালয়",
    "Devanagari": "ज्ञान विद्यालय",
    "Gujarati": "જ્ઞાન વિદ્યાલય",
    "Gurmukhi": "ਗਿਆਨ ਸਕੂਲ",
    "Tamil": "அறிவுப் பள்ளி",
    "Chinese": "光明小学《校规》",
    "Greek": "Σχολείο Φως",
    "Cyrillic": "Школа Свет",
    "Vietnamese": "Trường tiểu học Ánh Sáng",
    "ligatures": "ﬁnal oﬃce ½ m² №",
    "hyphens": "co\u00adoperation, re-entry, non\u2011stop",
    "an address": f"https://www.example.org/{'safeguarding-' * 20}",
    "two signs with one glyph": "a ˭ b ⁼ c and ∆ Δ",
}


@pytest.mark.parametrize("engine", Engine)
@pytest.mark.parametrize("script", SCRIPTS)
def test_words_of_any_script_are_found_as_they_are_printed(script: str, engine: Engine) -> None:
    words = SCRIPTS[script]

    def worded(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
        text = (Run("In "), Run(words, field="school.name"), Run(f" staff must (not) 12 do it; {words}, {words}."))
        return (msgspec.structs.replace(nodes[0], text=text), msgspec.structs.replace(nodes[0], text=(Run(words),)))

    policy = with_clauses(short().policy, worded)
    resolved = dataclasses.replace(short(), policy=dataclasses.replace(policy, phrases=(Phrase("do it", "cy"),)))
    assert faults(*freeze_pdf(resolved, engine=engine)) == ()


def test_a_changed_word_among_words_of_another_script_is_found() -> None:
    def worded(verb: str) -> Callable[[Policy], Policy]:
        text = (Run("At "), Run("مدرسة النور", field="school.name"), Run(f" staff {verb} lock their screens."))
        return lambda policy: with_clauses(policy, lambda nodes: (msgspec.structs.replace(nodes[0], text=text),))

    resolved = dataclasses.replace(short(), policy=worded("must")(short().policy))
    found = faults(
        *freeze_pdf(resolved, printed=lambda agreed: dataclasses.replace(agreed, policy=worded("may")(agreed.policy)))
    )
    assert found == ("Page 4, clause 1(1): “may” should be “must”, as in policy.json.",)
