"""The folder that the command works on: its paths, and the program's own files for those that it does not have.

Nothing is read here but the settings, so that code that needs only names and paths starts fast.
"""

import dataclasses
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from build_tools.settings import MKDOCS_FILE, Settings, read_settings
from build_tools.text.file_bytes import leads_out
from build_tools.text.problems import Mistakes, Place, Problem, did_you_mean, one_of

EDITION_FILE = "edition.yml"
SCHOOL_FILE = "school.yml"
FEDERATION_FILE = "federation.yml"
INTERVIEW_FILE = "interview.yml"
"""The answers so far, in the folder of a school whose `school.yml` is not written yet."""
TEMPLATES = "templates"
TEMPLATE = "template"
"""The folder of the sites of editions."""
CONFIRMED = "register.signed"
"""The folder next to those of the schools with the signatures and time stamps on lines of the register."""

_PACKAGE = Path(__file__).resolve().parent
BUNDLED = _PACKAGE / "_project" if (_PACKAGE / "_project").is_dir() else _PACKAGE.parent
"""The templates and editions that come with the program, in a wheel or in a checkout."""


class UnknownName(Exception):  # noqa: N818 - a wrong argument, which the command line reports
    """A school or edition that was named on the command line and does not exist."""


@dataclasses.dataclass(frozen=True, slots=True)
class Project:
    """A council's or a school's folder."""

    root: Path

    @property
    def schools_folder(self) -> Path:
        """Where the schools are."""
        return self.root / "schools"

    @property
    def site_folder(self) -> Path:
        """The default folder of the site."""
        return self.root / "site"

    @property
    def template_folders(self) -> tuple[Path, ...]:
        """The folders that are searched for templates: the project's own before the program's."""
        return tuple(dict.fromkeys((self.root / TEMPLATES, BUNDLED / TEMPLATES)))

    @property
    def settings(self) -> Settings:
        """What the project sets for every command.

        Raises:
            Mistakes: if its settings have mistakes.
        """
        return read_settings(self.root / MKDOCS_FILE, MKDOCS_FILE)

    def address(self, *folders: str) -> str | None:
        """Return the full address of a folder inside the site, with a slash at its end; None if the site has none.

        Raises:
            Mistakes: if the settings have mistakes.
        """
        site = self.settings.site_url
        return None if site is None else site + "".join(f"{folder}/" for folder in folders if folder)

    def edition_folders(self) -> Mapping[str, tuple[Path, Path]]:
        """Return the folder of each edition by name, oldest first, with the root of its paths in messages.

        Raises:
            Mistakes: if the settings have mistakes, or hide the program's editions where there are no others.
        """
        settings = self.settings
        found = {}
        for base in (BUNDLED, self.root) if settings.bundled_editions else (self.root,):
            for file in (base / "policy_src").glob(f"*/{EDITION_FILE}"):
                if not file.parent.name.startswith("."):  # one that is just being created
                    found[file.parent.name] = (file.parent, base)
        if not found and not settings.bundled_editions:
            raise settings.without_editions()
        return dict(sorted(found.items()))

    def school_names(self) -> tuple[str, ...]:
        """Return the names of all schools, in order: all folders except federations and unfinished interviews."""
        return tuple(
            name
            for name in self._folder_names()
            if self._holds(name, SCHOOL_FILE)
            or not (self._holds(name, FEDERATION_FILE) or self._holds(name, INTERVIEW_FILE))
        )

    def unfinished_names(self) -> tuple[str, ...]:
        """Return the names of the schools whose interview is not finished, in order."""
        begun = (name for name in self._folder_names() if self._holds(name, INTERVIEW_FILE))
        return tuple(name for name in begun if not self._holds(name, SCHOOL_FILE))

    def federation_names(self) -> tuple[str, ...]:
        """Return the names of the folders of all federations, in order."""
        return tuple(name for name in self._folder_names() if self._holds(name, FEDERATION_FILE))

    def _folder_names(self) -> list[str]:
        """Return the names of the folders of schools and federations, in order; others are ignored."""
        try:
            with os.scandir(self.schools_folder) as entries:
                names = (entry.name for entry in entries if entry.name[0] != "." and entry.is_dir())
                return sorted(name for name in names if name != CONFIRMED)
        except (FileNotFoundError, NotADirectoryError):
            return []

    def _holds(self, name: str, file: str) -> bool:
        folder = os.path.join(self.schools_folder, name)  # noqa: PTH118 - a Path takes five times as long
        # what a link out of schools/ leads to is not looked at
        is_outside = os.path.islink(folder) and leads_out(Path(folder), self.schools_folder)  # noqa: PTH114 - as above
        return not is_outside and os.path.exists(os.path.join(folder, file))  # noqa: PTH110, PTH118 - as above


def require(name: str, known: Iterable[str], what: str) -> None:
    """Check that a name is known.

    Raises:
        UnknownName: if it is not.
    """
    names = tuple(known)
    if name not in names:
        hint = did_you_mean(name, names) or (f" Write {one_of(names)}." if names else "")
        raise UnknownName(f"Unknown {what}: {name}.{hint}")


def find_template(folders: tuple[Path, ...], name: str) -> Path:
    """Return the file of that name in the first template folder that has it.

    Raises:
        FileNotFoundError: if none has it.
        Mistakes: if it is a link to a file outside the folders.
    """
    for folder in folders:
        if (folder / name).is_file():
            require_inside(folder / name, folders, f"{TEMPLATES}/{name}")
            return folder / name
    raise FileNotFoundError(f"{name} is in none of the template folders: {', '.join(map(str, folders))}")


def require_inside(file: Path, folders: Iterable[Path], name: str) -> None:
    """Check that a file is in one of the folders, after following links: strangers may send a link by Git.

    Raises:
        Mistakes: if it is not; `name` is the file in the message.
    """
    real = file.resolve()
    if not any(real.is_relative_to(folder.resolve()) for folder in folders):
        raise Mistakes([Problem(Place(name), "This is a link to a file outside this folder. Put a copy here instead.")])
