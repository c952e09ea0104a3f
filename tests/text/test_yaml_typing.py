"""Slips in a line of YAML: each kind is found, says what to type, and is read as it was meant."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from build_tools.text.yaml_file import Unreadable, parse_yaml
from build_tools.text.yaml_slips import quoted, written
from build_tools.text.yaml_typing import MOST_SLIPS, may_have_slips, tidied

FROM_THE_WEB = "perhaps copied from a web page or from Word."
CURLY = "Curly quotation marks would be printed. Type straight ones:"
NOT_CLOSED = "The quotation mark before this text is not closed. Write:"
TOO_EARLY = "This text ends too early, at a quotation mark or apostrophe inside it. Write:"
BEGINS = "Put it in quotation marks:"

SILENT = [
    ("\u00a0 a: b", f"There is a no-break space (U+00A0) at the beginning of this line, {FROM_THE_WEB}", "  a: b"),
    ("\u202fa: b", f"There is a narrow no-break space (U+202F) at the beginning of this line, {FROM_THE_WEB}", " a: b"),
    ("\u2007- a", f"There is a figure space (U+2007) at the beginning of this line, {FROM_THE_WEB}", " - a"),
    ("-\u00a0a: b", f"There is a no-break space (U+00A0) at the beginning of this line, {FROM_THE_WEB}", "- a: b"),
    ("a\u00a0: b", f"There is a no-break space (U+00A0) before the colon, {FROM_THE_WEB}", "a: b"),
    ("a:\u00a0b", f"There is a no-break space (U+00A0) after the colon, {FROM_THE_WEB}", "a: b"),
    ("\u00a0", "This line looks empty, but there is a no-break space (U+00A0) in it. Delete the line.", ""),
    ("\ta: b", "There is a tab here. Indent with spaces.", "  a: b"),
    ("• a", "A list begins with a hyphen, not with •. Write: - a", "- a"),
    ("•a", "A list begins with a hyphen, not with •. Write: - a", "- a"),
    ("– name: a", "A list begins with a hyphen, not with –. Write: - name: a", "- name: a"),
    ("* a", "A list begins with a hyphen, not with *. Write: - a", "- a"),
    ("· a", "A list begins with a hyphen, not with ·. Write: - a", "- a"),
    ("-name: a", "A space is missing after the hyphen. Write: - name: a", "- name: a"),
    ("a:b c", "A space is missing after the colon. Write: a: b c", "a: b c"),
    ("- a:b", "A space is missing after the colon. Write: - a: b", "- a: b"),
    ("a：b", "There is a fullwidth colon (U+FF1A) after a instead of a colon. Write: a: b", "a: b"),
    ("a; b", "There is a semicolon after a instead of a colon. Write: a: b", "a: b"),
    ("a = b", "There is an equals sign after a instead of a colon. Write: a: b", "a: b"),
    ("a => b", "There is an arrow after a instead of a colon. Write: a: b", "a: b"),
    ("a:: b", "There is more than one colon after a. Write: a: b", "a: b"),
    ("a: “b c”", f'{CURLY} a: "b c"', 'a: "b c"'),
    ("a: ‘it’s’", f'{CURLY} a: "it’s"', 'a: "it’s"'),
    ("a: „b“", f'{CURLY} a: "b"', 'a: "b"'),
    ('a: “b"', f'{CURLY} a: "b"', 'a: "b"'),
    ("a: “9:30: b”", f'{CURLY} a: "9:30: b"', 'a: "9:30: b"'),
    ("“a”: b", f"{CURLY} a: b", "a: b"),
    ("a: [“b”, ‘c’]", f'{CURLY} a: ["b", "c"]', 'a: ["b", "c"]'),
    ("a: {b:c}", "A space is missing after the colon. Write: a: {b: c}", "a: {b: c}"),
    (
        "a: House #2",
        (
            'Nothing after # is read. If it belongs to the answer, write: a: "House #2"; if it is a comment, put a'
            " space after the #."
        ),
        'a: "House #2"',
    ),
]
NOTICED = [
    ('a: "b', f'{NOT_CLOSED} a: "b"', 'a: "b"'),
    ('a: "b”', f'{NOT_CLOSED} a: "b"', 'a: "b"'),
    ("a: 'b", f'{NOT_CLOSED} a: "b"', 'a: "b"'),
    ("a: 'it's'", f'{TOO_EARLY} a: "it\'s"', 'a: "it\'s"'),
    ('a: "b "c" d"', f"{TOO_EARLY} a: 'b \"c\" d'", "a: 'b \"c\" d'"),
    ('a: "b" c', f"{TOO_EARLY} a: '\"b\" c'", "a: '\"b\" c'"),
    ('a: "b" and "c"', f'{TOO_EARLY} a: \'"b" and "c"\'', 'a: \'"b" and "c"\''),
    ('a: "b\\c"', "There is a backslash in double quotation marks. Use single ones: a: 'b\\c'", "a: 'b\\c'"),
    *(
        (f"a: {sign}b", f'Text cannot begin with {sign}. {BEGINS} a: "{sign}b"', f'a: "{sign}b"')
        for sign in ("@", "%", "&", "*", "!", "|", ">", "]", "}", ",", "[x] ", "{{ x }} ")
        if len(sign) == 1
    ),
    ("a: [b] c", f'Text cannot begin with [. {BEGINS} a: "[b] c"', 'a: "[b] c"'),
    ("a: {{ b }} c", f'Text cannot begin with {{. {BEGINS} a: "{{{{ b }}}} c"', 'a: "{{ b }} c"'),
    ("a: `b`", f'Text cannot begin with `. {BEGINS} a: "b"', 'a: "b"'),
    ("a: [b, c", "A bracket [ is not closed. Write: a: [b, c]", "a: [b, c]"),
    ("a: {b: c", "A brace { is not closed. Write: a: {b: c}", "a: {b: c}"),
]


@pytest.mark.parametrize(("line", "message", "meant"), [*SILENT, *NOTICED], ids=[row[0] for row in [*SILENT, *NOTICED]])
def test_a_slip_is_named_with_what_to_type(line: str, message: str, meant: str) -> None:
    lines = ["x:", line]
    slips = tidied(lines, is_broken=True)
    assert [slip.line for slip in slips] == [2]
    assert slips[0].message.startswith(message)
    assert lines == ["x:", meant]


@pytest.mark.parametrize("line", [row[0] for row in SILENT])
def test_a_slip_that_yaml_takes_for_words_is_suspected(line: str) -> None:
    assert may_have_slips(line)


@pytest.mark.parametrize(
    "text",
    [
        "a: “Sexting” means “b”",
        "a: ‘Oak’ and ‘Ash’",
        "a: the “b”",
        "a: https://x.example",
        "- https://x.example:80",
        "a: 9:30",
        "a: Mr B\u00a0C",
        "a: b # a comment",
        "# a:b",
        "a: b – c",
        "a: >\n  • b\n  c:d\n  \u00a0x\n",
        "a: |\n  - b\n      -c\n\n  d = e\n",
        "a: b\n  • c\n",
        "a: 'b\n  c:d'",
        "a: [b,\n  c:d]",
        "a: -b",
        "a: {b: https://c}",
        "---\na: b",
        "a: x=y",
    ],
)
def test_what_may_be_meant_is_no_slip(text: str) -> None:
    assert tidied(text.split("\n"), is_broken=False) == []
    parse_yaml(text, "x.yml")


WORDS = st.text(st.sampled_from("aB é’“”‘\"'#:,;=-•*&!@[]{}>|%`\\\u00a0\t1"), min_size=1, max_size=12)


@given(WORDS)
def test_words_in_quotation_marks_mean_themselves(words: str) -> None:
    assert parse_yaml(f"a: {quoted(words)}\n", "x.yml").data == {"a": words}


@given(st.dictionaries(st.sampled_from("abc"), st.one_of(WORDS, st.lists(WORDS)), min_size=1))
def test_texts_in_quotation_marks_have_no_slips(data: dict[str, object]) -> None:
    text = yaml.safe_dump(data, allow_unicode=True, default_style='"', width=1000)
    assert parse_yaml(text, "x.yml").data == data


def test_a_file_with_endless_slips_is_given_up() -> None:
    with pytest.raises(Unreadable) as raised:
        parse_yaml("- [\n" * 10_000, "x.yml")
    assert MOST_SLIPS <= len(raised.value.problems) < MOST_SLIPS + 50
    assert raised.value.meant is None


def test_a_long_line_is_shown_by_its_ends() -> None:
    assert written("a: " + "b " * 100 + "c") == f"a: {'b ' * 18}b … {' b' * 19} c".replace("…  b", "… b")
