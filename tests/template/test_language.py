"""The language of clauses: what it has, and what is refused when a text is read."""

import pytest
from questions import QUESTIONS

from build_tools.template.language import Scope, Uses, check_text
from build_tools.text.problems import Place

PRINTED = "Only a field, a word of the schema, a filter, cite(…) or ref(…) can be inside {{ }}."
FUNCTIONS = 'The functions are cite("name") and ref("id").'
NOTHING_ELSE = "A clause may use {{ … }} and {% if … %}, but no other part of Jinja."
BRACES = "A brace here has no match. Write {{ … }} or {% … %}."
CONDITION = 'A condition must be a field, a field == "answer", "answer" in a field, or these with and, or, not.'
COMPARISON = 'Compare a field with an answer in quotation marks: field == "answer" or "answer" in field.'
DATE = "agreed is a date, such as 2018-05-23 or 2018-10"
ENTRIES = "leads is a list of entries, each with its own answers"
FILTERS = "listed, names, one_or_many, possessive and link"


def not_given(path: str) -> str:
    return f'Not every school has {path}. Put when="{path}" on the clause, or {{% if {path} %}} around it.'


def check(source: str, *, item: str | None = None, given: str = "") -> tuple[Uses, list[str]]:
    scope = Scope(QUESTIONS, frozenset({"kcsie"}), QUESTIONS.lookup(item) if item else None, frozenset(given.split()))
    uses, problems = check_text(source, Place("clause.md", 10), scope)
    return uses, [f"{problem.place.line}: {problem.message}" for problem in problems]


@pytest.mark.parametrize(
    ("source", "fields"),
    [
        ("No value at all, 100 % {sure}.", ""),
        ("{{ name }}", "name"),
        ("{{ learner }}, {{ Learner }}, {{ learners }}, {{ Learners }}", "learners"),
        ("{{ learners | possessive }} and {{ name | possessive }}", "learners name"),
        ("{{ authority.police }}", "authority.police"),
        ('{{ areas | listed }} {{ areas | listed("or") }}', "areas"),
        ('{{ leads | names }} {{ leads | one_or_many("lead", "leads") }}', "leads"),
        ('{{ areas | one_or_many("area", "areas") }}', "areas"),
        ('{{ cite("kcsie") }}', ""),
        ("{% if app %}{{ app }}{% endif %}", "app"),
        ("{% if app and site %}{{ app }} {{ site }}{% endif %}", "app site"),
        ("{% if exams %}a{% elif app %}{{ app }}{% else %}b{% endif %}", "exams app"),
        ('{% if phase == "primary" or not exams %}a{% endif %}', "phase exams"),
        ('{% if phase != "primary" %}a{% endif %}', "phase"),
        ('{% if "early" in ages %}a{% endif %}', "ages"),
        ('{% if learners == "pupils" %}a{% endif %}', "learners"),
        ("{% if deputies %}{{ deputies | listed }}{% endif %}", "deputies"),
        ("{% if head.name %}{{ head.name }}{% endif %}", "head.name"),
        ("{% if agreed %}{{ agreed }}{% endif %}", "agreed"),
        ("{% if bell %}{{ bell }}{% endif %}", "bell"),
        ("{% if ring and mail %}{{ ring }} {{ mail }}{% endif %}", "ring mail"),
        ("{% if committee %}{{ board }} and {{ Boards | possessive }}{% endif %}", "committee"),
        ("{% if board %}{{ board }}{% endif %}", "committee"),
    ],
)
def test_what_the_language_has(source: str, fields: str) -> None:
    assert check(source) == (Uses(frozenset(fields.split()), frozenset()), [])


@pytest.mark.parametrize(
    ("source", "item"),
    [
        ("{{ item }}", "areas"),
        ("{{ item | link }}", "areas"),
        ("{{ item.name }}{% if item.role %}, {{ item.role }}{% endif %}", "leads"),
        ("{{ item | link }}{% if item.url %} {{ item.url }}{% endif %}", "leads"),
    ],
)
def test_an_entry_of_a_list_is_its_item(source: str, item: str) -> None:
    assert check(source, item=item) == (Uses(frozenset({item}), frozenset()), [])


def test_citations_of_clauses_are_gathered() -> None:
    uses, problems = check('See {{ ref("one") }}{% if exams %} and {{ ref("two") }}{% endif %}.')
    assert (sorted(uses.refs), problems) == (["one", "two"], [])


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("{{ nam }}", "Unknown field nam. Did you mean name?"),
        ("{{ zzz }}", "Unknown field zzz."),
        ("{{ name.first }}", "Unknown field name.first."),
        ("{{ item }}", "Unknown field item. An item can only be used in a clause with each=."),
        ("{{ app }}", not_given("app")),
        ("{{ head.name }}", not_given("head.name")),
        ("{% if not app %}{{ app }}{% endif %}", not_given("app")),
        ("{% if app or exams %}{{ app }}{% endif %}", not_given("app")),
        ("{% if app %}a{% else %}{{ app }}{% endif %}", not_given("app")),
        ("{{ deputies | listed }}", not_given("deputies")),
        ("{{ board }}", not_given("committee")),
        ("{% if app %}{{ Boards | possessive }}{% endif %}", not_given("committee")),
        ("{{ ring }}", not_given("ring")),
        ("{{ leads }}", "leads is a list. Write {{ leads | names }}."),
        ("{{ areas }}", "areas is a list. Write {{ areas | listed }}."),
        ("{{ exams }}", "exams is yes or no and cannot be printed. Use it in {% if %} or when=."),
        ("{{ phase }}", "phase is one of the choices and cannot be printed. Use it in {% if %} or when=."),
        ("{{ authority }}", not_given("authority")),
        ("{{ name | upper }}", f"Unknown filter upper. The filters are {FILTERS}."),
        ("{{ areas | lister }}", f"Unknown filter lister. Did you mean listed? The filters are {FILTERS}."),
        ("{{ name | listed }}", "The filter listed takes a list of names; name is text."),
        ("{{ leads | listed }}", f"The filter listed takes a list of names; {ENTRIES}."),
        ("{{ name | link }}", "The filter link takes an entry of a list; name is text."),
        (
            "{% if agreed %}{{ agreed | possessive }}{% endif %}",
            f"The filter possessive takes a word or a name; {DATE}.",
        ),
        (
            "{% if nameless %}{{ nameless | names }}{% endif %}",
            "The filter names prints names, but the entries of nameless may have none.",
        ),
        ("{{ areas | listed(name) }}", "The filter listed takes 1 words in quotation marks."),
        ('{{ leads | one_or_many("lead") }}', "The filter one_or_many takes 2 words in quotation marks."),
        ('{{ leads | names("x") }}', "The filter names takes no words in quotation marks."),
        ('{{ areas | listed(last="or") }}', "The filter listed takes 1 words in quotation marks."),
        ("{{ areas | listed | possessive }}", "Write the filter possessive after a field: {{ a.field | possessive }}."),
        ('{{ "words" }}', PRINTED),
        ("{{ 1 + 1 }}", PRINTED),
        ('{{ name["x"] }}', PRINTED),
        ("{{ range(9) }}", FUNCTIONS),
        ("{{ name.upper() }}", FUNCTIONS),
        ("{{ cite(name) }}", FUNCTIONS),
        ('{{ ref("a", "b") }}', FUNCTIONS),
        ('{{ cite("kcsei") }}', "edition.yml has no kcsei under cited. Did you mean kcsie?"),
        ("{% for area in areas %}x{% endfor %}", NOTHING_ELSE),
        ("{% for i in range(10**9) %}x{% endfor %}", NOTHING_ELSE),
        ('{% include "/etc/passwd" %}', NOTHING_ELSE),
        ('{% import "/etc/passwd" as x %}', NOTHING_ELSE),
        ('{{ "".__class__.__mro__ }}', PRINTED),
        ("{{ cycler.__init__.__globals__ }}", "Unknown field cycler.__init__.__globals__."),
        ("{{ 9**9**9 }}", PRINTED),
        ("{% set x = 1 %}", NOTHING_ELSE),
        ("{% raw %}{{ name }}{% endraw %}", NOTHING_ELSE),
        ("name }}", BRACES),
        ("{ name }}", BRACES),
        ("{% if 1 %}x{% endif %}", CONDITION),
        ("{% if name | length %}x{% endif %}", CONDITION),
        ('{% if phase == "primry" %}x{% endif %}', '"primry" is not one of the answers to phase: primary or all.'),
        (
            '{% if name == "x" %}x{% endif %}',
            "name has no list of answers. Ask only whether it is given: {% if name %}.",
        ),
        ("{% if phase == name %}x{% endif %}", COMPARISON),
        ('{% if phase > "a" %}x{% endif %}', COMPARISON),
        ('{% if "all" in phase %}x{% endif %}', 'phase has one answer. Write phase == "all".'),
        ('{% if ages == "early" %}x{% endif %}', 'ages can have several answers. Write "early" in ages.'),
        ("x {# a note #}", NOTHING_ELSE),
        ("{%- raw %}x", NOTHING_ELSE),
        ("{{" * 200, "Too many things are inside one another (in {{ }} or {% %})."),
        (
            f"{{% if {'not ' * 300}exams %}}x{{% endif %}}",
            "Too many things are inside one another (in {{ }} or {% %}).",
        ),
        ("{{ name", "A value is not closed: end it with }}, or a condition with %}."),
        ("{% if exams %}x", "This {% if … %} is not closed. Write {% endif %} where its words end."),
    ],
)
def test_what_is_refused(source: str, message: str) -> None:
    assert check(source)[1] == [f"10: {message}"]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("{{ item }}", "item is a group of answers and cannot be printed. Use it in {% if %} or when=."),
        ("{{ item.age }}", "An entry of leads has no age."),
        ("{{ item.nam }}", "An entry of leads has no nam. Did you mean name?"),
        ("{{ item.role }}", not_given("item.role")),
    ],
)
def test_what_is_refused_of_an_entry(source: str, message: str) -> None:
    assert check(source, item="leads")[1] == [f"10: {message}"]


def test_conditions_of_the_place_need_not_be_repeated() -> None:
    assert check("{{ app }} {{ deputies | listed }}", given="app deputies")[1] == []


def test_every_mistake_is_told_in_its_own_line() -> None:
    assert check("{{ one }} {{ two }}\n{% if three %}\n{{ app }}\n{% endif %}")[1] == [
        "10: Unknown field one.",
        "10: Unknown field two.",
        "11: Unknown field three.",
    ]
