"""Forgeries of the newest version, done to real files by somebody who knows the format: see schools/README.md.

The forger writes record and register again, so that all digests agree. `test_verifying.py` has what the register finds.
"""

import dataclasses
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import pikepdf
import pytest
import yaml
from click.testing import CliRunner, Result
from folders import ROOT
from registers import rewrite_register

from build_tools.cli import cli
from build_tools.outputs.dated import on_day
from build_tools.outputs.in_force import in_force
from build_tools.outputs.pdf import Engine, render_pdf
from build_tools.policy.model import Node
from build_tools.project import Project
from build_tools.reading import read
from build_tools.text.dates import first_day
from build_tools.versions.freezing import digest, parse_policy_file, seal
from build_tools.versions.history import read_unregistered
from build_tools.versions.register import append, read_register

pytestmark = pytest.mark.slow

SCHOOL, OTHER, FIRST, LATEST = "oakenshaw-primary", "the-north-school", "2026-10-14", "2026-11-25"
VERSION = f"schools/{SCHOOL}/ratified/{LATEST}"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project with two schools, their versions and a register."""
    for name in (SCHOOL, OTHER):
        shutil.copytree(ROOT / "schools" / name, tmp_path / "schools" / name)
    lines = [entry for entry in read_register(ROOT / "schools", ROOT) if entry.school in (SCHOOL, OTHER)]
    append(tmp_path / "schools", tmp_path, lines)
    return tmp_path


def _run(project: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, [*arguments, "--project", str(project)], prog_name="policy")


def _cover_up(project: Path) -> None:
    """Write the digests in the latest record and the register again, so that they agree with the files."""
    file = project / VERSION / "record.yml"
    record = yaml.safe_load(file.read_text(encoding="utf-8"))
    record["files"] = {name: digest((project / VERSION / name).read_bytes()) for name in record["files"]}
    file.write_text(yaml.safe_dump(record, sort_keys=False, allow_unicode=True), encoding="utf-8")
    rewrite_register(project)


def _set_seal(pdf: bytes, was: str, now: str) -> bytes:
    """Return a PDF with another seal; the place and the length are the same, so the file remains whole."""
    assert pdf.count(was.encode()) == 1
    return pdf.replace(was.encode(), now.encode())


def _seal_of(version: Path) -> str:
    return seal(parse_policy_file((version / "policy.json").read_bytes())[0])


def _print_with_another_word(project: Path, engine: Engine) -> None:
    """Print the latest version again, with its seal, but with "may" in place of the first "must"."""
    reading = read(Project(ROOT), [SCHOOL])
    versions = read_unregistered(project / "schools" / SCHOOL, project)
    resolved = in_force(reading.resolved[SCHOOL], versions, reading.editions)
    target = next(node.id for node in resolved.policy.walk() if any(" must " in run.text for run in node.text))

    def change(node: Node) -> Node:
        text = node.text
        if node.id == target:
            text = tuple(msgspec.structs.replace(run, text=run.text.replace(" must ", " may ")) for run in text)
        return msgspec.structs.replace(node, text=text, children=tuple(map(change, node.children)))

    changed = dataclasses.replace(resolved.policy, sections=tuple(map(change, resolved.policy.sections)))
    forged = on_day(dataclasses.replace(resolved, policy=changed), first_day(LATEST))
    pdf = render_pdf(forged, (ROOT / "templates",), engine=engine, seal=_seal_of(project / VERSION))
    (project / VERSION / "policy.pdf").write_bytes(pdf)


def _word_by_typst(project: Path) -> None:
    _print_with_another_word(project, Engine.TYPST)


def _word_by_weasyprint(project: Path) -> None:
    _print_with_another_word(project, Engine.WEASYPRINT)


def _other_school(project: Path) -> None:
    (other,) = (project / "schools" / OTHER / "ratified").iterdir()
    pdf = (other / "policy.pdf").read_bytes()
    (project / VERSION / "policy.pdf").write_bytes(_set_seal(pdf, _seal_of(other), _seal_of(project / VERSION)))


def _other_date(project: Path) -> None:
    other = (project / VERSION).with_name(FIRST)
    pdf = (other / "policy.pdf").read_bytes()
    (project / VERSION / "policy.pdf").write_bytes(_set_seal(pdf, _seal_of(other), _seal_of(project / VERSION)))


def _text_with_the_seal(project: Path) -> None:
    words = f"%PDF-1.7\n%{_seal_of(project / VERSION)}\nThis is not the policy that was agreed.\n"
    (project / VERSION / "policy.pdf").write_text(words, encoding="utf-8")


def _edit_pdf(project: Path, change: Callable[[pikepdf.Pdf], None]) -> None:
    file = project / VERSION / "policy.pdf"
    changed = io.BytesIO()
    with pikepdf.open(file) as pdf:
        change(pdf)
        pdf.save(changed)
    file.write_bytes(changed.getvalue())


def _overlay(project: Path) -> None:
    def draw(pdf: pikepdf.Pdf) -> None:
        pdf.pages[3].obj.Resources.Font["/Forged"] = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        words = b"q /Artifact BMC BT /Forged 11 Tf 100 400 Td (Staff are exempt.) Tj ET EMC Q"
        pdf.pages[3].contents_add(pdf.make_stream(words))

    _edit_pdf(project, draw)


def _attachment(project: Path) -> None:
    _edit_pdf(project, lambda pdf: pdf.attachments.__setitem__("policy.txt", b"The real policy"))


def _other_text(project: Path) -> None:
    """Change a word in policy.json, and the seal in the PDF, but not the words of the PDF."""
    file, was = project / VERSION / "policy.json", _seal_of(project / VERSION)
    data = json.loads(file.read_text(encoding="utf-8"))
    assert _replace_first(data["sections"], " must ", " may ")
    file.write_text(json.dumps(data), encoding="utf-8")
    pdf = project / VERSION / "policy.pdf"
    pdf.write_bytes(_set_seal(pdf.read_bytes(), was, _seal_of(project / VERSION)))


def _other_text_in_one_of_two_forms(project: Path) -> None:
    file = project / VERSION / "policy.json"
    file.write_text(file.read_text(encoding="utf-8").replace(" must ", " may ", 1), encoding="utf-8")


FOUND: list[tuple[Callable[[Path], None], str]] = [
    (_text_with_the_seal, "policy.pdf: This is not a PDF, or it is damaged."),
    (_word_by_typst, "should be “must”, as in policy.json."),
    (_word_by_weasyprint, "should be “must”, as in policy.json."),
    (_other_school, "policy.pdf: Page 5, clause 1(2)(a): “every member of our community safe"),
    (_other_date, "policy.pdf: Page 10, clause 5.1(11A): "),
    (_overlay, "Page 4: “Staff are exempt.” is drawn among the words, but is not one of them."),
    (_attachment, "It contains other files."),
    (_other_text, "“must” should be “may”, as in policy.json."),
    (_other_text_in_one_of_two_forms, "policy.json: This is not a policy.json that policy ratify wrote."),
]


@pytest.mark.parametrize(("forge", "words"), FOUND, ids=[forge.__name__[1:] for forge, _ in FOUND])
def test_a_forgery_with_right_digests_is_found_by_its_words(
    project: Path, forge: Callable[[Path], None], words: str
) -> None:
    assert _run(project, "verify").exit_code == 0
    forge(project)
    _cover_up(project)
    told = _run(project, "verify", SCHOOL)
    assert told.exit_code == 1
    assert f"{VERSION}/policy." in told.stderr
    assert words in told.stderr
    assert "from a backup." in told.stderr


def test_control_only_a_copy_shows_what_agrees_in_all_files(project: Path) -> None:
    """The limit that schools/README.md names: text, PDF, record and register agree, and nothing else is asked."""
    copy = project / "copy.jsonl"
    shutil.copy(project / "schools/register.jsonl", copy)
    _print_with_another_word(project, Engine.TYPST)
    _other_text(project)
    _cover_up(project)
    assert _run(project, "verify").exit_code == 0
    assert _run(project, "verify", "--against", str(copy)).exit_code == 1


def _replace_first(nodes: list[dict[str, object]], before: str, after: str) -> bool:
    """Change the words of the first clause that has them; return whether there was one."""
    for node in nodes:
        runs = node.get("runs")
        parts = [*(runs if isinstance(runs, list) else ()), node]
        found = [(part, key) for part in parts for key in ("text", "title") if before in str(part.get(key, ""))]
        for part, key in found:
            part[key] = str(part[key]).replace(before, after)
        children = node["children"]
        if found or (isinstance(children, list) and _replace_first(children, before, after)):
            return True
    return False
