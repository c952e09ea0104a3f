"""What a school wrote itself: also who does what it promises in a clause of its own."""

from cases import EXAMPLES, case_of, read_example

from build_tools.proofreading.own_words import amendments_in
from build_tools.resolving.resolve import resolve


def test_who_keeps_an_inserted_promise_is_among_its_words() -> None:
    folder = next(path for path in EXAMPLES if case_of(path).name == "promises" and path.name == "hill")
    found = {words.name: words for words in amendments_in(resolve(*read_example(folder)))}
    assert found["water-1-1: who"].text == "the caretaker"
    assert (found["boiler: who"].text, found["boiler: who"].filled) == ("Mr B Quill", (range(10),))
    assert "drill: who" not in found  # the template says it
