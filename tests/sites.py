"""Sites of the real schools, and of one that has what they lack: a draft with crest, colour and every amendment."""

import shutil
from pathlib import Path
from typing import Any

import yaml

from build_tools import hub, onepage, site
from build_tools.departures import compare_with_template
from build_tools.project import Project
from build_tools.reading import read
from build_tools.resolve import resolve_template

ROOT = Path(__file__).parent.parent
REAL = ("the-north-school", "trottiscliffe")
DRAFT = "sample-draft"
SCHOOLS = (*REAL, DRAFT)
EDITIONS = ("2017-09", "2018-09")
CREST = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 12"><path d="M0 0h10v7l-5 5-5-5z"/></svg>'


def make_project(folder: Path) -> Project:
    """Return a project in a folder that holds nothing but schools: templates and editions are those of the program."""
    shutil.copytree(ROOT / "schools", folder / "schools")
    answers: dict[str, Any] = yaml.safe_load((folder / "schools/trottiscliffe/school.yml").read_text(encoding="utf-8"))
    answers["school"] |= {"name": "Şample & “Draft” Pre-school", "short_name": "the Pre-school", "colour": "#ffe600"}
    del answers["document"]["ratified"]
    answers["amendments"] = [
        {"replace": "aims-guidance", "with": "In writing it, we **considered** much:", "because": "We read more."},
        {"insert": "sample-clause", "after": "aims-authors", "text": "A clause of our own.", "because": "We need it."},
        {"omit": "aims-kcsie", "because": "We are too small."},
        {"omit": "official-devices", "because": "We have none."},
    ]
    own = folder / "schools" / DRAFT
    own.mkdir()
    (own / "school.yml").write_text(yaml.safe_dump(answers, allow_unicode=True), encoding="utf-8")
    (own / "crest.svg").write_text(CREST, encoding="utf-8")
    return Project(folder)


def write_sites(project: Project, out: Path) -> Path:
    """Write the sites of all schools and editions, and the hub; PDFs, which others prove, are empty files."""
    reading = read(project, SCHOOLS)
    assert not reading.problems(SCHOOLS)
    templates = {name: resolve_template(edition) for name, edition in reading.editions.items()}
    for name, resolved in reading.resolved.items():
        edition, school, policy = resolved.edition, resolved.school, resolved.policy
        comparison = compare_with_template(edition, policy, templates[edition.name])
        site.write_school_site(project, resolved, comparison, out / name, 123456)
        page = onepage.render_one_page(edition, school, policy, project.template_folders)
        (out / name / "policy.html").write_text(page, encoding="utf-8", newline="\n")
        (out / name / "policy.pdf").write_bytes(b"")
    for name, edition in reading.editions.items():
        site.write_template_site(project, edition, templates[name], out / "template" / name)
    hub.write_hub(project, reading.resolved.values(), reading.editions.values(), out)
    return out
