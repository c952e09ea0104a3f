"""What a school wrote itself: also who does what it promises in a clause of its own."""

from cases import resolved_example

from build_tools.proofreading.own_words import amendments_in


def test_who_keeps_an_inserted_promise_is_among_its_words() -> None:
    policy = resolved_example("promises", "hill").policy
    found = {words.name: words for words in amendments_in(policy)}
    assert found["water-1-1: who"].text == "the caretaker"
    assert (found["boiler: who"].text, found["boiler: who"].filled) == ("Mr B Quill", (range(10),))
    assert "drill: who" not in found  # the template says it
