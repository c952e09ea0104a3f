"""Words in another script: whose language nobody has given is said once for each script."""

from build_tools.policy.model import Phrase
from build_tools.proofreading.languages import unnamed_languages
from build_tools.proofreading.own_words import Words
from build_tools.text.problems import Place

TEXTS = (
    Words(Place("school.yml", 3), "school.name", "Al-Noor مدرسة النور School"),
    Words(Place("school.yml", 4), "school.motto", "نور"),
    Words(Place("school.yml", 9), "people.dsl", "Ms 李伟"),
)


def test_each_script_is_reported_where_its_first_words_are() -> None:
    found = list(unnamed_languages(TEXTS, ()))
    assert [str(problem) for problem in found] == [
        (
            "school.yml:3: warning: school.name: “مدرسة النور” is not in Latin letters. Name its"
            " language, for programs that read aloud. If it is Arabic, write ar: [مدرسة النور] under languages."
        ),
        (
            "school.yml:9: warning: people.dsl: “李伟” is not in Latin letters. Name its"
            " language, for programs that read aloud. If it is Chinese, write zh: [李伟] under languages."
        ),
    ]


def test_words_whose_language_is_given_are_not_reported() -> None:
    phrases = (Phrase("مدرسة النور", "ar"), Phrase("نور", "ur"), Phrase("李伟", "zh-Hans"))
    assert list(unnamed_languages(TEXTS, phrases)) == []
