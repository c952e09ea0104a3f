"""Whether an answer fits its sentence: what is found, what to type instead, and above all what is no mistake."""

import pytest

from build_tools.proofreading.fit import Misfit, misfits
from build_tools.text.problems import Severity


def found(sentence: str, *, is_inside_others: bool = False) -> list[Misfit]:
    """Return what does not fit in a sentence with an answer in angle brackets."""
    before, _, rest = sentence.partition("<")
    typed, _, after = rest.partition(">")
    at = range(len(before), len(before) + len(typed))
    return list(misfits(before + typed + after, at, is_inside_others=is_inside_others))


@pytest.mark.parametrize(
    ("sentence", "says", "right"),
    [
        ("We keep it in the <a locked box> all day.", '"the a" has a word too many.', "locked box"),
        ("We keep it in the <the office> all day.", '"the the" has a word too many.', "office"),
        ("We keep it in a <the office> all day.", '"a the" has a word too many.', "office"),
        ("It is on our <the website>.", '"our the" has a word too many.', "website"),
        ("It is on our <our website>.", '"our our" has a word too many.', "website"),
        ("Ask the <The Head>.", '"the The" has a word too many.', "Head"),
        ("Every <a young person> is safe.", '"Every a" has a word too many.', "young person"),
        ("Ask at the <at the office>.", '"the at the" has words too many.', "office"),
        ("We keep it in the <in our safe> all day.", '"the in our" has words too many.', "safe"),
        ("We meet at <at reception>.", '"at at" is the same word twice.', "reception"),
        ("We keep it in <in a box>.", '"in in" is the same word twice.', "a box"),
        ("They change every <every term>.", '"every every" is the same word twice.', "term"),
        ("Our <chess club> club meets.", '"club club" is the same word twice.', "chess"),
        ("We lock the <cupboard by> by noon.", '"by by" is the same word twice.', "cupboard"),
        ("Our <club> club meets.", '"club club" is the same word twice.', ""),
        ("Our filter is <Hedge.>.", '".." has a punctuation mark too many.', "Hedge"),
        ("With <Hedge.>, we do.", '".," has a punctuation mark too many.', "Hedge"),
        ("Our filter is <Hedge,>.", '",." has a punctuation mark too many.', "Hedge"),
        ("Our filter is <Hedge Ltd.>.", '".." has a punctuation mark too many.', "Hedge Ltd"),
        ("With <Hedge.> we do.", "the full stop at its end is in the middle of a sentence.", "Hedge"),
        ("With <Hedge;> we do.", 'the ";" at its end is in the middle of a sentence.', "Hedge"),
        ("Ask Mrs A (<Head.>).", "the full stop at its end is in the middle of a sentence.", "Head"),
        ("Ask at <The school office>.", '"The" has a capital in the middle of a sentence.', "the school office"),
        ("Put it in <A locked box>.", '"A" has a capital in the middle of a sentence.', "a locked box"),
        ("Put it <Somewhere>.", '"Somewhere" has a capital in the middle of a sentence.', "somewhere"),
        ("Put it <In the HR office>.", '"In" has a capital in the middle of a sentence.', "in the HR office"),
        ("<hall> is the place.", "a sentence begins with its small letter.", "Hall"),
        ("<the hall> is the place.", "a sentence begins with its small letter.", ""),
        ("We have a <outdoor room> here.", '"a outdoor" should be "an outdoor".', ""),
        ("Ask an <head teacher>.", '"an head" should be "a head".', ""),
        ("It takes a <hour>.", '"a hour" should be "an hour".', ""),
    ],
)
def test_what_does_not_fit(sentence: str, says: str, right: str) -> None:
    assert [(misfit.says, misfit.right) for misfit in found(sentence)] == [(says, right)]


REAL = ("iPad", "eSafety Support", "the Head", "McAfee", "St Mary's", "the school office", "a locked box", "Kahoot!",
        "The Education People", "On Track", "Under the Oak Nursery", "Our Lady's Chapel", "e-safety lead",
        "Hedge & Co.", "U.K.", "Ş. O'Brien", "A-level office", "A Block", "Year 7", "pornography", "Reception",
        "somewhere safe", "behind the counter", "99", "Safe (in School)", "In-House IT", "edmodo")  # fmt: skip


@pytest.mark.parametrize("value", REAL)
@pytest.mark.parametrize("frame", ["Phones are kept in <{}> all day.", "Ask <{}> first.", "They use <{}>, too."])
def test_real_answers_fit(frame: str, value: str) -> None:
    assert not found(frame.format(value))


@pytest.mark.parametrize(
    "sentence",
    [
        "<iPad> use is fine.",
        "<eSafety Support> helps us.",
        "<hall>",
        "<hall> (the big one)",
        "The list: <The hall>.",
        "They said “<The hall>” then.",
        "Give her <the password>.",
        "Hand it in <at the office>.",
        "Tell him <the truth>.",
        "We use a <UV lamp>.",
        "We use a <uniform>.",
        "Join an <MSc>.",
        "Ask a <one-to-one tutor>.",
        "Ask an <Ysgol> head.",
        "Ask a <European> tutor.",
        "At <Kent> Kent is big.",
        "No <A Level Office> is open.",
        "All <the staff> know.",
        "Here <Mrs Jeanette May> may decide.",
        "Ask <Mr Adam Will> will you?",
        "Ask <Hedge Ltd.> about it.",
        "Ask <Hedge Inc.>, please.",
    ],
)
def test_what_could_be_meant_is_left_alone(sentence: str) -> None:
    assert not found(sentence)


def test_a_small_letter_is_needed_where_others_print_it() -> None:
    (misfit,) = found("<hall> is the place.", is_inside_others=True)
    assert not misfit.right
    assert "replace this clause" in str(misfit)


@pytest.mark.parametrize(
    ("sentence", "severity"),
    [
        ("In the <a box>.", Severity.MISTAKE),
        ("At <at noon>.", Severity.MISTAKE),
        ("In <in a box>.", Severity.WARNING),
        ("It is <Hedge.> now.", Severity.MISTAKE),
        ("It is <Hedge,> now.", Severity.WARNING),
        ("It is <The hall>.", Severity.WARNING),
    ],
)
def test_only_what_is_certain_is_a_mistake(sentence: str, severity: Severity) -> None:
    assert [misfit.severity for misfit in found(sentence)] == [severity]
