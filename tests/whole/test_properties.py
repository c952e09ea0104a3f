"""What must hold for any school on the editions that are published."""

import fnmatch
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import answers, schools

from build_tools.policy.model import Kind, Node, Origin, Policy, Provision, School, plain
from build_tools.resolving.resolve import resolve, resolve_template
from build_tools.schema.answers import complete, get, validate
from build_tools.schema.fields import Field, FieldKind
from build_tools.template.conditions import holds
from build_tools.template.edition import Edition
from build_tools.template.language import check_text
from build_tools.template.number import letters, roman
from build_tools.text.yaml_file import Document

pytestmark = pytest.mark.slow

ELSEWHERE = ("document.*", "people.*", "school.name", "school.motto", "school.website", "school.colour")
"""Fields that covers, key facts, footers and brand colours show, so that no clause need speak of them."""

few = settings(max_examples=6, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@pytest.fixture(scope="module", params=["2017-09", "2018-09"])
def edition(request: pytest.FixtureRequest, editions: Mapping[str, Edition]) -> Edition:
    return editions[request.param]


# --- the strategy itself -------------------------------------------------------------------------


@few
@given(data=st.data())
def test_what_is_drawn_is_what_the_schema_allows(edition: Edition, data: st.DataObject) -> None:
    given_answers = data.draw(answers(edition.schema))
    typed, problems = validate(edition.schema, Document("school.yml", given_answers, {}, {}), given_answers)
    assert (typed, problems) == (given_answers, [])


# --- numbers -------------------------------------------------------------------------------------


@few
@given(data=st.data())
def test_equal_ids_have_equal_numbers_in_any_two_schools(edition: Edition, data: st.DataObject) -> None:
    one, other = (resolve(edition, data.draw(schools(edition, name))) for name in ("one", "other"))
    for policy in (one, other):
        own = numbers(policy)
        assert {i: own[i] for i in own.keys() & edition.labels.keys()} == {
            i: edition.labels[i].citation for i in own.keys() & edition.labels.keys()
        }
    repeated = {p.id for p in edition.walk() if p.each}
    ones, others = numbers(one), numbers(other)
    for identity in ones.keys() & others.keys():
        if not identity.startswith("own-") or identity.rpartition("-")[0] in repeated:
            assert ones[identity] == others[identity]


@few
@given(data=st.data())
def test_ids_and_numbers_are_unique_and_numbers_rise(edition: Edition, data: st.DataObject) -> None:
    policy = resolve(edition, data.draw(schools(edition)))
    nodes = list(policy.walk())
    assert len({node.id for node in nodes}) == len(nodes)
    numbered = [node.citation for node in nodes if node.kind is not Kind.GROUP]
    assert len(set(numbered)) == len(numbered)
    for siblings in lists_of_siblings(policy):
        last, position_of_last = "", 0
        for node in siblings:
            if node.origin is Origin.INSERTED and last:
                assert node.number.strip("()").startswith(last.strip("()"))
            else:
                assert position(node) > position_of_last
                last, position_of_last = node.number, position(node)


def numbers(policy: Policy) -> dict[str, str]:
    return {node.id: node.citation for node in policy.walk()}


def lists_of_siblings(policy: Policy) -> Iterator[list[Node]]:
    """Yield the sections, and the clauses, that count on from one another; clauses run on through groups."""
    yield list(policy.sections)
    for node in policy.walk():
        yield [child for child in node.children if child.kind is Kind.SECTION]
        if node.kind is not Kind.GROUP:
            yield list(clauses_of(node))


def clauses_of(node: Node) -> Iterator[Node]:
    for child in node.children:
        if child.kind is Kind.CLAUSE:
            yield child
        elif child.kind is Kind.GROUP:
            yield from clauses_of(child)


STYLES: tuple[Callable[[int], str], ...] = (str, letters, roman, lambda index: letters(index).upper())


def position(node: Node) -> int:
    """Return the place of a number in its style: 5 for 9.5, 2 for (b), 4 for (iv)."""
    if node.kind is Kind.SECTION:
        return int(node.number.rpartition(".")[2])
    style = STYLES[node.citation.count("(") - 1]
    return [f"({style(index)})" for index in range(1, 99)].index(node.number) + 1


# --- completeness --------------------------------------------------------------------------------


@few
@given(data=st.data())
def test_a_provision_is_in_the_policy_if_and_only_if_chosen(edition: Edition, data: st.DataObject) -> None:
    values = complete(edition.schema, data.draw(answers(edition.schema)), edition.authority)
    policy = resolve(edition, School("drawn", edition.name, values))
    present = {node.provision for node in policy.walk() if not node.is_left_out}
    called_for = {
        provision.id
        for provision in edition.walk()
        if all(holds(condition, get(values, condition.field)) for condition in edition.conditions[provision.id])
        and (provision.each is None or get(values, provision.each))
    }
    of_groups = {p.id for p in edition.walk() if p.kind is Kind.GROUP}
    assert present - of_groups == called_for - of_groups
    assert present <= called_for
    left_out = {node.id for node in policy.walk() if node.is_left_out}
    assert all(node.kind is Kind.SECTION and not node.reason for node in policy.walk() if node.id in left_out)


@few
@given(data=st.data())
def test_every_amendment_is_in_the_policy_with_its_reason(edition: Edition, data: st.DataObject) -> None:
    school = data.draw(schools(edition))
    nodes = {node.id: node for node in resolve(edition, school).walk()}
    for amendment in school.amendments:
        identity = amendment.inserted[0].id if amendment.inserted else amendment.target
        origin = {"replace": Origin.REPLACED, "insert": Origin.INSERTED, "omit": Origin.OMITTED}[amendment.action]
        assert (nodes[identity].origin, nodes[identity].reason) == (origin, amendment.because)


@few
@given(data=st.data())
def test_nothing_of_the_template_is_left_in_a_policy(edition: Edition, data: st.DataObject) -> None:
    policy = resolve(edition, data.draw(schools(edition)))
    own_words = [run.text for node in policy.walk() for run in node.text if run.field is None]
    assert not [text for text in own_words if re.search(r"\{[{%#:]|[%}:]\}|[\[\]]|\b(None|True|False)\b", text)]
    assert not any(node.guidance for node in policy.walk())


def test_the_template_has_each_provision_once_with_guidance(edition: Edition) -> None:
    nodes = list(resolve_template(edition).walk())
    assert [(node.id, len(node.guidance)) for node in nodes] == [(p.id, len(p.guidance)) for p in edition.walk()]
    assert all(node.text and node.citation == edition.labels[node.id].citation for node in nodes)
    assert not [node.id for node in nodes if re.search(r"\{[{%#:]|[%}:]\}", plain(node.text))]


# --- values --------------------------------------------------------------------------------------


@few
@given(data=st.data())
def test_every_value_is_in_the_policy_or_shown_elsewhere(edition: Edition, data: st.DataObject) -> None:
    values = complete(edition.schema, data.draw(answers(edition.schema)), edition.authority)
    policy = resolve(edition, School("drawn", edition.name, values))
    printed: dict[str, str] = {}
    for run in (run for node in policy.walk() for run in node.text if run.field):
        printed[run.field or ""] = f"{printed.get(run.field or '', '')}\n{run.text}"
    present = {node.provision for node in policy.walk() if not node.is_left_out}
    always = {path for p in edition.walk() if p.id in present for path in printed_always(edition, p)}
    for field in edition.schema.fields:
        for text in texts_of(field, get(values, field.path)):
            if field.path in always | printed.keys():
                assert text in printed.get(field.path, ""), field.path


def test_no_field_is_asked_in_vain(edition: Edition) -> None:
    every = [field.path for field in edition.schema.fields]
    asked = {field.path for field in edition.schema.fields if field.kind is not FieldKind.RECORD}
    for provision in edition.walk():
        scope = edition.scope(provision.each, every)
        asked -= check_text(provision.source, provision.place, scope)[0].fields
        asked -= {condition.field for condition in provision.when} | {provision.each}
    assert not {path for path in asked if not any(fnmatch.fnmatch(path, rule) for rule in ELSEWHERE)}


@few
@given(data=st.data())
def test_no_school_has_the_values_of_another(edition: Edition, data: st.DataObject) -> None:
    policies = {}
    for name in ("one", "two"):
        given_answers = stamped(edition.schema.root, data.draw(answers(edition.schema)), f"<{name}>")
        values = complete(edition.schema, given_answers, edition.authority)
        policies[name] = " ".join(
            plain(node.text) for node in resolve(edition, School(name, edition.name, values)).walk()
        )
    assert "<one>" in policies["one"]
    assert "<two>" not in policies["one"]
    assert "<one>" not in policies["two"]


def printed_always(edition: Edition, provision: Provision) -> frozenset[str]:
    """Return the fields that a clause speaks of whatever the answers, so not inside of {% if %}."""
    source = re.sub(r"\{% if .*?\{% endif %\}", "", provision.source)
    every = [field.path for field in edition.schema.fields]
    uses, problems = check_text(source, provision.place, edition.scope(provision.each, every))
    assert not problems
    return uses.fields


def texts_of(field: Field, value: Any) -> Iterator[str]:  # noqa: ANN401 - any answer
    """Yield the texts of an answer that readers must find."""
    match field.kind:
        case FieldKind.TEXT | FieldKind.ADDRESS if value:
            yield value
        case FieldKind.NAMES:
            yield from value or ()
        case FieldKind.RECORDS:
            for entry in value or ():
                yield from (text for name, text in entry.items() if name != "url")


def stamped(field: Field, value: Any, mark: str) -> Any:  # noqa: ANN401 - any answer
    """Return an answer with a mark on all its texts."""
    match field.kind:
        case FieldKind.TEXT:
            return f"{mark}{value}"
        case FieldKind.NAMES:
            return [f"{mark}{text}" for text in value]
        case FieldKind.RECORD:
            return {name: stamped(child, value[name], mark) for name, child in children(field) if name in value}
        case FieldKind.RECORDS:
            return [
                {name: stamped(child, entry[name], mark) for name, child in children(field) if name in entry}
                for entry in value
            ]
    return value


def children(field: Field) -> Iterator[tuple[str, Field]]:
    return ((child.name, child) for child in field.children)
