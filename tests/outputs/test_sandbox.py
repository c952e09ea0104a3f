"""What a layout may do: print what it is given. Whatever else it tries is one mistake with its file and line."""

import datetime as dt
from pathlib import Path
from types import MappingProxyType

import pytest

from build_tools.outputs import limits
from build_tools.outputs.sandbox import Sandbox
from build_tools.policy.model import Kind, Run
from build_tools.text.problems import Mistakes

GIVEN = {
    "words": "<b>",
    "day": dt.date(2018, 9, 1),
    "run": Run("At school"),
    "kind": Kind.CLAUSE,
    "Kind": Kind,
    "file": Path("school.yml"),
    "rows": [1, 2],
    "facts": {"name": "Trottiscliffe"},
    "hidden": MappingProxyType({"name": "Trottiscliffe"}),
}


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    folder = tmp_path / "council/templates"
    (folder / "site").mkdir(parents=True)
    return folder


def _write(templates: Path, text: str, name: str = "site/page.html") -> Path:
    file = templates / name
    file.write_text(text, encoding="utf-8")
    return file


def _rendered(templates: Path) -> str:
    return Sandbox([templates]).get_template("site/page.html").render(GIVEN)


def _message(templates: Path) -> str:
    with pytest.raises(Mistakes) as raised:
        _rendered(templates)
    (problem,) = raised.value.problems
    return str(problem)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("{{ words }}", "&lt;b&gt;"),
        ("{{ words | upper }} {{ words.upper() }}", "&lt;B&gt; &lt;B&gt;"),
        ("{{ day.year }} {{ run.text }} {{ kind == Kind.CLAUSE }}", "2018 At school True"),
        ("{{ facts.name }} {{ facts['name'] }} {{ facts.items() | list }}", "Trottiscliffe Trottiscliffe "),
        ("{% for row in rows %}{{ loop.index * row }}{{ ', ' if not loop.last }}{% endfor %}", "1, 4"),
        ("{% for row in rows recursive %}{{ loop.depth }}{% endfor %}", "11"),
        ("{{ rows.index(2) }} {{ 7 % 4 }} {{ '{} of {}'.format(1, 2) }}", "1 3 1 of 2"),
        ("{% set ns = namespace(n=1) %}{% for r in rows %}{% set ns.n = ns.n + r %}{% endfor %}{{ ns.n }}", "4"),
        ("{% set c = cycler(1, 2) %}{{ c.next() }}{{ c.next() }}{% set j = joiner() %}{{ j() }}{{ j() }}", "12, "),
        ("{% macro m() %}({{ caller() }}){% endmacro %}{% call m() %}a{% endcall %}", "(a)"),
        ("{% block b %}a{% endblock %}{{ self.b() }}", "aa"),
        ("{% macro twice(a) %}{{ a }}{{ a }}{% endmacro %}{{ twice(3) }}", "33"),
    ],
)
def test_a_layout_prints_what_it_is_given(templates: Path, text: str, printed: str) -> None:
    _write(templates, text)
    assert _rendered(templates).startswith(printed)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('{{ cycler.__init__.__globals__.os.popen("touch PWNED").read() }}', "__init__"),
        ("{{ ''.__class__.__mro__ }}", "__class__"),
        ("{{ ''['__class__'] }}", "__class__"),
        ("{{ '' | attr('__class__') }}", "__class__"),
        ("{{ '{0.__class__}'.format(words) }}", "__class__"),
        ("{{ ['a'] | map(attribute='__class__') | first }}", "__class__"),
        ("{{ Kind.mro() }}", "mro"),
        ("{{ self._TemplateReference__context }}", "_TemplateReference__context"),
        ("{{ file.write_text('PWNED') }}", "write_text"),
        ("{{ file.parent }}", "parent"),
        ("{{ hidden.keys() }}", "keys"),
        ("{{ rows.append(3) }}", "append"),
        ("{{ facts.update(a=1) }}", "update"),
    ],
)
def test_a_layout_reaches_nothing_else(templates: Path, text: str, name: str) -> None:
    _write(templates, f"line 1\n{text}")
    refused = f"A layout may not use {name} here. It can only print what it is given."
    assert _message(templates) == f"templates/site/page.html:2: {refused}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ 9**9**9 }}", "2: A layout may not use **. Write the number out."),
        ("{{ 'a' * 10 }}", "2: A layout may use * only for numbers up to 1,000,000,000,000."),
        ("{{ '%9999999999d' % 1 }}", "2: A layout may use % only for numbers up to 1,000,000,000,000."),
        ("{% for i in range(1000000000) %}{% endfor %}", "2: This layout fails here: Range too big."),
        ("{{ lipsum(n=1000000) }}", "2: This layout fails here: 'lipsum' is undefined."),
        ("{{ 'a' | center(1000000) }}", "2: This layout cannot be read: No filter named 'center'."),
        ("{{ nothing }}", "2: This layout fails here: 'nothing' is undefined."),
        ("{{ 1 / 0 }}", "2: This layout fails here: division by zero."),
        (
            "{% include 'site/nothing.html' %}",
            "2: This layout fails here: 'site/nothing.html' not found in search path",
        ),
        ("{% include '../../secret.html' %}", "2: This layout fails here: ../../secret.html."),
        ("{% if %}", "2: This layout cannot be read: Expected an expression, got 'end of statement block'."),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "2: This layout fails here: maximum recursion depth"),
    ],
)
def test_a_fault_is_one_message_with_file_and_line(templates: Path, text: str, said: str) -> None:
    (templates.parent / "secret.html").write_text("secret", encoding="utf-8")
    _write(templates, f"line 1\n{text}")
    assert _message(templates).startswith(f"templates/site/page.html:{said}")


@pytest.mark.parametrize(
    "text", ["{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}", "{% for a in rows %}" * 30 + "{% endfor %}" * 30]
)
def test_deep_nesting_is_a_mistake(templates: Path, text: str) -> None:
    _write(templates, text)
    said = "This layout cannot be read: its brackets or blocks are nested too deeply."
    assert _message(templates) == f"templates/site/page.html: {said}"


def test_another_encoding_is_a_mistake(templates: Path) -> None:
    (templates / "site/page.html").write_bytes("é".encode("latin-1"))
    assert _message(templates) == "templates/site/page.html: This layout cannot be read: it is not saved as UTF-8."


def test_a_fault_has_the_place_of_what_is_included(templates: Path) -> None:
    _write(templates, "{% include 'site/part.html' %}")
    _write(templates, "\n\n{{ nothing }}", "site/part.html")
    assert _message(templates).startswith("templates/site/part.html:3: ")


def test_a_link_out_of_the_folders_is_refused(templates: Path) -> None:
    secret = templates.parent / "secret.html"
    secret.write_text("secret", encoding="utf-8")
    (templates / "site/page.html").symlink_to(secret)
    said = "This is a link to a file outside this folder. Put a copy here instead."
    assert _message(templates) == f"templates/site/page.html: {said}"


def test_a_link_inside_the_folders_is_followed(templates: Path) -> None:
    _write(templates, "same", "site/other.html")
    (templates / "site/page.html").symlink_to("other.html")
    assert _rendered(templates) == "same"


LOOPS = "{% for a in range(50) %}{% for b in range(50) %}{% endfor %}{% endfor %}"
CALLS = "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(40) }}"
RECURSIVE = "{% for a in range(9) recursive %}{{ loop(range(9)) if loop.depth < 30 }}{% endfor %}"


@pytest.mark.parametrize("text", [LOOPS, CALLS, RECURSIVE])
def test_loops_and_calls_end(templates: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_STEPS", 2000)
    _write(templates, text)
    said = "templates/site/page.html:1: This layout runs for too long. Check the loops here and around it."
    assert _message(templates) == said


def test_files_that_include_one_another_end(templates: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_STEPS", 2000)
    both = "{% if n %}{% set n = n - 1 %}{% include 'site/part.html' %}{% include 'site/part.html' %}{% endif %}"
    _write(templates, "{% set n = 40 %}{% include 'site/part.html' %}")
    _write(templates, both, "site/part.html")
    assert _message(templates).startswith("templates/site/part.html:1: This layout runs for too long.")


def test_few_steps_that_take_long_end(templates: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_SECONDS", -1.0)
    _write(templates, "{% for a in rows %}{% endfor %}")
    assert _message(templates).startswith("templates/site/page.html:1: This layout runs for too long.")


def test_each_page_has_its_own_limit(templates: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_STEPS", 4000)
    _write(templates, LOOPS)
    page = Sandbox([templates]).get_template("site/page.html")
    assert [page.render() for _ in range(3)] == ["", "", ""]
