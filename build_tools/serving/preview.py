"""Preview: every page and file of the site that a build would write, each built on request.

What is read is kept until a file of the project changes; an edition, which takes longest, until one of its own files
changes.
"""

import dataclasses
import mimetypes
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeAlias

import jinja2

from build_tools.outputs.html import environment
from build_tools.outputs.hub.hub import hub_folder
from build_tools.outputs.publication import publications, summaries
from build_tools.outputs.site.build import loaded, read_layout, render_laid_out
from build_tools.outputs.site.content import template_folder
from build_tools.outputs.site.pages import DRAFT, VERSIONS, Folder
from build_tools.project import BUNDLED, TEMPLATE, Project
from build_tools.reading import Reading, read_schools
from build_tools.template.edition import Edition, read_edition
from build_tools.text.problems import Mistakes, Problem
from build_tools.versions.history import date_in_force

FileStates: TypeAlias = tuple[tuple[str, int, int], ...]
"""The path, modification time and size of each file, which show whether anything has changed."""
HOME = "index.html"


@dataclasses.dataclass(frozen=True)
class Found:
    """What an address leads to."""

    media_type: str
    data: bytes


class Preview:
    """The site of a project, which is never written anywhere."""

    def __init__(self, project: Project) -> None:
        """Start without anything read."""
        self._project = project
        self._layout: jinja2.Template | None = None
        self._state: FileStates = ()
        self._looks: FileStates = ()
        self._editions: dict[str, tuple[FileStates, Edition | Mistakes]] = {}
        self._readings: dict[tuple[str, ...], Reading] = {}
        self._folders: dict[str, Folder] = {}

    def watched(self) -> tuple[Path, ...]:
        """Return the folders from which the site is built."""
        root = self._project.root
        places = (root / "schools", root / "policy_src", BUNDLED / "policy_src", *self._project.template_folders)
        return tuple(dict.fromkeys(place for place in places if place.is_dir()))

    def has_changed(self) -> bool:
        """Return whether a file has changed since the last call, and forget what was read from it."""
        state = _state_of(self.watched())
        if state == self._state:
            return False
        self._state = state
        looks = _state_of(folder for folder in self._project.template_folders if folder.is_dir())
        if looks != self._looks:
            self._looks, self._layout = looks, None
            environment.cache_clear()
        self._readings.clear()
        self._folders.clear()
        return True

    def problems(self, names: Iterable[str]) -> tuple[Problem, ...]:
        """Return all mistakes of the named schools and of the editions."""
        wanted = tuple(names)
        return self._reading(wanted).problems(wanted)

    def find(self, address: str) -> Found | None:
        """Return what an address, from the root of the site, leads to; None if there is nothing.

        Raises:
            Mistakes: if it cannot be built from the current files.
        """
        prefix, name = self._divided(address)
        folder = self._folder(prefix, is_of_versions=name.startswith(f"{VERSIONS}/"))
        if folder is None:
            return None
        for page in folder.site.pages:
            if page.path == name:
                self._layout = self._layout or read_layout(self._project)
                return Found("text/html; charset=utf-8", render_laid_out(self._layout, folder.site, page).encode())
        data = folder.files[name]() if name in folder.files else loaded(folder.site, self._project).get(name)
        return None if data is None else Found(media_type(name), data)

    def home_of(self, name: str) -> str:
        """Return the address of the page that shows changes to a school's file: that of its draft."""
        is_apart = date_in_force(self._project.schools_folder / name) is not None
        return f"{name}/{DRAFT}/" if is_apart else f"{name}/"

    def _divided(self, address: str) -> tuple[str, str]:
        """Return the folder of the site that an address is in, and the address inside that."""
        parts = address.split("/")
        depth = 0
        if parts[0] == TEMPLATE:
            depth = 2
        elif parts[0] in self._project.school_names():
            depth = 2 if parts[1:2] == [DRAFT] else 1
        return "/".join(parts[:depth]), "/".join(parts[depth:])

    def _folder(self, prefix: str, *, is_of_versions: bool) -> Folder | None:
        key = f"{prefix}/{VERSIONS}" if is_of_versions else prefix
        if key not in self._folders:
            first, _, rest = prefix.partition("/")
            if not prefix:
                made = self._hub()
            elif first == TEMPLATE:
                made = self._template(rest)
            else:
                made = self._school(first, rest, is_of_versions=is_of_versions)
            if made is None:
                return None
            self._folders[key] = made
        return self._folders[key]

    def _hub(self) -> Folder | None:
        names = self._project.school_names()
        reading = self._reading(names)
        shown, problems = summaries(self._project, reading)
        if not shown:
            raise Mistakes(problems)
        return hub_folder(self._project, shown, reading.editions.values())

    def _template(self, name: str) -> Folder | None:
        if name not in self._project.edition_folders():
            return None
        reading = self._reading(())
        if name not in reading.editions:
            raise Mistakes(reading.problems(()))
        return template_folder(self._project, reading.editions[name])

    def _school(self, name: str, inside: str, *, is_of_versions: bool) -> Folder | None:
        reading = self._reading((name,))
        reading.school(name)
        for published in publications(self._project, reading, name):
            if published.folder == inside:
                # computing the size of a draft's PDF takes longer than everything else
                document = published.document() if published.frozen else None
                return published.contents(document, with_versions=is_of_versions)
        return None

    def _reading(self, names: tuple[str, ...]) -> Reading:
        if names not in self._readings:
            self._readings[names] = read_schools(self._project, names, *self._read_editions())
        return self._readings[names]

    def _read_editions(self) -> tuple[Mapping[str, Edition], list[Problem]]:
        """Return the valid editions, and all mistakes in the others; only those that changed are read."""
        sound: dict[str, Edition] = {}
        problems: list[Problem] = []
        for name, (folder, base) in self._project.edition_folders().items():
            state = _state_of((folder,))
            if name not in self._editions or self._editions[name][0] != state:
                try:
                    self._editions[name] = state, read_edition(folder, base)
                except Mistakes as mistakes:
                    self._editions[name] = state, mistakes
            found = self._editions[name][1]
            if isinstance(found, Mistakes):
                problems.extend(found.problems)
            else:
                sound[name] = found
        return sound, problems


def _state_of(folders: Iterable[Path]) -> FileStates:
    found = []
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            try:
                stat = path.stat()
            except OSError:  # it was deleted in the meantime, such as an editor's temporary file
                continue
            found.append((str(path), stat.st_mtime_ns, stat.st_size))
    return tuple(found)


def media_type(name: str) -> str:
    """Return the media type of a file, from its name."""
    known = {".woff2": "font/woff2", ".ics": "text/calendar", ".js": "text/javascript"}
    known |= dict.fromkeys((".yml", ".jsonl"), "text/plain")
    suffix = Path(name).suffix
    found = known.get(suffix) or mimetypes.types_map.get(suffix, "application/octet-stream")
    return f"{found}; charset=utf-8" if found.startswith("text/") else found
