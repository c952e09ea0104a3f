"""The glossary on pages: each term is linked where a section first uses it, and nothing else of a policy changes."""

import msgspec
import pytest
from cases import resolved_example
from sites import published

from build_tools.outputs.glossary import explain, with_terms
from build_tools.outputs.onepage import render_one_page
from build_tools.policy.model import Kind, Node, Origin, Policy, Run, plain
from build_tools.project import Project
from build_tools.reading import Reading
from build_tools.template.glossary import Term

TERMS = (
    Term("DSL", "Leads.", "lead of {{ x }}", also=("DSLs",)),
    Term("filter", "Blocks."),
    Term("unused", "Never."),
)


def clause(identity: str, *text: Run, children: tuple[Node, ...] = (), origin: Origin = Origin.TEMPLATE) -> Node:
    return Node(Kind.CLAUSE, identity, text, origin, citation=f"1({identity})", children=children)


def section(identity: str, *children: Node) -> Node:
    return Node(Kind.SECTION, identity, (Run("The DSL"),), Origin.TEMPLATE, children=children)


POLICY = Policy(
    "school",
    "2030-01",
    "Policy",
    (
        section(
            "one",
            clause(
                "a",
                Run("Ask the "),
                Run("filter", href="https://x.example"),
                Run(", says a "),
                Run("filter", target="b"),
            ),
            clause("b", Run("A DSL, or "), Run("two DSLs", strong=True), Run(".")),
            clause("c", Run("The filter and the DSL."), children=(clause("d", Run("filter")),)),
            clause("e", Run("unused"), origin=Origin.OMITTED),
        ),
        section("two", clause("f", Run("DSLs", strong=True))),
    ),
)


def links(node: Node) -> list[tuple[str, str]]:
    return [(one.id, run.text) for one in node.walk() for run in one.text if (run.target or "").startswith("term:")]


def test_the_first_use_in_each_section_is_linked() -> None:
    glossary = explain(POLICY, TERMS, str.upper)
    assert list(map(links, glossary.sections)) == [[("b", "DSL"), ("c", "filter")], [("f", "DSLs")]]
    assert glossary.sections[1].children[0].text == (Run("DSLs", strong=True, target="term:dsl"),)


def test_the_words_of_the_policy_are_the_same() -> None:
    glossary = explain(POLICY, TERMS, str.upper)
    for before, after in zip(POLICY.sections, glossary.sections, strict=True):
        for old, new in zip(before.walk(), after.walk(), strict=True):
            assert plain(new.text) == plain(old.text)
            assert msgspec.structs.replace(new, text=(), children=()) == msgspec.structs.replace(
                old, text=(), children=()
            )


def test_only_terms_in_use_are_explained_with_their_clauses() -> None:
    found = explain(POLICY, TERMS, str.upper).terms
    assert [(term.name, term.stands_for, term.meaning) for term in found] == [
        ("DSL", "LEAD OF {{ X }}", "LEADS."),
        ("filter", None, "BLOCKS."),
    ]
    assert [[node.id for node in term.clauses] for term in found] == [["b", "f"], ["c"]]


def test_without_terms_a_policy_stays_as_it_is() -> None:
    glossary = explain(POLICY, (), str.upper)
    assert glossary.sections == POLICY.sections
    assert not glossary.terms


def test_addresses_of_terms_are_on_their_page() -> None:
    address = with_terms(lambda identity: f"#{identity}", "../glossary/index.html")
    assert [address("term:dsl"), address("b")] == ["../glossary/index.html#term:dsl", "#b"]


@pytest.mark.slow
def test_the_one_page_explains_every_word_that_it_links(project: Project, reading: Reading) -> None:
    shown = published(project, reading)["trottiscliffe"]
    html = render_one_page(shown, project.template_folders)
    linked = {part.split('"')[0] for part in html.split('class="term" href="#')[1:]}
    assert "term:dsl" in linked
    assert linked == {part.split('"')[0] for part in html.split('<div id="')[1:] if part.startswith("term:")}
    assert not [run for node in shown.policy.walk_all() for run in node.text if (run.target or "").startswith("term:")]


def test_an_edition_without_a_glossary_has_none_on_its_pages(project: Project) -> None:
    assert 'class="glossary"' not in render_one_page(resolved_example("words", "pupils"), project.template_folders)
