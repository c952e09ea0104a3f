"""Where a text uses the words that an edition explains."""

import pytest

from build_tools.template.glossary import Term, explained_twice, uses

TERMS = (
    Term("AUP", "Rules.", also=("AUPs", "acceptable use policy")),
    Term("filtering", "Blocking.", also=("filter",)),
    Term("H.323", "A standard."),
    Term("IP address", "A number."),
    Term("policy", "A set of rules."),
    Term("école", "A school."),
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We sign the AUP. AUPs change.", ["AUP", "AUPs"]),
        ("An acceptable use policy is a policy.", ["acceptable use policy", "policy"]),
        ("Filtering is done; the filter’s lists.", ["Filtering", "filter"]),
        ("Unfiltered filters, FILTERING, aup, policymakers", []),
        ("H.323 and HX323", ["H.323"]),
        ("École", ["École"]),
        ("(AUP)", ["AUP"]),
        ("", []),
    ],
)
def test_whole_words_are_found_the_longest_first(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end, _ in uses(text, TERMS)] == found


def test_every_form_belongs_to_its_term() -> None:
    assert [term.name for _, _, term in uses("AUPs, Filter, IP address", TERMS)] == ["AUP", "filtering", "IP address"]


def test_without_terms_nothing_is_found() -> None:
    assert list(uses("AUP", ())) == []


def test_ids_are_no_ids_of_clauses() -> None:
    assert [term.id for term in TERMS[2:4]] == ["term:h-323", "term:ip-address"]


def test_a_form_in_other_letters_is_the_same() -> None:
    again = (Term("Aup", "Again."), Term("H 323", "Again."), Term("x", "Once.", also=("x",)))
    assert [form for _, form in explained_twice((*TERMS, *again))] == ["Aup", "H 323", "x"]
    assert list(explained_twice(TERMS)) == []
