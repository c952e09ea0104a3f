"""People's names as different hands write them: "Mrs J. Field BA", "Joanne Field", "Field, Joanne"."""

import dataclasses
import functools
import re
import unicodedata

TITLES = (
    "Mrs", "Mr", "Miss", "Ms", "Mx", "Dr", "Professor", "Prof", "Reverend", "Revd", "Rev", "Father", "Fr", "Sister",
    "Canon", "Sir", "Dame", "Lady", "Lord", "Councillor", "Cllr",
)  # fmt: skip
"""What is written before a name in England."""

_TITLES = frozenset(title.casefold() for title in TITLES) | {"the", "rt", "hon", "rev'd", "capt", "captain", "major"}
_HE_OR_SHE = {
    **dict.fromkeys(("mr", "sir", "lord", "father", "fr"), "he"),
    **dict.fromkeys(("mrs", "miss", "ms", "dame", "lady", "sister"), "she"),
}
# what is written after a name; the same letters in lower case are a name, such as Ma or Med
_AFTER = frozenset((
    "BA", "BAHons", "BEd", "BEng", "BMus", "BPhil", "BSc", "BScHons", "BTh", "CBE", "Cert", "CertEd", "DBE", "DL",
    "DPhil", "DSc", "Dip", "DipEd", "EYTS", "EdD", "Esq", "FCA", "FCCT", "FRSA", "Hons", "JP", "KBE", "KC", "LLB",
    "LLM", "MA", "MBA", "MBE", "MCCT", "MEd", "MEng", "MMus", "MPhil", "MRes", "MSc", "NPQEL", "NPQH", "NPQML", "NPQSL",
    "OBE", "PGCE", "PGCert", "PGDip", "PhD", "QC", "QTS",
))  # fmt: skip
_PARTICLES = frozenset(
    ("al", "bin", "da", "de", "del", "den", "der", "di", "dos", "du", "el", "la", "le", "van", "von")
)
# letters with a stroke or joined together, which Unicode does not take apart
_LETTERS = str.maketrans({
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "’": "'", "‘": "'", "ʼ": "'",
})  # fmt: skip
_HYPHENS = re.compile(r"[-\u2010-\u2015\s]+")
_GLUED = 3
"""The most initials that are written without a space: JRR."""
_LEFT_OUT = 3
"""The fewest letters that a short form leaves out: Jo for Joanne, but not Jane for Janet."""


@dataclasses.dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name in its parts."""

    text: str
    """The name as it was written."""
    title: str
    """In lower case, without a full stop; empty if there is none."""
    given: tuple[str, ...]
    """First names or initials, folded: without capitals, accents and full stops."""
    surname: tuple[str, ...]
    """The words of the surname, folded: two for Smith-Jones and for van Dyke."""

    def may_be(self, other: "PersonName") -> bool:
        """Return whether both can be names of one person: the surnames are equal, and nothing else contradicts it."""
        mine, theirs = _HE_OR_SHE.get(self.title), _HE_OR_SHE.get(other.title)
        if mine and theirs and mine != theirs:
            return False
        # a surname of two words may be written without its hyphen, and then its first word looks like a first name
        surname = max(self.surname, other.surname, key=len)
        one, two = (_before(surname, (*name.given, *name.surname)) for name in (self, other))
        return one is not None and two is not None and all(map(_agree, one, two))


@functools.lru_cache(maxsize=8192)  # each name is compared with many others
def person_name(text: str) -> PersonName:
    """Return a person's full name, as "Miss Lucy Henderson" or "Henderson, L.", in its parts."""
    words = _in_order(text)
    titles = 0
    while titles < len(words) - 1 and _bare(words[titles]) in _TITLES:
        titles += 1
    title = next((_bare(word) for word in reversed(words[:titles])), "")
    rest = _without_letters(words[titles:], has_title=bool(title))
    begins = next(
        (at for at, word in enumerate(rest[:-1]) if _bare(word) in _PARTICLES and (at or title or word.islower())),
        len(rest) - 1,
    )
    is_shouted = text.isupper()
    given = tuple(part for word in rest[: max(begins, 0)] for part in _initials(word, is_shouted=is_shouted))
    return PersonName(text, title, given, tuple(part for word in rest[max(begins, 0) :] for part in _folded(word)))


def same_person(first: str, second: str) -> bool:
    """Return whether two written names can be of one person.

    Titles, letters after the name, accents, capitals, hyphens and full stops make no difference; an initial or a short
    form agrees with the name that it begins. A name without a word is nobody's.
    """
    one, two = person_name(first), person_name(second)
    return bool(one.surname and two.surname) and one.may_be(two)


def _in_order(text: str) -> list[str]:
    """Return the words of a name, first names before the surname, without what is in brackets or after a dash."""
    text = re.sub(r"\([^)]*\)|\[[^\]]*\]|[“\"][^”\"]*[”\"]", " ", text)
    text = re.split(r"\s[-\u2010-\u2015]\s", text.strip(), maxsplit=1)[0]
    before, comma, after = text.partition(",")
    is_surname_first = comma and len(before.split()) == 1 and not all(map(_is_letters, after.replace(",", " ").split()))
    return [*after.partition(",")[0].split(), *before.split()] if is_surname_first else before.split()


def _without_letters(words: list[str], *, has_title: bool) -> list[str]:
    """Return the words of a name without the letters after it; a surname stays, even if it looks like them."""
    fewest = 1 if has_title else 2
    while len(words) > fewest and _is_letters(words[-1]):
        words = words[:-1]
    return words


def _is_letters(word: str) -> bool:
    return word.replace(".", "") in _AFTER


def _initials(word: str, *, is_shouted: bool) -> tuple[str, ...]:
    """Return a first name folded, or each of several initials that are written as one word."""
    letters = word.replace(".", "")
    if "." in word.rstrip(".") or (letters.isupper() and len(letters) <= _GLUED and not is_shouted):
        return tuple(letter.casefold() for letter in letters)
    return _folded(word)


def _folded(word: str) -> tuple[str, ...]:
    """Return the parts of a word between hyphens, without accents, capitals, apostrophes and full stops."""
    letters = unicodedata.normalize("NFKD", word.casefold()).translate(_LETTERS)
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter) and letter not in ".'")
    return tuple(part for part in _HYPHENS.split(plain) if part)


def _bare(word: str) -> str:
    return word.casefold().replace("’", "'").rstrip(".")


def _before(surname: tuple[str, ...], words: tuple[str, ...]) -> tuple[str, ...] | None:
    """Return the words before a surname; None if the words do not end with it."""
    at = len(words) - len(surname)
    return words[:at] if at >= 0 and words[at:] == surname else None


def _agree(one: str, two: str) -> bool:
    """Return whether two first names are the same, or one is the initial or a short form of the other."""
    short, long = sorted((one, two), key=len)
    is_short_form = len(short) == 1 or len(long) - len(short) >= _LEFT_OUT
    return short == long or (is_short_form and long.startswith(short))
