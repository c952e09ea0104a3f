"""The register as somebody would write it again who wants to deceive, and the lines that are missing from it."""

import dataclasses
from pathlib import Path

from build_tools.project import Project
from build_tools.versions.entering import unentered
from build_tools.versions.freezing import PDF_FILE, RATIFIED, RECORD_FILE, digest, frozen_content
from build_tools.versions.register import append, read_register, register_file


def rewrite_register(project: Path) -> None:
    """Write a whole register that agrees with the present files of its versions."""
    schools = project / "schools"
    lines = []
    for entry in read_register(schools, project):
        folder = schools / entry.school / RATIFIED / entry.date
        pdf, record = (digest(frozen_content(folder / name)) for name in (PDF_FILE, RECORD_FILE))
        lines.append(dataclasses.replace(entry, pdf=pdf, record=record))
    register_file(schools).unlink()
    append(schools, project, lines)


def enter_all(project: Path) -> None:
    """Enter every version that the register does not have."""
    append(project / "schools", project, unentered(Project(project)))
