"""The readers of files that a stranger may have written, each with real files to begin with.

A reader may return anything, or raise `Mistakes`. Anything else that it raises is a mistake of the program.
"""

import dataclasses
import functools
import shutil
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

import docx
import pikepdf
import weasyprint
import yaml
from folders import EDITIONS, ROOT, SOUND
from payloads.crests import CRESTS
from PIL import Image

from build_tools.adopting.reading import read_document
from build_tools.adopting.subject import read_subject
from build_tools.crest.file import find_crest
from build_tools.interviewing.file import given_answers, parse_interview
from build_tools.outputs import pdf
from build_tools.outputs.dated import on_day
from build_tools.project import Project
from build_tools.ratifying import ratified_school
from build_tools.reading import read_editions, read_schools
from build_tools.resolving.resolve import Resolved, resolve
from build_tools.settings import read_settings
from build_tools.template.edition import read_edition
from build_tools.text.dates import first_day
from build_tools.text.yaml_file import read_yaml
from build_tools.versions.freezing import PDF_FILE, POLICY_FILE, RECORD_FILE, Decision, decided, digest, freeze, seal
from build_tools.versions.history import read_versions, verify
from build_tools.versions.register import REGISTER, append, read_register
from build_tools.versions.register_lines import Entry, Event
from fuzzing.mutations import JSON, PDF, PNG, SVG, TEXT, WORD, File, Shape

Read = Callable[[File], object]


@dataclasses.dataclass(frozen=True, slots=True)
class Reader:
    """A reader, ready to read one file after another."""

    seeds: tuple[File, ...]
    shape: Shape
    read: Read
    """Reads one file. May raise `Mistakes`."""


def _text_files(*patterns: str) -> tuple[File, ...]:
    found = sorted(path for pattern in patterns for path in ROOT.glob(pattern))
    return tuple(File(path.name, path.read_bytes()) for path in found)


def _sound(work: Path) -> Project:
    """Return a small sound project in a folder."""
    shutil.copytree(SOUND, work, dirs_exist_ok=True)
    (work / "templates").symlink_to(ROOT / "templates")
    return Project(work)


def _yaml(work: Path) -> Reader:
    def read(file: File) -> object:
        (work / "file").write_bytes(file.content)
        return read_yaml(work / "file", "file")

    seeds = _text_files("schools/*/school.yml", "policy_src/*/*.yml", "tests/bad/yaml-*/schools/x/school.yml")
    return Reader(seeds, TEXT, read)


def _school(work: Path) -> Reader:
    project = _sound(work)
    editions, problems = read_editions(project)
    editions = {"2030-01": editions["2030-01"]}

    def read(file: File) -> object:
        (work / "schools/x/school.yml").write_bytes(file.content)
        return read_schools(project, ["x"], editions, problems)

    return Reader(_text_files("tests/bad/*/schools/x/school.yml"), TEXT, read)


def _answers(work: Path) -> Reader:
    editions = {"2030-01": read_edition(_sound(work).root / "policy_src/2030-01", work)}
    interview = b"""\
answers:
  edition: 2030-01
  school:
    name: The School
passed: [people.dsl]
opened: []
"""

    def read(file: File) -> object:
        (work / file.name).write_bytes(file.content)
        document = read_yaml(work / file.name, file.name)
        if file.name == "interview.yml":
            return parse_interview(document, editions, {})
        return given_answers(document, [], editions, {})

    return Reader((*_text_files("tests/bad/sound/schools/x/school.yml"), File("interview.yml", interview)), TEXT, read)


def _edition(work: Path) -> Reader:
    source = max((EDITIONS / "sound/policy_src").iterdir())
    folder = work / "policy_src" / source.name
    originals = {path.relative_to(source).as_posix(): path.read_bytes() for path in source.rglob("*") if path.is_file()}

    def read(file: File) -> object:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(source, folder)
        (folder / file.name).write_bytes(file.content)
        return read_subject(folder, work, read_edition(folder, work))

    return Reader(tuple(File(name, content) for name, content in originals.items()), TEXT, read)


def _settings(work: Path) -> Reader:
    def read(file: File) -> object:
        (work / "mkdocs.yml").write_bytes(file.content)
        return read_settings(work / "mkdocs.yml", "mkdocs.yml")

    return Reader(_text_files("mkdocs.yml"), TEXT, read)


def _crest(seeds: Callable[[], tuple[File, ...]], shape: Shape, work: Path) -> Reader:
    folder = work / "schools/x"
    folder.mkdir(parents=True)

    def read(file: File) -> object:
        (folder / file.name).write_bytes(file.content)
        return find_crest(folder, work)

    return Reader(seeds(), shape, read)


def _pictures() -> tuple[File, ...]:
    found = []
    for mode in ("RGBA", "RGB", "P", "L", "1", "LA", "I;16"):
        made = BytesIO()
        Image.new(mode, (12, 100), 3).save(made, "PNG")
        found.append(File("crest.png", made.getvalue()))
    return tuple(found)


_WORDS = "\n\n".join(
    (
        "# Online Safety Policy",
        *(f"{at}. Learners leave their phones at home, and staff keep theirs in a locker. " * 3 for at in range(1, 8)),
        "Designated Safeguarding Lead: Mrs A Example",
        "- The internet is filtered by Lightspeed.\n- See https://www.example.com/policy.",
    )
)


def _adopted(seeds: Callable[[], tuple[File, ...]], shape: Shape, work: Path) -> Reader:
    def read(file: File) -> object:
        (work / file.name).write_bytes(file.content)
        return read_document(work / file.name)

    return Reader(seeds(), shape, read)


def _texts() -> tuple[File, ...]:
    return (*_text_files("tests/adopted/*.md", "tests/adopted/*.txt"), File("policy.md", _WORDS.encode()))


def _word_documents() -> tuple[File, ...]:
    document = docx.Document()
    document.add_heading("Online Safety Policy", 1)
    for words in _WORDS.split("\n\n"):
        document.add_paragraph(words)
    document.add_table(2, 2).cell(0, 0).text = "Lead: Mrs A Example"
    made = BytesIO()
    document.save(made)
    return (File("policy.docx", made.getvalue()),)


def _pdfs() -> tuple[File, ...]:
    """Return PDFs whose streams are not compressed, so that a change reaches what is in them."""
    html = "".join(f"<p>{words}</p>" for words in _WORDS.split("\n\n"))
    found = []
    for tagged in (False, True):
        made = BytesIO()
        with pikepdf.Pdf.open(BytesIO(weasyprint.HTML(string=html).write_pdf(pdf_tags=tagged))) as opened:
            opened.save(made, qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        found.append(File("policy.pdf", made.getvalue()))
    return tuple(found)


def _version(work: Path) -> Reader:
    project = _sound(work)
    editions, problems = read_editions(project)
    resolved = read_schools(project, ["x"], {"2030-01": editions["2030-01"]}, problems).resolved["x"]
    decision = Decision("2030-02", "The governors", "2031-02", "Minute 7", "Small.")
    school = ratified_school(resolved.school, decision)
    agreed = Resolved(resolved.edition, school, resolve(resolved.edition, school))
    data = decided("x", agreed.policy, school.values, decision, "schoolpolicy 1")
    document = pdf.render_pdf(on_day(agreed, first_day(decision.on)), project.template_folders, seal=seal(data))
    files = freeze(data, document, None)
    folder = work / "schools/x/ratified/2030-02"
    folder.mkdir(parents=True)

    def read(file: File) -> object:
        written = {**files, file.name: file.content}
        if file.name != RECORD_FILE:
            record = yaml.safe_load(files[RECORD_FILE])
            record["files"] = {name: digest(written[name]) for name in (POLICY_FILE, PDF_FILE)}
            written[RECORD_FILE] = yaml.safe_dump(record).encode()
        for name, content in written.items():
            (folder / name).write_bytes(content)
        verify(folder.parents[1], work)
        return read_versions(folder.parents[1], work)

    return Reader(tuple(File(name, content) for name, content in files.items()), JSON, read)


def _register(work: Path) -> Reader:
    schools = work / "schools"
    schools.mkdir()

    def read(file: File) -> object:
        (schools / file.name).write_bytes(file.content)
        return read_register(schools, work)

    lines = [
        Entry(
            event=Event.RATIFIED,
            version=f"x@2030-{month:02}",
            by="The governors",
            edition="2030-01",
            pdf="0" * 64,
            record="1" * 64,
        )
        for month in (2, 3, 4)
    ]
    append(schools, work, lines)
    return Reader((File(REGISTER, (schools / REGISTER).read_bytes()),), JSON, read)


def _drawings() -> tuple[File, ...]:
    plain = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 12">
<style>.a{fill:red}</style>
<path id="p" class="a" d="M0 0h9"/>
<use href="#p"/>
</svg>
"""
    return (File("crest.svg", plain.encode()), *(File("crest.svg", crest.encode()) for crest in CRESTS[::25]))


READERS: Mapping[str, Callable[[Path], Reader]] = {
    "yaml": _yaml,
    "school": _school,
    "answers": _answers,
    "edition": _edition,
    "settings": _settings,
    "version": _version,
    "register": _register,
    "svg": functools.partial(_crest, _drawings, SVG),
    "png": functools.partial(_crest, _pictures, PNG),
    "text": functools.partial(_adopted, _texts, TEXT),
    "word": functools.partial(_adopted, _word_documents, WORD),
    "pdf": functools.partial(_adopted, _pdfs, PDF),
}
"""What makes each reader, with a folder to work in. What is slow to make is made only for a reader that is tried."""
