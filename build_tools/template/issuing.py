"""Create an edition from another one, and publish it, each completely or not at all."""

import shutil
from pathlib import Path

from build_tools.project import EDITION_FILE, Project
from build_tools.template.edition import Edition
from build_tools.template.edition_file import EDITION_FILES
from build_tools.template.law_file import LAW_FILE
from build_tools.template.seal import SEAL_FILE, sealed_text
from build_tools.template.upgrading_file import UPGRADING_FILE
from build_tools.text.dates import is_date
from build_tools.text.file_bytes import read_bytes
from build_tools.text.files import like_before, new_folder, replace_file
from build_tools.text.problems import Mistakes, Place, Problem
from build_tools.text.source import read_text, relative
from build_tools.text.typed_dates import no_date
from build_tools.text.writers import only_writer
from build_tools.text.yaml_edit import add_after, edit_yaml
from build_tools.text.yaml_file import parse_yaml


def begin_edition(project: Project, name: str, origin: str) -> Path:
    """Copy an edition into the project under a new name, with its date and what it supersedes; return its folder.

    What it says of the edition before it is left behind.

    Raises:
        Mistakes: if the name is not valid for an edition or already exists, if `edition.yml` cannot be read, or if
            another command is creating it.
    """
    folder = project.root / "policy_src" / name
    if wrong := _wrong_name(name, origin):
        raise Mistakes([Problem(Place(f"policy_src/{name}"), wrong)])
    with only_writer("policy edition new", folder, root=project.root):
        editions = project.edition_folders()
        if name in editions or folder.exists():
            message = "An edition of this name already exists. Choose another, or delete its folder."
            raise Mistakes([Problem(Place(f"policy_src/{name}"), message)])
        source, root = editions[origin]
        text = _renamed(source, root, name)
        ignored = shutil.ignore_patterns(SEAL_FILE, LAW_FILE, UPGRADING_FILE)
        with new_folder(folder) as staging:
            shutil.copytree(source, staging, dirs_exist_ok=True, ignore=ignored)
            now = read_bytes(source / EDITION_FILE, relative(source / EDITION_FILE, root))
            (staging / EDITION_FILE).write_bytes(like_before(text, now))
    return folder


def publish_edition(project: Project, edition: Edition) -> Path:
    """Seal an edition, so that schools may ratify with it and every change is noticed; return the seal.

    Raises:
        Mistakes: if it is already published.
    """
    folder, root = project.edition_folders()[edition.name]
    seal = folder / SEAL_FILE
    if edition.is_published:
        raise Mistakes(
            [Problem(Place(relative(seal, root)), f"{edition.name} is already published, and has not changed since.")]
        )
    replace_file(seal, sealed_text(folder, EDITION_FILES).encode())
    return seal


def _wrong_name(name: str, origin: str) -> str | None:
    if not is_date(name):
        return f"{no_date(name)} An edition is named after its month or day."
    if name <= origin:
        return f"An edition must be later than the one that it is copied from, {origin}."
    return None


def _renamed(source: Path, root: Path, name: str) -> str:
    """Return the `edition.yml` of a new edition: the old one with a new date and `supersedes`."""
    file = relative(source / EDITION_FILE, root)
    text = read_text(source / EDITION_FILE, file)
    data = parse_yaml(text, file).data
    if not isinstance(data, dict) or "date" not in data:
        raise Mistakes([Problem(Place(file), "date is missing, so this edition cannot be copied. Add it.")])
    if "supersedes" in data:
        return edit_yaml(text, file, {("date",): name, ("supersedes",): source.name}, [])[0]
    dated, _ = edit_yaml(text, file, {("date",): name}, [])
    return add_after(dated, file, "date", "supersedes", source.name)
