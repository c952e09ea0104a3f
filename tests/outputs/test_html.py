"""The numbered tree as HTML, for whole cases: what every page-like output shares."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from cases import EXAMPLES, case_of, name_example, read_example
from folders import ROOT

from build_tools.outputs.html import environment
from build_tools.policy.model import Phrase, Policy, Run, Text
from build_tools.resolving.resolve import resolve

EVERY_SECTION = """\
{% import "shared/policy.html" as policy with context %}
{% for top in sections %}{{ policy.section(top, 1) }}{% endfor %}
"""


def render(policy: Policy, *, mark_values: bool = False) -> str:
    """Return the sections of a policy as pages have them, without the blank lines that templates leave."""
    page = environment((ROOT / "templates",)).from_string(EVERY_SECTION)
    html = page.render(
        sections=policy.sections,
        address=lambda identity: f"#{identity}",
        mark_values=mark_values,
        phrases=policy.phrases,
    )
    return re.sub(r"\n\s*\n+", "\n", html).lstrip("\n")


@pytest.mark.parametrize("folder", EXAMPLES, ids=name_example)
def test_a_case_as_html(folder: Path, expected: Callable[[Path, str], None]) -> None:
    edition, school = read_example(folder)
    html = render(resolve(edition, school))
    expected(case_of(folder) / "expected" / f"{school.name}.html", html)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ((Run("At Y Garn, "), Run("see")), 'At <span lang="cy">Y Garn</span>, see'),
        ((Run("<Y Garn>", strong=True),), '<strong>&lt;<span lang="cy">Y Garn</span>&gt;</strong>'),
        (
            (Run("read at Y Garn now", href="https://x.example/"),),
            '<a href="https://x.example/">read at <span lang="cy">Y Garn</span> now</a>',
        ),
        (
            (Run("Y Garn School", field="school.name"),),
            '<mark class="value" title="school.name"><span lang="cy">Y Garn</span> School</mark>',
        ),
        (
            (Run("Y "), Run("Garn", emphasis=True)),
            '<span lang="cy">Y </span><em><span lang="cy">Garn</span></em>',
        ),
    ],
)
def test_words_in_another_language_are_marked_everywhere(text: Text, wanted: str) -> None:
    page = environment((ROOT / "templates",)).from_string("{{ text | runs }}")
    settings = {"address": None, "mark_values": True, "phrases": (Phrase("Y Garn", "cy"),)}
    assert page.render(text=text, **settings) == wanted


@pytest.mark.parametrize("folder", EXAMPLES, ids=name_example)
def test_only_a_marked_page_says_which_words_are_the_schools(folder: Path) -> None:
    edition, school = read_example(folder)
    policy = resolve(edition, school)
    has_values = any(run.field for node in policy.walk() for run in node.text)
    assert ("<mark" in render(policy, mark_values=True)) == has_values
    assert "<mark" not in render(policy)
