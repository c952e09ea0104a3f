"""Withdraw: record that a version was made in error, completely or not at all; the version itself is kept."""

from collections.abc import Iterator

from build_tools.project import Project
from build_tools.text.blanks import unfilled
from build_tools.text.dates import is_before, is_date, long_date
from build_tools.text.files import create_file
from build_tools.text.problems import Mistakes, Place, Problem
from build_tools.text.source import relative, unwanted
from build_tools.text.typed_dates import no_date
from build_tools.text.writers import only_writer
from build_tools.versions.entering import enter_older, withdrawal_entry
from build_tools.versions.history import Version, read_versions
from build_tools.versions.register import append, load_register
from build_tools.versions.register_lines import Event
from build_tools.versions.withdrawal import WITHDRAWN_FILE, Withdrawal, is_withdrawn, render_withdrawal


def withdraw(project: Project, version: Version, withdrawal: Withdrawal) -> tuple[Version, ...]:
    """Write the record of a withdrawal into the folder of a version; return all versions of its school, oldest first.

    Raises:
        Mistakes: if the version is withdrawn already, the withdrawal is incomplete or before the ratification, or
            another command is writing into the school's folder.
    """
    file, place = version.folder / WITHDRAWN_FILE, Place(relative(version.folder, project.root))
    if problems := [Problem(place, message) for message in _unfit(version, withdrawal)]:
        raise Mistakes(problems)
    school = project.schools_folder / version.school
    with only_writer("policy withdraw", school, root=project.root):
        enter_older(project)
        try:
            create_file(file, render_withdrawal(withdrawal, version.folder))
        except FileExistsError:
            raise Mistakes([Problem(place, f"{version.name} was withdrawn a moment ago.")]) from None
        try:
            # if the program is killed before this line is written, policy verify names the file and the command for it
            append(project.schools_folder, project.root, [withdrawal_entry(version.folder, withdrawal)])
        except (Mistakes, OSError):
            if not _is_registered(project, version.name):
                file.unlink()
            raise
        return read_versions(school, project.root)


def left_whole(version: Version) -> str:
    """Return what is whole after the computer refused something."""
    return f"{version.name} is withdrawn." if is_withdrawn(version.folder) else "Nothing was withdrawn."


def _is_registered(project: Project, version: str) -> bool:
    register = load_register(project.schools_folder, project.root)
    lines = register.entries if register else ()
    return any(line.version == version and line.event is Event.WITHDRAWN for line in lines)


def _unfit(version: Version, withdrawal: Withdrawal) -> Iterator[str]:
    """Yield why a withdrawal cannot be recorded."""
    if earlier := version.withdrawal:
        yield f"{earlier.sentence} A version can only be withdrawn once."
        return
    for text in (withdrawal.because, withdrawal.by or ""):
        yield from unwanted(text)
    yield from unfilled("--because", withdrawal.because, "Say why the version is withdrawn.")
    if withdrawal.by is not None:
        yield from unfilled("--by", withdrawal.by, "Say who decided it, or leave out --by.", is_name=True)
    if not is_date(withdrawal.on):
        yield no_date(withdrawal.on)
    elif is_before(withdrawal.on, withdrawal.version):
        message = f"--on: {long_date(withdrawal.on)} is before the ratification, {long_date(withdrawal.version)}."
        yield f"{message} Check --on."
