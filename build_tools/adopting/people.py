"""Find people: names with a title, or two words with capitals next to the label of a role."""

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from build_tools.adopting.answer import Answer, Evidence
from build_tools.adopting.document import Passage
from build_tools.adopting.labels import Pair
from build_tools.adopting.word_lists import word_list

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

DUTIES: Mapping[str, re.Pattern[str]] = {
    "people.deputy_dsl": re.compile(
        r"deputy (?:designated|dsl|safeguarding|child protection)|deputy dsl|\bd(?:eputy )?dsls?\b|deputies",
        re.IGNORECASE,
    ),
    "people.governors": re.compile(r"governor|trustee|director with|committee member", re.IGNORECASE),
    "people.online_safety_lead": re.compile(
        r"(?:online|e|internet|digital)[- ]?safety (?:lead|co-?ordinator|officer|champion|leader)", re.IGNORECASE
    ),
    "people.dsl": re.compile(
        r"designated safeguard|\bdsls?\b|designated (?:child protection|person|teacher|member)|safeguarding lead|"
        r"child protection (?:co-?ordinator|officer|lead|liaison)",
        re.IGNORECASE,
    ),
}
"""The pattern of each duty's label; the first that matches counts."""

_SUBJECT_OF_GOVERNOR = re.compile(
    r"safeguard|child protection|online|e-?safety|named|lead|responsib|link", re.IGNORECASE
)
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


def people_in(text: str, *, is_labelled: bool = False) -> tuple[Person, ...]:
    """Return the people named in a text; next to a label, a name does not need a title."""
    found: list[Person] = []
    matches = list(_TITLED.finditer(text))
    if not matches and is_labelled:
        matches = [
            match for match in _BARE.finditer(text) if not _is_office(match["name"]) and not _is_time(match["name"])
        ]
    for match in matches:
        title = match.groupdict().get("title")
        name = _without_office(match["name"])
        if name:
            rest = text[match.start("name") + len(name) :]
            role = _ROLE_BEFORE_NEXT.match(rest) or _ROLE.match(rest)
            words = f"{title} {name}" if title else name
            found.append(
                Person(" ".join(words.split()), role["role"].strip() if role and _is_office(role["role"]) else None)
            )
    return tuple(dict.fromkeys(found))


def find_people(pairs: Sequence[Pair], passages: Sequence[Passage], paths: Iterable[str]) -> Iterator[Answer]:
    """Yield the people with each duty that an edition asks for; `paths` has the paths of its fields."""
    asked = set(paths)
    known = list(_everyone(pairs, passages))
    found: dict[str, Answer] = {}
    for pair in pairs:
        path = next((path for path, label in DUTIES.items() if label.search(pair.label)), None)
        who = people_in(pair.value, is_labelled=True)
        if path is None or not who or path in found or path not in asked:
            continue
        if path == "people.governors" and not _SUBJECT_OF_GOVERNOR.search(pair.label):
            continue
        fuller = [Person(_fullest(person.name, known), person.role) for person in who]
        probability = 0.95 if pair.is_front and "." not in pair.label else 0.75
        value: Any = fuller[0].name if path == "people.online_safety_lead" else [person.entry for person in fuller]
        found[path] = Answer(path, value, probability, (pair.evidence,))
    yield from (answer for path, answer in found.items() if path != "people.online_safety_lead")
    if "people.online_safety_lead" in asked:
        lead = _lead(passages, known) or found.get("people.online_safety_lead")
        if lead:
            yield lead
    if "people.dsl" in asked and "people.dsl" not in found:
        yield from _dsl_of_sentences(passages, known)


def _everyone(pairs: Sequence[Pair], passages: Sequence[Passage]) -> Iterator[str]:
    for text in [*(pair.value for pair in pairs), *(passage.text for passage in passages)]:
        yield from (person.name for person in people_in(text))


def _lead(passages: Sequence[Passage], known: Sequence[str]) -> Answer | None:
    for passage in passages:
        match = _APPOINTED.search(passage.text)
        if match and DUTIES["people.online_safety_lead"].search(passage.text):
            name = " ".join(match["who"].split())
            if not _is_office(name):
                return Answer("people.online_safety_lead", _fullest(name, known), 0.92, (Evidence.of(passage),))
    return None


def _dsl_of_sentences(passages: Sequence[Passage], known: Sequence[str]) -> Iterator[Answer]:
    for passage in passages:
        label = DUTIES["people.dsl"].search(passage.text)
        who = people_in(passage.text)
        if not who or not label or DUTIES["people.deputy_dsl"].search(passage.text):
            continue
        is_plural = re.search(r"\bare\b|leads\b|DSLs", passage.text) is not None
        nearest = min(who, key=lambda person: abs(passage.text.find(person.name) - label.start()))
        entries = [Person(_fullest(one.name, known), one.role).entry for one in (who if is_plural else [nearest])]
        yield Answer("people.dsl", entries, 0.8, (Evidence.of(passage),))
        return


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


def _without_office(name: str) -> str:
    words = []
    for word in name.split():
        if word.lower().strip(".,") in _OFFICES:
            break
        words.append(word)
    return " ".join(words)


def _is_time(text: str) -> bool:
    return any(word.lower() in _TIMES for word in text.split())


def _is_office(text: str) -> bool:
    return any(word.lower().strip(".,()") in _OFFICES for word in re.split(r"[\s/&-]+", text))
