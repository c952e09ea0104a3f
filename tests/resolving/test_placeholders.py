"""The edition as its authors see it: fields named, all branches shown."""

import pytest
from questions import QUESTIONS

from build_tools.policy.model import Citation, plain
from build_tools.resolving.placeholders import template_filler


def words(source: str, entry: tuple[str, int] | None = None) -> str:
    return plain(template_filler(QUESTIONS, {"act": Citation("The Act", "Parliament", "2030")}).text(source, entry))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("No value.", "No value."),
        ("{{ name }}, {{ name | possessive }}, {{ site }}", "[Full name], [Full name]’s, [Website]"),
        ("{{ learner }} {{ Learners }} {{ learners | possessive }}", "[learner] [Learners] [learners]’"),
        ("{{ areas | listed }}", "[Areas]"),
        ("{{ leads | names }}", "[Leads] ([Job title])"),
        ("{{ leads | one_or_many('leads', 'lead') }}", "[leads or lead]"),
        ("{{ cite('act') }}", "The Act (2030)"),
        ("a{% if exams %}, b{% endif %}.", "a[Are there exams? Yes: , b]."),
        ("{% if app %}a{% else %}b{% endif %}", "[The app: a][otherwise: b]"),
        ("{% if not exams and app %}a{% endif %}", "[not Are there exams? Yes, and The app: a]"),
        (
            "{% if learners == 'pupils' %}a{% elif exams or app %}b{% endif %}",
            "[Learners: Pupils: a][Are there exams? Yes, or The app: b]",
        ),
        ("{% if learners != 'pupils' %}a{% endif %}", "[not Learners: Pupils: a]"),
        (
            "{% if 'early' in ages %}a{% if app %} {{ app }}{% endif %}{% endif %}",
            "[Ages: Early: a [The app: [The app]]]",
        ),
    ],
)
def test_words(source: str, expected: str) -> None:
    assert words(source) == expected


@pytest.mark.parametrize(
    ("source", "path", "expected"),
    [
        ("{{ item }}", "areas", "[Areas]"),
        ("{{ item | link }}", "leads", "[Leads]"),
        ("{{ item.name }}{% if item.role %}, {{ item.role }}{% endif %}", "leads", "[Leads][if given: , [Job title]]"),
        ("{{ item.url }}", "leads", "[Address]"),
    ],
)
def test_an_entry_of_a_list(source: str, path: str, expected: str) -> None:
    assert words(source, (path, 0)) == expected
