"""The roll call: what each school of a project is called, which tells whether another school's words name it."""

import collections
import dataclasses
from collections.abc import Iterable, Mapping

from build_tools.text.digests import combined
from build_tools.text.names import Names, SchoolName, Vocabulary, told_apart


@dataclasses.dataclass(frozen=True, slots=True)
class SchoolNames:
    """What a school is called, as its file says, whether or not it has mistakes."""

    names: frozenset[str]
    federation: str | None
    """The name of the folder of its federation."""


@dataclasses.dataclass(frozen=True, slots=True)
class AllNames:
    """What all schools of a project are called; who asks for one school does not pay for the others."""

    titles: Mapping[str, SchoolNames]
    """By the names of their folders."""
    names: Names
    """The names of all."""
    bearers: Mapping[str, int]
    """How many schools bear each name."""
    members: Mapping[str, tuple[SchoolNames, ...]]
    """The schools of each federation, by the name of its folder."""

    @classmethod
    def of(cls, titles: Mapping[str, SchoolNames]) -> "AllNames":
        """Return the roll call of schools that are called so."""
        bearers = collections.Counter(name for school in titles.values() for name in school.names)
        members: dict[str, list[SchoolNames]] = {}
        for school in titles.values():
            if school.federation is not None:
                members.setdefault(school.federation, []).append(school)
        return cls(titles, Names.of(bearers), bearers, {name: tuple(found) for name, found in members.items()})

    def partners(self, school: str) -> frozenset[str]:
        """Return the names of a school and of the others of its federation, which its words may say."""
        return frozenset(name for one in self._together(school) for name in one.names)

    def others(self, school: str) -> Names:
        """Return the names of all schools but of those, which its words must not say."""
        near = collections.Counter(name for one in self._together(school) for name in one.names)
        return self.names.but(name for name, times in near.items() if times == self.bearers[name])

    def namesakes(self, school: str) -> frozenset[str]:
        """Return which of a school's names another one has too, unless any school may be called so."""
        return frozenset(name for name in self.titles[school].names if self.bearers[name] > 1 and told_apart(name))

    def _together(self, school: str) -> tuple[SchoolNames, ...]:
        own = self.titles[school]
        return (own,) if own.federation is None else self.members[own.federation]


def fingerprint(titles: Mapping[str, SchoolNames]) -> str:
    """Return the fingerprint of what schools are called."""
    return combined(*(text for school in sorted(titles) for text in (school, *_said(titles[school]))))


def changed_names(old: Mapping[str, SchoolNames], new: Mapping[str, SchoolNames]) -> tuple[SchoolName, ...]:
    """Return the names that a school got or lost, and all names of a school that changed its federation."""
    nobody = SchoolNames(frozenset(), None)
    found: set[str] = set()
    for school in old.keys() | new.keys():
        before, after = old.get(school, nobody), new.get(school, nobody)
        are_alike = before.federation == after.federation
        found |= before.names ^ after.names if are_alike else before.names | after.names
    return tuple(map(SchoolName.of, sorted(found)))


def concerns(names: Iterable[SchoolName], words: Vocabulary) -> bool:
    """Return whether texts might be read otherwise now that some names are other schools', or no longer are."""
    return any(words.may_have(name) for name in names)


def _said(titles: SchoolNames) -> tuple[str, str]:
    return combined(*sorted(titles.names)), "" if titles.federation is None else combined(titles.federation)
