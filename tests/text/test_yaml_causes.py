"""Why YAML cannot read a text: each cause has its own line and words, and none hides another."""

import re
from collections.abc import Callable

import pytest
from folders import ROOT

from build_tools.text.problems import Mistakes
from build_tools.text.yaml_file import Unreadable, parse_yaml


def messages(text: str) -> list[str]:
    """Return the mistakes in a YAML text as `line: message`."""
    with pytest.raises(Mistakes) as raised:
        parse_yaml(text, "school.yml")
    return [f"{problem.place.line}: {problem.message}" for problem in raised.value.problems]


FITS = "which fits nothing around it."
SECOND = "There is a second colon in this line."
BELONGS = "begin it on a line of its own; if it belongs to the text, write:"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "a: b: c",
            f'1: {SECOND} If b is a question, {BELONGS} a: "b: c"',
        ),
        (
            "a: Parents asked: no",
            '1: There is a second colon in this line. Put the text in straight quotation marks: a: "Parents asked: no"',
        ),
        (
            "name: Oak next_review: 2019",
            f'1: {SECOND} If next_review is a question, {BELONGS} name: "Oak next_review: 2019"',
        ),
        ("a: b\nc\nd: e", "2: A colon is missing after c, or the line is not indented enough. Write: c:"),
        ("a: b\nc d\nd: e", "2: A colon is missing after c, or the line is not indented enough. Write: c: d"),
        ("a:\n  b c\n  d: e", "2: A colon is missing after b, or the line is not indented enough. Write: b: c"),
        ("a: b\nC?\nd: e", "2: A colon is missing after a name, or the line is not indented enough."),
        ("a: - b", "1: Begin the list on the next line."),
        ("a: b\n   c: d", f"2: This line is indented by 3 spaces, {FITS} Delete the spaces, like a on line 1."),
        (
            "a:\n  b: c\n   d: e",
            f"3: This line is indented by 3 spaces, {FITS} Indent it by 2 spaces, like b on line 2.",
        ),
        ("a:\n  b: c\n d: e", f"3: This line is indented by 1 space, {FITS} Indent it by 2 spaces, like b on line 2."),
        (
            "a:\n  - b: c\n   d: e",
            f"3: This line is indented by 3 spaces, {FITS} Indent it by 4 spaces, like b on line 2.",
        ),
        (
            "a:\n - b: c\n  - d: e",
            f"2: This line is indented by 1 space, {FITS} Indent it by 2 spaces, like d on line 3.",
        ),
        (
            "a:\n   b: c\n  d: e\n  f: g",
            f"2: This line is indented by 3 spaces, {FITS} Indent it by 2 spaces, like d on line 3.",
        ),
        ("a:\n  b: c\n\n d: e", f"4: This line is indented by 1 space, {FITS} Delete the spaces, like a on line 1."),
        ("  a: b\nc: d", "1: This line is indented by 2 spaces, and line 2 is not. Delete the spaces before it."),
        (
            "a:\n  - b\n  c: d",
            (
                "3: This line is below the hyphens of a list. If it is an entry of the list, write: - c: d; if not,"
                " indent it like the lines that it belongs with."
            ),
        ),
        (
            "a: b\n<<<<<<< HEAD\nc: d\n=======\nc: e\n>>>>>>> x\n",
            (
                "2: Git could not merge two versions of this file, and left both (up to line 6). Keep the lines of one"
                " of them, and delete those that begin with <<<<<<<, ======= and >>>>>>>."
            ),
        ),
        ("a: b\n=======\n", "2: Git left this line when it merged two versions of this file. Delete it."),
        ("a:\n\uf0b7 c: d\n", "2: A list begins with a hyphen, not with •. Write: - c: d"),
        ("a: x\u200e\n", "1: The character U+200E is invisible or for private use. Delete it."),
        ("a: [b: @c]\n", "1: Text cannot begin like this. Put it in quotation marks."),
        (
            'a: ["b" c]\n',
            "1: Something between brackets ends too early. Put each text in quotation marks.",
        ),
    ],
)
def test_a_cause_is_named_by_its_line(text: str, expected: str) -> None:
    assert messages(text) == [expected]


SCHOOL = (ROOT / "schools" / "trottiscliffe" / "school.yml").read_text(encoding="utf-8")
LINES = SCHOOL.split("\n")
ANSWERS = [at for at, line in enumerate(LINES) if re.match(r" +[a-z_]+: [\w ]+$", line)]

SLIPS: dict[str, Callable[[str], str | None]] = {
    "no-break space": lambda line: "\u00a0" + line[1:],
    "tab": lambda line: "\t" + line.lstrip() if line.startswith("  ") and line[2] != " " else None,
    "one space more": lambda line: " " + line,
    "one space less": lambda line: line[1:],
    "no space after the colon": lambda line: line.replace(": ", ":"),
    "fullwidth colon": lambda line: line.replace(": ", "："),
    "equals sign": lambda line: line.replace(": ", " = "),
    "curly quotation marks": lambda line: re.sub(": (.*)", r": “\1”", line),
    "open quotation mark": lambda line: line.replace(": ", ': "'),
    "apostrophe": lambda line: line.replace(": ", ": '"),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_in_any_answer_of_a_school_is_found_where_it_is(slip: str) -> None:
    whole = parse_yaml(SCHOOL, "").data
    tried = 0
    for at in ANSWERS:
        changed = SLIPS[slip](LINES[at])
        # the only answer of a block may be indented in any way
        if changed is None or (not LINES[at - 1].startswith("  ") and not LINES[at + 1]):
            continue
        tried += 1
        with pytest.raises(Unreadable) as raised:
            parse_yaml("\n".join([*LINES[:at], changed, *LINES[at + 1 :]]), "")
        assert [problem.place.line for problem in raised.value.problems] == [at + 1]
        assert raised.value.meant is None or raised.value.meant.data == whole
    assert tried > 10


def test_every_slip_of_a_file_is_found() -> None:
    lines = list(LINES)
    slips = [slip for name, slip in SLIPS.items() if not name.startswith("one space")]
    tried = {at: slips[number % len(slips)](lines[at]) for number, at in enumerate(ANSWERS)}
    changed = {at: line for at, line in tried.items() if line is not None}
    for at, line in changed.items():
        lines[at] = line
    with pytest.raises(Mistakes) as raised:
        parse_yaml("\n".join(lines), "")
    assert {problem.place.line for problem in raised.value.problems} == {at + 1 for at in changed}
