"""Find people: names with a title, or two words with capitals next to the label of a role."""

import dataclasses
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from build_tools.adopting.answer import Answer, Evidence
from build_tools.adopting.document import Passage
from build_tools.adopting.labels import Pair
from build_tools.adopting.subject import Duty, Subject
from build_tools.adopting.word_lists import word_list
from build_tools.text.blanks import FORMS, is_blank

_TITLE = (
    r"(?:Mr|Mrs|Miss|Ms|Mx|Dr|Prof(?:essor)?|Rev(?:d|erend)?|Sir|Dame|Lady|Lord|Fr|Father|Sister|Canon|Cllr|Councillor)"
    r"\.?"
)
_WORD = r"(?:(?:de|van|von|der|den|la|le|du|al|el|bin)\s){0,2}(?:[A-Z]['’])?(?:Ma?c)?[A-ZÀ-ÖØ-ÞŁŚŞ][\w’'-]*[^\W\d_]"
_INITIAL = r"[A-Z]\.?(?=\s)"
_NAME = rf"(?:{_INITIAL}\s){{0,3}}{_WORD}(?:\s(?!{_TITLE}(?:\s|$)){_WORD}){{0,2}}"
_TITLED = re.compile(rf"\b(?P<title>{_TITLE})\s(?P<name>{_NAME})")
_BARE = re.compile(rf"\b(?P<name>{_WORD}\s(?:{_INITIAL}\s)?{_WORD}(?:\s{_WORD})?)")
# Words with capitals that are not people's names.
_OFFICES = word_list("offices")
_TIMES = word_list("times")
"""Other words with capitals; some are also family names, which they are after a title."""
_ROLE = re.compile(r"^\s*(?:,|\(|[-–—:])\s*(?P<role>[A-Z][\w/&’' -]{2,60}?)\s*(?=$|[,;)(\n]|\s(?:and|&)\s)")
_ROLE_BEFORE_NEXT = re.compile(rf"^\s*[,(–—-]\s*(?P<role>[A-Z][A-Za-z/&’' -]{{2,50}}?)\)?\s+(?={_TITLE}\s[A-Z])")

_APPOINTED = re.compile(
    rf"(?:[Aa]ppointed|(?:[Ll]ead(?:er)?|[Cc]o-?ordinator|[Oo]fficer) is)\s+(?P<who>(?:{_TITLE}\s)?{_NAME})"
)


@dataclasses.dataclass(frozen=True, slots=True)
class Person:
    """A person named in a document."""

    name: str
    role: str | None = None

    @property
    def entry(self) -> dict[str, str]:
        """The person's entry for a list of people in `school.yml`."""
        return {"name": self.name, "role": self.role} if self.role else {"name": self.name}


def people_in(text: str, offices: frozenset[str] = _OFFICES, *, is_labelled: bool = False) -> tuple[Person, ...]:
    """Return the people named in a text; next to a label, a name does not need a title.

    A blank, such as "Insert Name", is nobody's name. `offices` are words with capitals that are not part of a
    person's name.
    """
    found: list[Person] = []
    matches = list(_TITLED.finditer(text))
    if not matches and is_labelled:
        matches = [
            match
            for match in _BARE.finditer(text)
            if not _is_office(match["name"], offices) and not _is_time(match["name"])
        ]
    for match in matches:
        title = match.groupdict().get("title")
        name = _without_office(match["name"], offices)
        words = f"{title} {name}" if title else name
        if name and not is_blank(words, is_name=True) and not FORMS.search(words):
            rest = text[match.start("name") + len(name) :]
            role = _ROLE_BEFORE_NEXT.match(rest) or _ROLE.match(rest)
            found.append(
                Person(
                    " ".join(words.split()),
                    role["role"].strip() if role and _is_office(role["role"], offices) else None,
                )
            )
    return tuple(dict.fromkeys(found))


def find_people(
    pairs: Sequence[Pair], passages: Sequence[Passage], paths: Iterable[str], subject: Subject
) -> Iterator[Answer]:
    """Yield the people with each duty that an edition asks for; `paths` has the paths of its fields."""
    asked = set(paths)
    finder = _Finder(pairs, passages, word_list("offices", subject.words))
    found = finder.next_to_labels([duty for duty in subject.duties if duty.path in asked], subject.duties)
    for duty in subject.duties:
        if duty.path not in asked:
            continue
        answer = found.get(duty.path)
        if not duty.is_list:
            answer = finder.appointed(duty) or answer
        elif answer is None and duty.in_sentences:
            answer = finder.in_sentences(duty)
        if answer:
            yield answer


class _Finder:
    """Finds the people of one document."""

    def __init__(self, pairs: Sequence[Pair], passages: Sequence[Passage], offices: frozenset[str]) -> None:
        self.pairs = pairs
        self.passages = passages
        self.offices = offices
        texts = (*(pair.value for pair in pairs), *(passage.text for passage in passages))
        self.known = [person.name for text in texts for person in people_in(text, offices)]

    def next_to_labels(self, wanted: Sequence[Duty], every: Sequence[Duty]) -> dict[str, Answer]:
        """Return the people next to the label of each wanted duty; a label belongs to the first duty that it fits."""
        found: dict[str, Answer] = {}
        for pair in self.pairs:
            duty = next((duty for duty in every if duty.label.search(pair.label)), None)
            who = people_in(pair.value, self.offices, is_labelled=True)
            if duty is None or duty not in wanted or not who or duty.path in found:
                continue
            if duty.about and not duty.about.search(pair.label):
                continue
            fuller = [Person(_fullest(person.name, self.known), person.role) for person in who]
            probability = 0.95 if pair.is_front and "." not in pair.label else 0.75
            value: Any = [person.entry for person in fuller] if duty.is_list else fuller[0].name
            found[duty.path] = Answer(duty.path, value, probability, (pair.evidence,))
        return found

    def appointed(self, duty: Duty) -> Answer | None:
        """Return the person who, as the text says, is appointed to a duty."""
        for passage in self.passages:
            match = _APPOINTED.search(passage.text)
            if match and duty.label.search(passage.text):
                name = " ".join(match["who"].split())
                if not _is_office(name, self.offices):
                    return Answer(duty.path, _fullest(name, self.known), 0.92, (Evidence.of(passage),))
        return None

    def in_sentences(self, duty: Duty) -> Answer | None:
        """Return the people named in a sentence about a duty that is not about the similar one."""
        for passage in self.passages:
            label = duty.label.search(passage.text)
            who = people_in(passage.text, self.offices)
            if not who or not label or (duty.unless and duty.unless.search(passage.text)):
                continue
            is_plural = re.search(r"\bare\b|leads\b|DSLs", passage.text) is not None
            nearest = min(who, key=lambda person: abs(passage.text.find(person.name) - label.start()))
            entries = [
                Person(_fullest(one.name, self.known), one.role).entry for one in (who if is_plural else [nearest])
            ]
            return Answer(duty.path, entries, 0.8, (Evidence.of(passage),))
        return None


def _fullest(name: str, known: Iterable[str]) -> str:
    """Return the longest form of a person's name in a document: "Mrs C Hill" may be "Mrs Clare Hill" elsewhere."""
    same = [other for other in known if _is_same(name, other)]
    return max([name, *same], key=lambda other: (len(other.replace(".", "").split()), len(other)))


def _is_same(one: str, other: str) -> bool:
    (title, given, family), (other_title, other_given, other_family) = _parts(one), _parts(other)
    if family.lower() != other_family.lower() or (title and other_title and title != other_title):
        return False
    # two people with the same title and family name are rarer than one person with a mistyped initial
    is_initial = min(len(given), len(other_given)) <= 1
    return given.lower() == other_given.lower() or is_initial


def _parts(name: str) -> tuple[str, str, str]:
    words = name.replace(".", "").split()
    title = words[0] if re.fullmatch(_TITLE, words[0]) else ""
    rest = words[1:] if title else words
    return title, rest[0] if len(rest) > 1 else "", rest[-1] if rest else ""


def _without_office(name: str, offices: frozenset[str]) -> str:
    words = []
    for word in name.split():
        if word.lower().strip(".,") in offices:
            break
        words.append(word)
    return " ".join(words)


def _is_time(text: str) -> bool:
    return any(word.lower() in _TIMES for word in text.split())


def _is_office(text: str, offices: frozenset[str]) -> bool:
    return any(word.lower().strip(".,()") in offices for word in re.split(r"[\s/&-]+", text))
