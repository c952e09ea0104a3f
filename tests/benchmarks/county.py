"""A county of schools that nobody runs, as believable as need be to measure with: any number, the same for one seed.

    python tests/benchmarks/county.py FOLDER NUMBER [SEED]

Each school answers every option in its own way, and takes its names from lists; one in three amends the template, one
in ten has a version that was ratified, and one in five belongs to a federation.
"""

import copy
import random
import shutil
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from build_tools.edition import Edition
from build_tools.freezing import Decision, decided, freeze, seal
from build_tools.problems import Mistakes
from build_tools.project import FEDERATION_FILE, SCHOOL_FILE, Project
from build_tools.reading import read_editions, read_federations, read_named_school
from build_tools.resolve import Resolved, resolve
from build_tools.schema import Field, FieldKind

ROOT = Path(__file__).parents[2]
_MODELS = ("the-north-school", "trottiscliffe")

_PLACES = ("Ashcombe", "Barrowdene", "Chalkwell", "Dunmere", "Eastling", "Fernhurst", "Goldenhay", "Hollowbrook")
_SAINTS = ("St Alban’s", "St Bede’s", "St Chad’s", "St Dunstan’s", "St Edith’s", "Holy Well", "All Souls’", "The")
_KINDS = ("Primary School", "CE Primary School", "Infant School", "Academy", "Community School", "Grammar School")
_FIRST = ("Amina", "Beth", "Callum", "Dev", "Elin", "Femi", "Grace", "Huw", "Isla", "Jonas", "Kit", "Leila", "Şule")
_LAST = ("Abbott", "Bryce", "Clegg", "Dhillon", "Ewart", "Frost", "Gill", "Hale", "Ince", "Jarvis", "Knox", "O’Dell")
_PRODUCTS = ("Brightfilter", "Clearway", "Safelane", "Netwarden", "Schoolgate")
_AMENDMENTS: tuple[Mapping[str, str], ...] = (
    {"omit": "official-devices", "because": "Our acceptable use policy governs every device that we own."},
    {"omit": "social-learners-personal-details-examples", "because": "Our resources for each age hold the examples."},
    {
        "insert": "aims-own-council",
        "after": "aims-authors",
        "text": "The school council read this policy and asked for plainer words.",
        "because": "Those who keep to the rules should have a say in them.",
    },
)


def write_county(folder: Path, number: int, seed: int = 1) -> Project:
    """Write so many schools into a folder and return it as a project; each has been checked to be sound."""
    project = Project(folder)
    drawn = random.Random(seed)  # noqa: S311 - it must be the same each time, not hard to guess
    editions, _ = read_editions(project)
    newest = editions[max(editions)]
    models = [_read(ROOT / "schools" / name / SCHOOL_FILE) for name in _MODELS]
    federations = [f"federation-{at}" for at in range(max(1, number // 25))]
    for name in federations:
        _write(project.schools_folder / name / FEDERATION_FILE, {"federation": _title(name), "edition": newest.name})
    known, _ = read_federations(project, editions)
    for at in range(number):
        name = f"school-{at:05}"
        file = project.schools_folder / name / SCHOOL_FILE
        federation = drawn.choice(federations) if drawn.random() < 0.2 else None
        while True:
            _write(file, _answers(drawn, newest, copy.deepcopy(drawn.choice(models)), federation))
            try:
                school = read_named_school(project, name, editions, known)
                found = Resolved(newest, school, resolve(newest, school))
            except Mistakes:
                continue  # some answers take away what the school's amendments, or other clauses, need
            break
        if drawn.random() < 0.1:
            _ratify(project, found)
    return project


def _answers(drawn: random.Random, edition: Edition, answers: dict[str, Any], federation: str | None) -> dict[str, Any]:
    place, saint, kind = drawn.choice(_PLACES), drawn.choice(_SAINTS), drawn.choice(_KINDS)
    answers |= {"edition": edition.name, "federation": federation} if federation else {"edition": edition.name}
    answers["school"] |= {"name": f"{saint} {place} {kind}", "short_name": f"{place} School"}
    answers["school"]["colour"] = f"#{drawn.randrange(0x1000000):06x}"
    lead = _person(drawn)
    answers["people"] |= {"dsl": [{"name": lead, "role": "Headteacher"}, {"name": _person(drawn)}]}
    answers["people"] |= {"online_safety_lead": lead, "governors": [{"name": _person(drawn)}]}
    answers["filtering"]["product"] = drawn.choice(_PRODUCTS)
    for field in _options(edition.schema.fields):
        if field.required or drawn.random() < 0.7:
            _set(answers, field.path, _answer(drawn, field))
    amended = drawn.sample(_AMENDMENTS, drawn.randint(1, len(_AMENDMENTS))) if drawn.random() < 1 / 3 else []
    answers["amendments"] = [dict(amendment) for amendment in amended]
    return answers


def _options(fields: Iterable[Field]) -> Iterable[Field]:
    kinds = (FieldKind.CHOICE, FieldKind.CHOICES, FieldKind.FLAG)
    return (field for field in fields if field.kind in kinds and field.path != "school.phase")


def _answer(drawn: random.Random, field: Field) -> object:
    values = [choice.value for choice in field.choices]
    match field.kind:
        case FieldKind.FLAG:
            return drawn.random() < 0.5
        case FieldKind.CHOICES:
            return sorted(drawn.sample(values, drawn.randint(1, len(values))), key=values.index)
    return drawn.choice(values)


def _set(answers: dict[str, Any], path: str, value: object) -> None:
    *blocks, last = path.split(".")
    for block in blocks:
        answers = answers.setdefault(block, {})
    answers[last] = value


def _person(drawn: random.Random) -> str:
    return f"{drawn.choice(('Mr', 'Ms', 'Mrs', 'Dr'))} {drawn.choice(_FIRST)} {drawn.choice(_LAST)}"


def _title(name: str) -> str:
    return name.replace("-", " ").title()


def _ratify(project: Project, found: Resolved) -> None:
    """Freeze a version with the PDF of a real school, so that it is as large as they are."""
    school, decision = found.school, Decision("2018-10-15", "Full Governing Body", "2019-10")
    document = next((ROOT / "schools" / "trottiscliffe" / "ratified").glob("*/policy.pdf")).read_bytes()
    folder = project.schools_folder / school.name / "ratified" / decision.on
    folder.mkdir(parents=True)
    data = decided(school.name, found.policy, school.values, decision, "none")
    for name, content in freeze(data, document + seal(data).encode(), None).items():
        (folder / name).write_bytes(content)


def _read(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 - text only
    return found


def _write(file: Path, data: Mapping[str, Any]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(yaml.safe_dump(dict(data), allow_unicode=True, sort_keys=False), encoding="utf-8")


if __name__ == "__main__":
    target, count, *chosen = sys.argv[1:]
    shutil.rmtree(target, ignore_errors=True)
    write_county(Path(target).resolve(), int(count), *map(int, chosen))
