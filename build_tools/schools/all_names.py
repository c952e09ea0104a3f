"""The roll call: the names of all schools of a project, to find them in other schools' words."""

import collections
import dataclasses
from collections.abc import Collection, Iterable, Mapping

from build_tools.text.digests import combined
from build_tools.text.names import Names, SchoolName, Vocabulary, told_apart


@dataclasses.dataclass(frozen=True, slots=True)
class SchoolNames:
    """A school's names according to its file, even if the file has mistakes."""

    names: frozenset[str]
    federation: str | None
    """The name of the folder of its federation."""
    edition: str | None = None
    """The edition that it names; None if it leaves that to its federation."""


@dataclasses.dataclass(frozen=True, slots=True)
class AllNames:
    """The names of all schools of a project; a question about one school does not cost time for the others."""

    titles: Mapping[str, SchoolNames]
    """The names of each school, by its folder's name."""
    names: Names
    """The names of all schools."""
    bearers: Mapping[str, int]
    """The number of schools with each name."""
    alike: Mapping[frozenset[str], tuple[str, ...]]
    """The folders of the schools that have exactly the same names."""
    members: Mapping[str, tuple[SchoolNames, ...]]
    """The schools of each federation, by its folder's name."""

    @classmethod
    def of(cls, titles: Mapping[str, SchoolNames]) -> "AllNames":
        """Return the roll call of schools with these names."""
        bearers = collections.Counter(name for school in titles.values() for name in school.names)
        alike: dict[frozenset[str], list[str]] = {}
        members: dict[str, list[SchoolNames]] = {}
        for folder, school in titles.items():
            if school.names:
                alike.setdefault(school.names, []).append(folder)
            if school.federation is not None:
                members.setdefault(school.federation, []).append(school)
        return cls(
            titles,
            Names.of(bearers),
            bearers,
            {names: tuple(found) for names, found in alike.items()},
            {name: tuple(found) for name, found in members.items()},
        )

    def twins(self, school: str) -> tuple[str, ...]:
        """Return the other folders with exactly the names of a school: it may have policies of several kinds."""
        return tuple(folder for folder in self.alike.get(self.titles[school].names, ()) if folder != school)

    def partners(self, school: str) -> frozenset[str]:
        """Return the names of a school and of the others in its federation, which its words may mention."""
        return frozenset(name for one in self._together(school, ()) for name in one.names)

    def others(self, school: str, same: Collection[str] = ()) -> Names:
        """Return the names of all other schools, which its words must not mention.

        `same` are its twins that are the same school.
        """
        near = collections.Counter(name for one in self._together(school, same) for name in one.names)
        return self.names.but(name for name, times in near.items() if times == self.bearers[name])

    def namesakes(self, school: str, same: Collection[str] = ()) -> frozenset[str]:
        """Return the names of a school that another one has too, except generic names; `same` are as in `others`."""
        own = self.titles[school].names
        return frozenset(name for name in own if self.bearers[name] > 1 + len(same) and told_apart(name))

    def _together(self, school: str, same: Collection[str]) -> tuple[SchoolNames, ...]:
        own = self.titles[school]
        near = (own,) if own.federation is None else self.members[own.federation]
        apart = (self.titles[folder] for folder in same)
        return (*near, *(one for one in apart if own.federation is None or one.federation != own.federation))


def fingerprint(titles: Mapping[str, SchoolNames]) -> str:
    """Return the fingerprint of schools' names."""
    return combined(*(text for school in sorted(titles) for text in (school, *_said(titles[school]))))


def changed_names(old: Mapping[str, SchoolNames], new: Mapping[str, SchoolNames]) -> tuple[SchoolName, ...]:
    """Return the names that were added or removed, and all names of schools with another federation or edition."""
    nobody = SchoolNames(frozenset(), None)
    found: set[str] = set()
    for school in old.keys() | new.keys():
        before, after = old.get(school, nobody), new.get(school, nobody)
        are_alike = (before.federation, before.edition) == (after.federation, after.edition)
        found |= before.names ^ after.names if are_alike else before.names | after.names
    return tuple(map(SchoolName.of, sorted(found)))


def concerns(names: Iterable[SchoolName], words: Vocabulary) -> bool:
    """Return whether texts might have other findings now that some names were added or removed."""
    return any(words.may_have(name) for name in names)


def _said(titles: SchoolNames) -> tuple[str, ...]:
    others = (titles.federation, titles.edition)
    return combined(*sorted(titles.names)), *("" if name is None else combined(name) for name in others)
