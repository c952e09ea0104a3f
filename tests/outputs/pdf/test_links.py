"""What links say of their targets."""

import pytest

from build_tools.outputs.pdf.links import describe_citation


@pytest.mark.parametrize(
    ("citation", "words"),
    [
        ("9", "section 9"),
        ("9.3", "section 9.3"),
        ("9.5A", "section 9.5A"),
        ("9(1)", "section 9, clause 1"),
        ("9.3(2)", "section 9.3, clause 2"),
        ("9.3(6A)", "section 9.3, clause 6A"),
        ("9.3(2)(b)", "section 9.3, clause 2(b)"),
        ("9.3(2)(b)(iv)", "section 9.3, clause 2(b)(iv)"),
    ],
)
def test_describe_citation(citation: str, words: str) -> None:
    assert describe_citation(citation) == words
