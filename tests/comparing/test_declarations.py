"""What changed in the declarations of two editions: questions, answers, bodies, law, conditions and guidance."""

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from folders import EDITIONS

from build_tools.comparing.declarations import AspectChange, DeclaredChange, compare_declarations, summary_of
from build_tools.outputs.word.declarations import declared_paragraphs
from build_tools.template.edition import Edition, read_edition
from build_tools.text.differing import DELETED, INSERTED, SAME, Part

SCHEMA, OWN, PHONES = "school.schema.yml", "edition.yml", "01-phones.md"


def told(change: DeclaredChange) -> str:
    name = f"{change.old_name} -> {change.name}" if change.old_name else change.name
    aspects = "; ".join(f"{aspect.label}: {aspect.old} -> {aspect.new}" for aspect in change.aspects)
    return f"{change.topic} {name} {change.kind}: {aspects}"


@pytest.fixture
def changed(tmp_path: Path) -> Callable[..., tuple[DeclaredChange, ...]]:
    """Return what compares the sound edition of the bad ones with the same after replacements in a file."""

    def compare(file: str, *replacements: tuple[str, str]) -> tuple[DeclaredChange, ...]:
        folder = tmp_path / "policy_src" / "2030-09"
        shutil.copytree(EDITIONS / "sound" / "policy_src" / "2030-09", folder)
        old = read_edition(folder, tmp_path)
        text = (folder / file).read_text(encoding="utf-8")
        for before, after in replacements:
            assert before in text
            text = text.replace(before, after)
        (folder / file).write_text(text, encoding="utf-8")
        return compare_declarations(old, read_edition(folder, tmp_path))

    return compare


ADDED = "  watches: {type: boolean, title: Are watches phones?, default: true}\n  exams:"


@pytest.mark.parametrize(
    ("file", "before", "after", "expected"),
    [
        (SCHEMA, "  exams:", ADDED, [
            "questions watches added: Takes: None -> yes or no; Must be answered: None -> No; Default: None -> Yes",
        ]),
        (SCHEMA, "Are public examinations held here?", "Are there examinations?", [
            "questions exams changed: Question: Are public examinations held here? -> Are there examinations?",
        ]),
        (SCHEMA, "Ask the governors first.", "Ask parents, too.", [
            "questions phones.rule changed: Explanation: Ask the governors first. -> Ask parents, too.",
        ]),
        (SCHEMA, "    required: [rule]", "    required: [rule, place]", [
            "questions phones.place changed: Must be answered: No -> Yes",
        ]),
        (SCHEMA, "        default: lessons", "        default: sessions", [
            "questions school.lessons changed: Default: Lessons -> Sessions",
        ]),
        (SCHEMA, "secondary: students}", "secondary: children}", [
            (
                "questions learners changed: Suggested: Children (if Phase: Primary); Students (if Phase: Secondary)"
                " -> Children (if Phase: Primary); Children (if Phase: Secondary)"
            ),
        ]),
        (SCHEMA, "maxItems: 5", "maxItems: 9", [
            (
                "questions people.leads changed: Takes: a list of entries, each with its own answers, at most 5 entries"
                " -> a list of entries, each with its own answers, at most 9 entries"
            ),
        ]),
        (SCHEMA, "format: time-of-day", "minLength: 1", [
            "questions phones.opens changed: Takes: a time, such as 14:30 -> text",
        ]),
        (SCHEMA, "{const: secondary, title: Secondary}", "{const: secondary, title: Secondary or college}", [
            "answers school.phase=secondary changed: Answer: Secondary -> Secondary or college",
        ]),
        (SCHEMA, "- {const: junior,", "- {const: senior, title: Key Stage 3}\n            - {const: junior,", [
            "answers school.ages=senior added: ",
        ]),
        (SCHEMA, "{const: sessions, title: Sessions", "{const: periods, title: Sessions", [
            "answers school.lessons=sessions -> school.lessons=periods renamed: ",
        ]),
        (OWN, "Borsetshire Police", "Felpersham Police", [
            "bodies authority.police changed: Name: Borsetshire Police -> Felpersham Police",
        ]),
        (OWN, 'from: "2028-04-01"', 'from: "2028-05-01"', [
            "sources act succeeded: In force from: 1 April 2028 -> 1 May 2028",
        ]),
        (OWN, '    until: "2031-04"\n', "", ["sources exam-rules changed: In force until: April 2031 -> None"]),
        (OWN, "title: Phone Policy", "title: Phones Policy", [
            "edition title changed: Title: Phone Policy -> Phones Policy",
            "edition policy changed: Kind of policy: Phone -> Phones",
        ]),
        (OWN, "supersedes: 2029-09\n", "", ["edition supersedes changed: Supersedes: 2029-09 -> None"]),
        (PHONES, "{: #call-home }", '{: #call-home when="exams" }', [
            "provisions call-home changed: For: Every school -> Are public examinations held here? Yes",
        ]),
        (PHONES, "the end of the day", "the beginning of the day", [
            (
                "provisions at-home changed: Guidance: Ask what happens at the end of the day. -> "
                "Ask what happens at the beginning of the day."
            ),
        ]),
        (PHONES, "{: #call-home }", '{: #call-home change="agreed" }', [
            "provisions call-home changed: Freedom: None -> agreed locally",
        ]),
        (PHONES, "may call home once", "may call home twice", []),
    ],
)  # fmt: skip
def test_each_change_is_reported_once(
    file: str, before: str, after: str, expected: list[str], changed: Callable[..., tuple[DeclaredChange, ...]]
) -> None:
    assert [told(change) for change in changed(file, (before, after))] == expected


def test_a_question_in_another_group_has_a_new_name(changed: Callable[..., tuple[DeclaredChange, ...]]) -> None:
    line = "      role: {type: string, title: Job title, minLength: 1}\n"
    changes = changed(SCHEMA, (line, line.replace("role:", "duty:")))
    assert [told(change) for change in changes] == ["questions people.leads[].role -> people.leads[].duty renamed: "]


def test_real_editions_are_compared_completely(editions: Mapping[str, Edition]) -> None:
    changes = compare_declarations(editions["2017-09"], editions["2018-09"])
    assert list(summary_of(changes)) == [
        "2 details of the edition changed.",
        "2 questions were removed.",
        "1 body of the authority changed.",
        "3 pieces of law or guidance are new.",
        "2 pieces of law or guidance were removed.",
        "2 pieces of law or guidance were succeeded by later issues.",
        "5 conditions or notes of clauses changed.",
    ]
    assert compare_declarations(editions["2018-09"], editions["2018-09"]) == ()


def test_what_is_removed_is_added_the_other_way_round(editions: Mapping[str, Edition]) -> None:
    old, new = editions["2017-09"], editions["2018-09"]
    there, back = compare_declarations(old, new), compare_declarations(new, old)
    turned = {"added": "removed", "removed": "added"}
    assert {(change.name, turned.get(change.kind, change.kind)) for change in there} == {
        (change.name, change.kind) for change in back
    }


def test_texts_are_merged_word_by_word() -> None:
    assert AspectChange("Year", "in 2017", "in 2018").words == (
        Part(SAME, "in "),
        Part(DELETED, "2017"),
        Part(INSERTED, "2018"),
    )
    assert AspectChange("Year", None, "2018").words == (Part(INSERTED, "2018"),)


@pytest.mark.parametrize(("left_out", "is_old"), [(INSERTED, True), (DELETED, False)])
def test_word_has_one_edition_without_the_changes(
    left_out: str,
    is_old: bool,  # noqa: FBT001 - a case
    editions: Mapping[str, Edition],
) -> None:
    changes = compare_declarations(editions["2017-09"], editions["2018-09"])
    stretches = [stretch for paragraph in declared_paragraphs(changes) for stretch in paragraph.stretches]
    said = "".join(run.text for stretch in stretches if stretch.kind != left_out for run in stretch.runs)
    for aspect in (aspect for change in changes for aspect in change.aspects):
        text = aspect.old if is_old else aspect.new
        assert "".join((text or "").split()) in "".join(said.split())


def test_word_has_no_heading_where_nothing_changed() -> None:
    assert list(declared_paragraphs(())) == []
