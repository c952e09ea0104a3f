"""What marks a clause as a promise. What is wrong in a mark stands in `bad/promise-misdeclared`."""

import pytest

from build_tools.policy.model import Interval, PromiseMark
from build_tools.schema.file import parse_schema
from build_tools.template.sections import SectionReader

SCHEMA = parse_schema(
    """\
type: object
required: [leads]
properties:
  leads:
    type: array
    title: Leads
    items: {type: object, title: Lead, required: [name], properties: {name: {type: string, title: Name}}}
  wardens: {type: array, title: Wardens, items: {type: string}}
  office: {type: string, title: Office}
  ready: {type: string, title: Ready, format: date-or-month}
  head: {title: Head, default: boss, x-words: {one: head}, oneOf: [{const: boss, title: Boss}]}
""",
    "school.schema.yml",
)


def marks(*clauses: str) -> tuple[PromiseMark | None, ...]:
    reader = SectionReader(SCHEMA, frozenset())
    reader.read("\n".join(["# Title {: #title }\n", *clauses]), "01-title.md")
    assert not reader.problems
    return tuple(provision.promise for provision in reader.sections[0].walk())[1:]


@pytest.mark.parametrize(
    ("attributes", "who"),
    [
        ('who="leads"', "{{ leads | names }}"),
        ('who="wardens" when="wardens"', "{{ wardens | listed }}"),
        ('who="office" when="office"', "{{ office }}"),
        ('who="head"', "{{ head }}"),
        ('who="Head"', "{{ Head }}"),
        ('who="all staff"', "all staff"),
        ("who=everybody", "everybody"),
        ('who="the {{ head }} and a warden"', "the {{ head }} and a warden"),
        ('who=" leads "', "{{ leads | names }}"),
    ],
)
def test_a_field_is_filled_in_and_words_stay(attributes: str, who: str) -> None:
    assert marks(f"- We count. {{: #count .promise {attributes} }}") == (PromiseMark(who),)


@pytest.mark.parametrize("interval", Interval)
def test_each_interval_is_typed_as_people_say_it(interval: Interval) -> None:
    found = marks(f'- We count. {{: #count .promise who="staff" every="{interval}" }}')
    assert found == (PromiseMark("staff", interval),)


@pytest.mark.parametrize("by", ["2030-09", "2030-09-01", "ready"])
def test_a_date_is_given_or_that_of_a_field(by: str) -> None:
    found = marks(f'- We count. {{: #count .promise who="staff" by="{by}" when="ready" }}')
    assert found == (PromiseMark("staff", by=by),)


def test_a_clause_and_those_below_it_are_marked_separately() -> None:
    found = marks(
        '- We: {: #lead .promise who="staff" }',
        "    - count. {: #count }",
        '    - weigh. {: #weigh .promise who="wardens" every="term" when="wardens" }',
    )
    assert found == (PromiseMark("staff"), None, PromiseMark("{{ wardens | listed }}", Interval.TERM))


def test_an_entry_of_a_list_can_say_who() -> None:
    found = marks(
        '- They count: {: #lead when="wardens" }',
        '    - {{ item }} {: #one each="wardens" .promise who="{{ item }}" }',
    )
    assert found == (None, PromiseMark("{{ item }}"))
