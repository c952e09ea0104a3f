"""What confirms a line of the register besides the digests: a signature by an SSH key, and a time stamp.

    schools/register.signed/st-marys@2026-10-14.ratified.sig    SSHSIG, by a key in schools/allowed_signers
    schools/register.signed/st-marys@2026-10-14.ratified.tsr    RFC 3161, by the authority in mkdocs.yml

Both are over the bytes of the line without its end. A signature is checked for who made it, a time stamp for its time;
neither can be made by somebody who may only write this folder. Such a person could still delete one, or change
`allowed_signers` and `mkdocs.yml`: that a line must have one is known only from `mkdocs.yml`, so both files belong into
Git, or another place that not everybody may change.
"""

import dataclasses
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path

from build_tools.project import CONFIRMED, Project, require
from build_tools.text.dates import first_day
from build_tools.text.file_bytes import read_bytes
from build_tools.text.files import existing_folder, laid_down, replace_file
from build_tools.text.problems import Mistakes, Place, Problem, Severity
from build_tools.text.refusals import writing
from build_tools.text.source import relative
from build_tools.versions import line_signatures
from build_tools.versions.proofs import ALLOWED_SIGNERS, Proof, signatures, time_stamps
from build_tools.versions.register import load_register, read_register, register_file
from build_tools.versions.register_lines import Entry, Event, render_line
from build_tools.versions.unusable import Unusable

_EVENTS = (Event.RATIFIED, Event.ENTERED, Event.WITHDRAWN)
"""The lines that can be confirmed: of each there is one for a version."""
_DECISIONS = (Event.RATIFIED, Event.WITHDRAWN)


def sign_lines(project: Project, names: Collection[str], key: Path) -> tuple[Path, ...]:
    """Sign the lines of the named versions, or of all, that have no valid signature; return the files.

    Raises:
        UnknownName: if a named version is not in the register.
        Mistakes: if the key cannot sign, or is not in the file of allowed signers, or the register is broken.
    """
    return _confirm(project, names, signatures(project), lambda line: line_signatures.sign(line, key))


def stamp_lines(project: Project, names: Collection[str]) -> tuple[Path, ...]:
    """Have the lines of the named versions, or of all, stamped that have no valid time stamp; return the files.

    Raises:
        UnknownName: if a named version is not in the register.
        Mistakes: if the project names no authority, it gives no time stamp, or the register is broken.
    """
    authority = project.settings.stamp_authority

    def stamp(line: bytes) -> bytes:
        from build_tools.versions import time_stamps  # noqa: PLC0415 - it needs an extra

        assert authority is not None  # noqa: S101 - `missing` asks for it first
        return time_stamps.request(line, authority)

    return _confirm(project, names, time_stamps(project), stamp)


def require_signing(project: Project) -> None:
    """Check that lines can be signed, before anything is written.

    Raises:
        Mistakes: if ssh-keygen or the file of allowed signers is missing.
    """
    if lack := signatures(project).missing():
        raise Mistakes([Problem(Place(relative(project.schools_folder / ALLOWED_SIGNERS, project.root)), lack)])


def confirm(project: Project, name: str, key: Path | None) -> tuple[tuple[Path, ...], list[Problem]]:
    """Sign the lines of a version with a key, and have them stamped if the project names an authority.

    Return the files, and a warning for each line that still has no signature or time stamp and needs one: what was
    decided is recorded all the same.
    """
    attempts: list[tuple[Proof, Callable[[], tuple[Path, ...]] | None]] = [
        (signatures(project), (lambda: sign_lines(project, [name], key)) if key else None),
        (time_stamps(project), (lambda: stamp_lines(project, [name])) if project.settings.stamp_authority else None),
    ]
    files: list[Path] = []
    problems: list[Problem] = []
    for proof, attempt in attempts:
        if attempt is None:
            problems += _problems(project, proof, _entries(project, [name]))
            continue
        try:
            files += attempt()
        except Mistakes as mistakes:
            recorded = f"{name} is recorded all the same. Once this is fixed, type: {proof.command.format(name)}"
            problems += [dataclasses.replace(one, message=f"{one.message} {recorded}") for one in mistakes.problems]
    return tuple(files), [dataclasses.replace(problem, severity=Severity.WARNING) for problem in problems]


def confirmation_problems(project: Project, schools: Collection[str], *, all_schools: bool) -> Iterator[Problem]:
    """Yield each signature and time stamp of schools' lines that proves nothing, and each that is missing but needed.

    If `all_schools`, files that confirm no line are reported too: their lines were probably deleted.
    """
    register = load_register(project.schools_folder, project.root)
    entries = [entry for entry in register.entries if entry.event in _EVENTS] if register else []
    proofs = (signatures(project), time_stamps(project))
    for proof in proofs:
        yield from _problems(project, proof, [entry for entry in entries if entry.school in schools])
    if all_schools:
        known = {proof.file(project, entry) for proof in proofs for entry in entries}
        for file in laid_down(project.schools_folder / CONFIRMED):
            if file not in known:
                message = "No line of the register belongs to this file. If a line was deleted, restore the register."
                yield Problem(Place(relative(file, project.root)), f"{message} Otherwise delete this file.")


def _problems(project: Project, proof: Proof, entries: Iterable[Entry]) -> Iterator[Problem]:
    kept: dict[Entry, Path] = {}
    for entry in entries:
        file = proof.file(project, entry)
        if file.is_file():
            kept[entry] = file
        elif proof.since and entry.event in _DECISIONS and _is_from(entry, proof.since):
            place = Place(relative(register_file(project.schools_folder), project.root), entry.line)
            message = f"This line has no {proof.name}, which mkdocs.yml asks for ({proof.setting}: {proof.since})."
            yield Problem(place, f"{message} Type: {proof.how(entry)}")
    if kept and (lack := proof.missing()):
        yield Problem(Place(relative(project.schools_folder / CONFIRMED, project.root)), lack)
        return
    for entry, file in kept.items():
        name = relative(file, project.root)
        try:
            proof.check(_bytes(entry), read_bytes(file, name, inside=project.schools_folder))
        except Unusable as error:
            message = f"{error} Restore this file and the register from a backup or from Git. If {entry.version} is as"
            yield Problem(
                Place(name), f"{message} it was decided, you can replace the {proof.name}: {proof.how(entry)}"
            )


def _confirm(
    project: Project, names: Collection[str], proof: Proof, make: Callable[[bytes], bytes]
) -> tuple[Path, ...]:
    """Write the files of one kind for the lines that have no valid one; return them."""
    entries = _entries(project, names)
    folder = project.schools_folder / CONFIRMED
    if lack := proof.missing():
        raise Mistakes([Problem(Place(relative(register_file(project.schools_folder), project.root)), lack)])
    written: list[Path] = []
    for entry in entries:
        file = proof.file(project, entry)
        if _is_confirmed(proof, entry, file):
            continue
        place = Place(relative(register_file(project.schools_folder), project.root), entry.line)
        try:
            content = make(_bytes(entry))
            proof.check(_bytes(entry), content)
        except Unusable as error:
            raise Mistakes([Problem(place, f"The line of {entry.version} has no {proof.name}: {error}")]) from None
        with writing(file, project.root, lambda: "No line of the register was changed."), existing_folder(folder):
            replace_file(file, content)
        written.append(file)
    return tuple(written)


def _entries(project: Project, names: Collection[str]) -> list[Entry]:
    """Return the lines of the named versions, or of all, that can be confirmed.

    Raises:
        UnknownName: if a named version is not in the register.
        Mistakes: if the register is broken.
    """
    entries = [one for one in read_register(project.schools_folder, project.root) if one.event in _EVENTS]
    for name in names:
        require(name, {entry.version for entry in entries}, "version in the register")
    return [entry for entry in entries if not names or entry.version in names]


def _is_confirmed(proof: Proof, entry: Entry, file: Path) -> bool:
    if not file.is_file():
        return False
    try:
        proof.check(_bytes(entry), read_bytes(file, file.name))
    except (Mistakes, Unusable):
        return False
    return True


def _is_from(entry: Entry, since: str) -> bool:
    return first_day(entry.on or entry.date) >= first_day(since)


def _bytes(entry: Entry) -> bytes:
    return render_line(entry).encode()
