"""The scripts of words: what is marked, where it begins and ends, and which way it runs."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_tools.policy.scripts import has_other_scripts, is_right_to_left, scripts_of


def marked(words: str) -> str:
    """Return words with each stretch of another script in brackets, after its code."""
    pairs = itertools.groupby(zip(words, scripts_of(words), strict=True), key=lambda pair: pair[1])
    stretches = ((script, "".join(character for character, _ in pair)) for script, pair in pairs)
    return "".join(f"<{script}: {text}>" if script else text for script, text in stretches)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("The North School, 1–2 (Łódź, İzmir, Ấn)", "The North School, 1–2 (Łódź, İzmir, Ấn)"),
        ("Al-Noor مدرسة النور School", "Al-Noor <Arab: مدرسة النور> School"),
        # a mark above the last letter is a part of it
        ("مَدرسةٌ School", "<Arab: مَدرسةٌ> School"),
        # where no other letter is near, punctuation at the ends belongs to the words
        ("דעת, חסד ואמת!", "<Hebr: דעת, חסד ואמת!>"),
        ("(בית) 7", "<Hebr: (בית) 7>"),
        ("School: בית, Kent", "School: <Hebr: בית>, Kent"),
        # both brackets of a pair are inside, or neither
        ("Mr محمد علی (اردو)", "Mr <Arab: محمد علی (اردو)>"),
        ("Mr (محمد) علی", "Mr <Arab: (محمد) علی>"),
        ("a (b محمد) علی", "a (b <Arab: محمد>)<Arab:  علی>"),
        ("Ms 李伟 and Mr 王芳", "Ms <Hani: 李伟> and Mr <Hani: 王芳>"),
        ("Школа №5", "<Cyrl: Школа №5>"),
        ("ਖ਼ਾਲਸਾ ਸਕੂਲ, Slough", "<Guru: ਖ਼ਾਲਸਾ ਸਕੂਲ>, Slough"),
        ("שלום سلام", "<Hebr: שלום> <Arab: سلام>"),
        ("😀 …", "😀 …"),
        ("", ""),
    ],
)
def test_words_in_another_script_are_found_whole(words: str, expected: str) -> None:
    assert marked(words) == expected


@given(st.text(st.sampled_from("aŁ1 ،,()[]\u064c\u05d0א李الΩж😀"), max_size=12))
def test_every_letter_has_its_own_script_or_none(words: str) -> None:
    scripts = scripts_of(words)
    assert len(scripts) == len(words)
    known = {"a": None, "Ł": None, "א": "Hebr", "李": "Hani", "ا": "Arab", "ل": "Arab", "Ω": "Grek", "ж": "Cyrl"}
    assert all(script == known[letter] for letter, script in zip(words, scripts, strict=True) if letter in known)
    assert has_other_scripts(words) or not any(scripts)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("مدرسة", True),
        ("«בית» School", True),
        ("123 שלום", True),
        ("School مدرسة", False),
        ("李伟", False),
        ("12!", False),
    ],
)
def test_the_first_letter_says_which_way_words_run(words: str, expected: bool) -> None:  # noqa: FBT001 - a table
    assert is_right_to_left(words) is expected
