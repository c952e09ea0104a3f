"""Federations: what schools share, what each says itself, and who is named as the author of what."""

import json
import shutil
from pathlib import Path
from textwrap import dedent, indent
from typing import Any

import pytest
from click.testing import CliRunner
from folders import ROOT, SOUND, copy_real_schools

from build_tools import project
from build_tools.cli import cli
from build_tools.comparing.departures import compare_with_template
from build_tools.outputs.site.content import gather_school
from build_tools.policy.model import Action, Amendment, Kind, Node, Origin, Provision, Unnumbered, plain
from build_tools.policy.storage import policy_data, policy_from_data
from build_tools.project import Project
from build_tools.reading import Reading, read
from build_tools.resolving.amend import amend
from build_tools.schema.answers import merge
from build_tools.schema.file import parse_schema
from build_tools.schools.federation import combine

COAST = "The Coast Federation"
FEDERATION = f"""\
federation: {COAST}
edition: 2030-01
people:
  specialists: [SENCO, Nurse]
phones:
  learners: handed-in
  office: the shared office
platforms:
  - name: Shared Maths
  - name: Shared Reading
amendments:
  - replace: mind
    with: The federation's words.
    because: We share them.
  - insert: shared
    after: mind
    text: |
      - Watches count as phones, unless:
          - they are medical.
    because: We all saw watches.
  - omit: at-home
    because: Nobody leaves phones at home.
"""
SCHOOL = """\
federation: coast
school:
  name: The School
people:
  dsl:
    - name: Miss A
"""


class Council:
    """A project with the edition of the bad inputs, one federation, and schools as a test wants them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        shutil.copytree(SOUND / "policy_src", root / "policy_src")
        self.write("coast/federation.yml", FEDERATION)

    def write(self, name: str, text: str) -> None:
        path = self.root / "schools" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def read(self, own: str = "", amendments: str = "") -> Reading:
        block = f"amendments:\n{indent(dedent(amendments), '  ')}" if amendments else ""
        self.write("x/school.yml", SCHOOL + dedent(own) + block)
        return read(Project(self.root), ["x"])

    def nodes(self, own: str = "", amendments: str = "") -> dict[str, Node]:
        reading = self.read(own, amendments)
        return {node.id: node for node in reading.school("x").policy.walk()}


@pytest.fixture
def council(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Council:
    monkeypatch.setattr(project, "BUNDLED", tmp_path)
    return Council(tmp_path)


# --- answers -------------------------------------------------------------------------------------

RECORDS = parse_schema(
    """\
type: object
properties:
  phones:
    type: object
    title: Phones
    properties:
      rule: {type: string, title: Rule}
      office: {type: string, title: Office}
  apps: {type: array, title: Apps, items: {type: string}}
  learners:
    title: Learners
    oneOf:
      - {const: pupils, title: Pupils}
      - type: object
        title: Another word
        properties:
          singular: {type: string, title: One}
          plural: {type: string, title: Several}
""",
    "school.schema.yml",
).root


@pytest.mark.parametrize(
    ("own", "shared", "expected"),
    [
        pytest.param({}, {"apps": ["A"]}, {"apps": ["A"]}, id="what the school does not say is the federation's"),
        pytest.param({"apps": ["B"]}, {"apps": ["A", "C"]}, {"apps": ["B"]}, id="a list takes the place of the whole"),
        pytest.param(
            {"phones": {"rule": "x"}},
            {"phones": {"rule": "y", "office": "z"}},
            {"phones": {"rule": "x", "office": "z"}},
            id="a block is one, of what both say",
        ),
        pytest.param(
            {"learners": {"singular": "x"}},
            {"learners": {"singular": "y", "plural": "ys"}},
            {"learners": {"singular": "x"}},
            id="a word with its forms is one answer",
        ),
        pytest.param({"phones": "x"}, {"phones": {"rule": "y"}}, {"phones": "x"}, id="a wrong answer is not hidden"),
        pytest.param({"phones": {"rule": "x"}}, {"phones": "y"}, {"phones": {"rule": "x"}}, id="nor does one hide"),
    ],
)
def test_merge(own: dict[str, Any], shared: dict[str, Any], expected: dict[str, Any]) -> None:
    assert merge(own, shared, RECORDS) == expected


def test_a_school_has_answers_of_federation_and_edition(council: Council) -> None:
    school = council.read().school("x").school
    assert (school.edition, school.federation) == ("2030-01", COAST)
    assert school.values["phones"] == {"learners": "handed-in", "office": "the shared office"}
    assert [platform["name"] for platform in school.values["platforms"]] == ["Shared Maths", "Shared Reading"]
    assert school.values["people"] == {"dsl": [{"name": "Miss A"}], "specialists": ["SENCO", "Nurse"]}
    assert school.shared >= {"phones.learners", "phones.office", "platforms", "people.specialists"}
    assert "people.dsl" not in school.shared


def test_its_own_answers_win(council: Council) -> None:
    own = "phones:\n  office: our office\nplatforms:\n  - name: Own\n"
    school = council.read(own).school("x").school
    assert school.values["phones"] == {"learners": "handed-in", "office": "our office"}
    assert school.values["platforms"] == [{"name": "Own"}]
    assert not school.shared & {"phones.office", "platforms"}


# --- amendments ----------------------------------------------------------------------------------


def test_amendments_of_both_add_up_and_each_names_its_author(council: Council) -> None:
    nodes = council.nodes(amendments="- replace: again\n  with: Our words.\n  because: We wish.")
    found = {key: (nodes[key].origin, nodes[key].by) for key in ("mind", "again", "shared", "shared-1")}
    assert found == {
        "mind": (Origin.REPLACED, COAST),
        "again": (Origin.REPLACED, None),
        "shared": (Origin.INSERTED, COAST),
        "shared-1": (Origin.INSERTED, COAST),
    }


def test_what_a_federation_chose_or_filled_names_it(council: Council) -> None:
    nodes = council.nodes()
    assert (nodes["handed-in"].origin, nodes["handed-in"].by) == (Origin.CHOSEN, COAST)
    assert (nodes["platform-1"].origin, nodes["platform-1"].by) == (Origin.FILLED, COAST)
    assert (nodes["phones"].origin, nodes["phones"].by) == (Origin.FILLED, None)
    own = council.nodes(own="phones:\n  learners: handed-in\n")
    assert own["handed-in"].by is None


@pytest.mark.parametrize(
    ("amendment", "words", "by"),
    [
        ("- replace: mind\n  with: Our words.\n  because: We wish.", "Our words.", None),
        ("- insert: shared\n  after: again\n  text: Our watches.\n  because: We wish.", "Our watches.", None),
        ("- insert: other\n  after: shared\n  text: More.\n  because: We wish.", "More.", None),
    ],
    ids=["replaced by both", "inserted by both under one id", "inserted after what the federation inserted"],
)
def test_the_school_has_the_last_word(council: Council, amendment: str, words: str, by: str | None) -> None:
    nodes = council.nodes(amendments=amendment)
    assert [node.by for node in nodes.values() if plain(node.text) == words] == [by]


def test_a_school_may_do_without_what_the_federation_inserts(council: Council) -> None:
    nodes = council.nodes(amendments="- omit: shared\n  because: Nobody here has a watch.")
    assert not {"shared", "shared-1"} & nodes.keys()


def test_a_federation_may_change_what_a_school_does_not_have(council: Council) -> None:
    nodes = council.nodes()  # it answers handed-in, so it never had at-home, which the federation leaves out
    assert "at-home" not in nodes
    assert nodes["mind"].by == COAST


def test_an_unused_section_stays_unused_under_any_heading() -> None:
    draft = Unnumbered(Kind.SECTION, "exams", "Examinations", Origin.NOT_CHOSEN, reason="By the answer.")
    amendment = Amendment(Action.REPLACE, "exams", "We say tests.", source="Tests", by=COAST)
    assert amend((draft,), [amendment]) == ((draft,), [])


def test_combining_keeps_the_order_federation_first() -> None:
    def insert(identity: str, by: str | None) -> Amendment:
        return Amendment(Action.INSERT, "a", "why", (Provision(Kind.CLAUSE, identity, "x"),), by=by)

    shared, own = (insert("s", COAST), insert("t", COAST)), (insert("o", None), insert("t", None))
    assert combine(shared, own) == (shared[0], *own)
    leave_out = Amendment(Action.OMIT, "s", "why")
    assert combine(shared, (leave_out,)) == (shared[1],)


# --- mistakes, outputs ---------------------------------------------------------------------------


def test_a_mistake_is_placed_in_the_file_that_makes_it(council: Council) -> None:
    reading = council.read(own="phones:\n  ofice: x\n", amendments="- omit: agian\n  because: We wish.")
    places = [str(problem.place) for problem in reading.problems(["x"])]
    assert places == ["schools/x/school.yml:8", "schools/x/school.yml:10"]
    shutil.copytree(council.root / "policy_src" / "2030-01", council.root / "policy_src" / "2031-01")
    for name, old, new in (
        ("edition.yml", "2030-01", "2031-01"),
        ("school.schema.yml", "const: handed-in", "const: locked-away"),
        ("01-phones.md", "phones.learners=handed-in", "phones.learners=locked-away"),
    ):
        file = council.root / "policy_src" / "2031-01" / name
        file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    reading = council.read(own="edition: 2031-01\n")
    (problem,) = reading.problems(["x", "coast"])
    assert str(problem.place) == "schools/coast/federation.yml:6"
    assert problem.message.startswith(
        'phones.learners (The rule for phones): "handed-in" is not one of at-home or locked-away.'
    )


def test_check_reads_federations_and_lets_them_be_incomplete(council: Council) -> None:
    council.read()
    (council.root / "templates").symlink_to(ROOT / "templates")

    def check(*names: str) -> tuple[int, str]:
        result = CliRunner().invoke(cli, ["check", *names, "--project", str(council.root)], prog_name="policy")
        return result.exit_code, result.stderr

    assert check() == (0, "")
    council.write("inland/federation.yml", "federation: Inland\nedition: 2030-01\nphons: {}\n")
    wrong = "schools/inland/federation.yml:3: phons: unknown question. Did you mean phones?\n"
    assert check() == (1, wrong)
    assert check("inland") == (1, wrong)
    assert check("coast") == check("x") == (0, "")
    told = CliRunner().invoke(cli, ["check", "coast", "--project", str(council.root)], prog_name="policy").stdout
    assert told == "coast: no mistakes.\n"


def test_the_author_outlives_the_json_of_a_version(council: Council) -> None:
    policy = council.read().school("x").policy
    again = policy_from_data(policy_data(policy, "The School"))
    assert [node.by for node in again.walk()] == [node.by for node in policy.walk()]
    assert COAST in {node.by for node in again.walk()}


def test_every_output_names_the_author(council: Council) -> None:
    shutil.copytree(ROOT / "templates", council.root / "templates")
    council.read()

    def run(*arguments: str) -> str:
        return CliRunner().invoke(cli, [*arguments, "--project", str(council.root)], prog_name="policy").stdout

    assert f"inserted by {COAST}" in next(line for line in run("show", "x").splitlines() if " shared " in line)
    against = ("diff", "template:2030-01", "x")
    assert f"replaced by {COAST}  (mind)" in run(*against)
    assert {c["id"] for c in json.loads(run(*against, "--format", "json"))["changes"] if c.get("by") == COAST} == {
        "mind",
        "shared",
        "handed-in",
        "platform",
        "platforms",
    }
    assert f"Inserted by {COAST}</span>" in run(*against, "--format", "html")


def test_the_pages_name_the_author(tmp_path: Path) -> None:
    copy_real_schools(tmp_path)
    school = tmp_path / "schools" / "trottiscliffe" / "school.yml"
    school.write_text(school.read_text(encoding="utf-8") + "federation: coast\n", encoding="utf-8")
    shared = tmp_path / "schools" / "coast" / "federation.yml"
    shared.parent.mkdir()
    shared.write_text(
        dedent(f"""\
            federation: {COAST}
            edition: 2018-09
            amendments:
              - insert: shared
                after: aims-authors
                text: We share this.
                because: We wish.
              - omit: aims-kcsie
                because: We wish.
            """),
        encoding="utf-8",
    )
    resolved = read(Project(tmp_path), ["trottiscliffe"]).school("trottiscliffe")
    comparison = compare_with_template(resolved.edition, resolved.policy)
    pages = {page.path: page.html for page in gather_school(Project(tmp_path), resolved, (), comparison, None).pages}
    for path in ("marked/index.html", "differences/index.html"):
        assert f"Inserted by {COAST}</span>" in pages[path]
        assert f"Omitted by {COAST}</span>" in pages[path]
        assert "Omitted</span>" in pages[path]
