"""Markdown in and out of our own hands: runs, and values that can be no markup."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_tools.policy.model import Run, plain
from build_tools.template import markup
from build_tools.template.markup import parse_inline

HTML = (
    "HTML is not allowed in a clause. Use **strong**, *emphasis* and [links](https://…)."
    r" The sign itself is written \<."
)
LOST = "U+FFFD marks a character that was lost. Type the original character."
IN_ADDRESS = "A field cannot be inside a link's address. Use the link filter."
CODE = "Backquotes mark the names of fields in notes to authors; delete them from this clause."


@pytest.mark.parametrize(
    ("markdown", "runs"),
    [
        ("plain words", [Run("plain words")]),
        ("", []),
        ("two\nlines  \nand three", [Run("two lines and three")]),
        (
            "**a** *b* ***c***",
            [Run("a", strong=True), Run(" "), Run("b", emphasis=True), Run(" "), Run("c", strong=True, emphasis=True)],
        ),
        ("[a](https://x.example/)", [Run("a", href="https://x.example/")]),
        (
            "[a **b**](mailto:x@y.example)",
            [Run("a ", href="mailto:x@y.example"), Run("b", strong=True, href="mailto:x@y.example")],
        ),
        ("[a](TEL:+441)", [Run("a", href="TEL:+441")]),
        ("<https://x.example>", [Run("https://x.example", href="https://x.example")]),
        ("`people.dsl`", [Run("people.dsl", code=True)]),
        (r"\*a\* &amp; &lt;b&gt; &#42;", [Run("*a* & <b> *")]),
        ("a\tb&Tab;c&NewLine;d", [Run("a b c d")]),
        ("<b>a</b> <!-- c -->", [Run("<b>a</b> <!-- c -->")]),
        ("![a](https://x.example/i.png)", [Run("!"), Run("a", href="https://x.example/i.png")]),
        ("[a](javascript:x)", [Run("a")]),
        ("[a](data:text/html,x)", [Run("a")]),
        ("[a](//x.example)", [Run("a")]),
        ("[a](#here)", [Run("a")]),
        ("[a][b]\n\n[b]: https://x.example", [Run("[a][b]  [b]: https://x.example")]),
    ],
)
def test_parse_inline(markdown: str, runs: list[Run]) -> None:
    assert list(parse_inline(markdown)) == runs


def test_a_value_remembers_its_field_through_marks() -> None:
    value = markup.mark_value("filtering.product", markup.escape("A*B"))
    assert parse_inline(f"by {value}, **{value}**") == (
        Run("by "),
        Run("A*B", field="filtering.product"),
        Run(", "),
        Run("A*B", strong=True, field="filtering.product"),
    )


def test_neighbouring_values_stay_apart() -> None:
    values = markup.mark_value("a", "x") + markup.mark_value("b", "y") + markup.mark_value("b", "z")
    assert parse_inline(values) == (Run("x", field="a"), Run("yz", field="b"))


def test_a_citation_is_a_run_of_its_own() -> None:
    citation = markup.mark_citation("phones-off")
    assert parse_inline(f"see {citation}{citation}.") == (
        Run("see "),
        Run("", target="phones-off"),
        Run("", target="phones-off"),
        Run("."),
    )


@pytest.mark.parametrize(
    ("markdown", "has_words"),
    [
        ("word", True),
        ("1", True),
        ("{{ learners }}", True),
        ("{% if exams %}Ş{% endif %}", True),
        ("", False),
        (" ", False),
        ("&nbsp; &#8203;", False),
        ("—", False),
        ("[](https://x.example)", False),
    ],
)
def test_words_are_letters_digits_or_a_value(markdown: str, *, has_words: bool) -> None:
    assert markup.has_words(markdown) is has_words


@pytest.mark.parametrize(
    ("address", "href"),
    [
        ("https://x.example/a_b*c?d=1&e=2", "https://x.example/a_b*c?d=1&e=2"),
        ("https://x.example/&amp;", "https://x.example/&amp;"),
        ("https://x.example/(a)", "https://x.example/(a)"),
        ("https://x.example/a b>c\\d", "https://x.example/a%20b%3Ec%5Cd"),
        ("https://x.example/%20", "https://x.example/%20"),
        ("javascript:alert(1)", None),
        (" javascript:alert(1)", None),
        ("", None),
    ],
)
def test_link(address: str, href: str | None) -> None:
    text = markup.mark_value("a", markup.escape("[name]"))
    assert parse_inline(markup.link(text, address)) == (Run("[name]", field="a", href=href),)


PRINTABLE = st.text(
    st.characters(categories=("L", "M", "N", "P", "S", "Zs"), exclude_characters="\ufffe\uffff"), min_size=1
)
PIECES = [*string.punctuation, "a", "1", " ", "**", "](", "https:", "javascript:", "&amp;", "{{", "%}", "<b>"]
HOSTILE = st.lists(st.sampled_from(PIECES), min_size=1).map("".join)


@given(PRINTABLE | HOSTILE)
def test_a_value_of_any_characters_comes_out_unchanged(value: str) -> None:
    marked = markup.mark_value("a.b", markup.escape(value))
    assert parse_inline(f"x{marked}y") == (Run("x"), Run(value, field="a.b"), Run("y"))
    in_all_marks = parse_inline(f"**{marked}** *{marked}* [{marked}](https://z.example)")
    assert plain(in_all_marks) == f"{value} {value} {value}"
    assert [(run.strong, run.emphasis, run.href) for run in in_all_marks if run.field] == [
        (True, False, None),
        (False, True, None),
        (False, False, "https://z.example"),
    ]


@pytest.mark.parametrize(
    ("markdown", "messages"),
    [
        ("All *is* **well** with [this](https://x.example) & that < those.", []),
        (r"An \<b> that is meant, <https://x.example> and <x@y.example>.", []),
        ("{{ a }} and {% if b %}[c](https://x.example){% endif %}", []),
        ("[a](javascript:x)", ["The link to javascript:x must begin with https:, http:, mailto: or tel:."]),
        (
            "[a](x.example) [b](/c)",
            [
                "The link to x.example must begin with https:, http:, mailto: or tel:.",
                "The link to /c must begin with https:, http:, mailto: or tel:.",
            ],
        ),
        ("[a]({{ b }})", [IN_ADDRESS]),
        ("[a](https://x.example/{{ b.c | link }}/d)", [IN_ADDRESS]),
        ("[a](<https://x.example/{{ b }}>)", [IN_ADDRESS]),
        ("<https://{{ b }}>", [IN_ADDRESS]),
        ("[a](https://x.example/{% if b %}c{% endif %})", [IN_ADDRESS]),
        ("`code`", [CODE]),
        ("![a](https://x.example/i.png)", ["Images are not allowed in a clause. Delete it."]),
        ("<b>a</b>", [HTML]),
        ("a <br/> b", [HTML]),
        ('<a href="https://x.example">', [HTML]),
        ("a <!-- b", [HTML]),
        ("<img/src=x onerror=alert(1)>", [HTML]),
        ("<img", [HTML]),
        ("a</p>b", [HTML]),
        ("<!doctype html>", [HTML]),
        ("<?php", [HTML]),
        (r"\\<b>", [HTML]),
        (r"\<b>", []),
        (r"fewer than <3, 5 < 6 or x \<y", []),
        ("<https://x.example/a>, <mailto:a@x.example> and <a@x.example>", []),
        ("<https://x.example/a b>", [HTML]),
        ("&#0; and &#xfffd;", [LOST, LOST]),
        (
            "&#xe002;a&#57347;",
            [f"The character U+{c} is invisible or for private use. Delete it." for c in ("E002", "E003")],
        ),
        (
            "a&lrm;**b&#x202E;**",
            [f"The character U+{c} is invisible or for private use. Delete it." for c in ("200E", "202E")],
        ),
    ],
)
def test_inline_mistakes(markdown: str, messages: list[str]) -> None:
    assert list(markup.inline_mistakes(markdown)) == messages


@pytest.mark.parametrize(
    ("markdown", "messages"),
    [("Set `school.ages`.", []), ("`{{ school.name }}`", [CODE]), ("<b>", [HTML])],
)
def test_a_note_may_name_fields(markdown: str, messages: list[str]) -> None:
    assert list(markup.inline_mistakes(markdown, is_note=True)) == messages
