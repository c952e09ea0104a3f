"""Which texts are blanks, and which true answers only look like them."""

import pytest

from build_tools.text.blanks import FORMS, folded, is_blank


@pytest.mark.parametrize(
    "text",
    [
        *(
            "N/A",
            "n.a.",
            "N / A",
            "n/a at present",
            "N/A - no sixth form",
            "none",
            "None.",
            "NULL",
            "nil",
            "no",
            "Unknown",
        ),
        *("~", "?", "??", "-", "--", "—", "...", "…", "___", "''", '""', "*", "( )", "[..]", "A", "x", "é"),
        *("Not applicable", "not applicable at this time", "Not yet known", "none at present", "none (see website)"),
        *("nobody", "no-one", "no one appointed", "There is none.", "We have none", "we don’t have one"),
        *("see website", "See our website.", "see the school website", "see above", "see separate policy"),
        *("as above", "(as above)", "Same as above", "as last year", "ditto"),
        *(
            "to be confirmed",
            "To Be Confirmed in September",
            "to be appointed",
            "details to be confirmed",
            "TBC",
            "t.b.c.",
        ),
        *(
            "(tbc)",
            "[TBC]",
            "TBC (governor)",
            "TBC - see office",
            "To be appointed Sept 2018",
            "tba",
            "awaiting appointment",
            "pending approval",
            "Recruiting now",
        ),
        *(
            "vacant",
            "Vacancy",
            "Post vacant",
            "currently vacant",
            "vacant (interviews in June)",
            "vacancy to be filled",
        ),
        *(
            "Insert Name",
            "insert email",
            "Insert phone",
            "[Insert Name]",
            "[insert place here]",
            "Please enter text here",
        ),
        *(
            "Type your name here",
            "Click or tap here to enter text.",
            "your school",
            "Your School Name",
            "your email here",
        ),
        *("school name", "Name of school", "name of the head teacher", "[school name]", "Email here"),
        *("Xxx", "XX", "xx xx", "lorem ipsum", "Lorem ipsum dolor sit", "test", "placeholder", "to do"),
    ],
)
def test_a_blank_is_found_in_any_spelling(text: str) -> None:
    assert is_blank(text)
    assert is_blank(text.upper())
    assert is_blank(f" “{text}” ")


@pytest.mark.parametrize(
    "text",
    [
        *("None Such School", "Nothing without labour", "Not for ourselves alone", "To be inspired", "To be sure"),
        *(
            "Test Valley School",
            "Nobody’s Perfect",
            "Seesaw",
            "See Saw",
            "Add Maths",
            "Complete Maths",
            "Insert Coin Ltd",
        ),
        *(
            "Xu",
            "Ng",
            "李",
            "N. A. Patel",
            "Ms Na",
            "Dr No",
            "Mrs Noone",
            "Mr Xu",
            "Mrs See",
            "Mr Vacant Smith",
            "Miss A",
        ),
        *("Adam Null", "Miss B. Blank", "A Smith", "D & T", "IT", "7", "NS-029", "Year 7", "2018/19", "X-Force"),
        *("school", "Pre-school", "office", "our website", "the homepage of our website", "Text Somebody", "reception"),
        *("SENCO", "Smoothwall", "KPSN", "Exa Networks", "Annually", "three months", "Governing Body", "toilets"),
    ],
)
def test_a_true_answer_is_no_blank(text: str) -> None:
    assert not is_blank(text)
    assert not is_blank(text, is_name=True)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "A. N. Other",
            "A.N. Other",
            "AN Other",
            "Mr A N Other",
            "Joe Bloggs",
            "Mrs Jane Bloggs",
            "John Doe",
            "someone",
        ),
        *(
            "Name",
            "Email",
            "Telephone number",
            "First name Surname",
            "DSL name",
            "Mr X",
            "Mrs TBC",
            "Ms Vacant",
        ),
        *("Anytown School", "Example School"),
    ],
)
def test_a_name_of_nobody_is_a_blank_as_a_name_only(text: str) -> None:
    assert is_blank(text, is_name=True)


@pytest.mark.parametrize("text", ["Email", "Text", "Another", "Title"])
def test_what_is_a_blank_as_a_name_may_be_true_elsewhere(text: str) -> None:
    assert not is_blank(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A. N. Other", "an other"),
        (" N / A ", "n/a"),
        ("“Don’t_know”", "dont know"),
        ("ＴＢＣ.", "tbc"),
        ("--", ""),
        ("Pre-school", "pre-school"),
    ],
)
def test_words_are_folded(text: str, expected: str) -> None:
    assert folded(text) == expected


@pytest.mark.parametrize("text", ["Ask Mrs Ash (to be confirmed).", "It is insert email.", "Ask [name]", "from 20XX"])
def test_a_blank_inside_a_text_is_found(text: str) -> None:
    assert FORMS.search(text)
    assert not is_blank(text)
