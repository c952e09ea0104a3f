"""Telephone numbers and email addresses: which are right, and the links that reach them."""

import pytest

from build_tools.text.reaching import email_link, is_at_example, is_email, is_telephone, telephone_link


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("01632 960123", "tel:+441632960123"),
        ("(01632) 960123", "tel:+441632960123"),
        ("01632-960-123", "tel:+441632960123"),
        ("+44 1632 960123", "tel:+441632960123"),
        ("+44 (0)1632 960123", "tel:+441632960123"),
        ("0044 1632 960123", "tel:+441632960123"),
        ("01632 960123 ext 4", "tel:+441632960123;ext=4"),
        ("01632 960123 ext. 201", "tel:+441632960123;ext=201"),
        ("01632 960123 extension 201", "tel:+441632960123;ext=201"),
        ("01632 960123 x201", "tel:+441632960123;ext=201"),
        ("016977 2345", "tel:+44169772345"),
        ("07700 900123", "tel:+447700900123"),
        ("020 7946 0123", "tel:+442079460123"),
        ("0808 157 0123", "tel:+448081570123"),
        ("0800 1111", "tel:08001111"),
        ("101", "tel:101"),
        ("116 123", "tel:116123"),
        ("85258", "tel:85258"),
        ("+33 1 99 00 12 34", "tel:+33199001234"),
    ],
)
def test_a_telephone_number_is_linked_as_it_is_dialled(text: str, link: str) -> None:
    assert is_telephone(text)
    assert telephone_link(text) == link


@pytest.mark.parametrize(
    "text",
    [
        *("", "01632", "960123", "01632 960", "01632 96012345", "+44 01632 960123", "0800 CHILDREN", "none", "ring us"),
        *("01632 960123 or 960124", "01632 960123 / 4", "tel:01632960123", "0016 32", "+", "ext 4", "1234567890"),
    ],
)
def test_what_cannot_be_dialled_is_no_telephone_number(text: str) -> None:
    assert not is_telephone(text)


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("dsl@wren.example", "mailto:dsl@wren.example"),
        ("Safe.Guarding+web@wren-school.kent.sch.uk", "mailto:Safe.Guarding+web@wren-school.kent.sch.uk"),
        ("o'neill_j@wren.example", None),
        ("büro@schule.example", "mailto:büro@schule.example"),
        ("50%@wren.example", "mailto:50%25@wren.example"),
        ("a&b?c#d@wren.example", "mailto:a%26b%3Fc%23d@wren.example"),
    ],
)
def test_an_email_address_is_linked(text: str, link: str | None) -> None:
    assert is_email(text)
    assert email_link(text) == (link or f"mailto:{text}")


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "office",
            "office@school",
            "@wren.example",
            "office@",
            "a b@wren.example",
            "a@b@wren.example",
            "a@wren..uk",
        ),
        *(
            ".a@wren.example",
            "a.@wren.example",
            "a..b@wren.example",
            "a@-wren.example",
            "a@wren-.example",
            "a@10.0.0.1",
        ),
        *("mailto:a@wren.example", "<a@wren.example>", "a@wren.example, b@wren.example", "a@wren.example.", "a@x.y"),
        *(f"{'a' * 65}@wren.example", f"a@{'wren.' * 60}example", 'a"b@wren.example'),
    ],
)
def test_what_nobody_could_write_to_is_no_email_address(text: str) -> None:
    assert not is_email(text)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://www.example.org", True),
        ("http://example.com/a?b=c", True),
        ("https://me@docs.EXAMPLE.net:8080/a", True),
        ("office@example.org", True),
        ("office@mail.example.com", True),
        ("https://www.example.org.uk", False),
        ("https://notexample.org", False),
        ("https://wren.example/example.org", False),
        ("example.org@wren.example", False),
    ],
)
def test_an_address_at_a_site_for_examples_is_known(address: str, *, expected: bool) -> None:
    assert is_at_example(address) == expected
