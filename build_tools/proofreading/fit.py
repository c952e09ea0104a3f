"""Whether an answer fits the sentence that prints it: its article, capital, full stop, and the words next to it.

A school types an answer without seeing its sentence, so "a locked box" is right by itself and wrong after "in the".
The rules are narrow, as in `typing_errors`: a name may begin with an article or a capital, or end with a full stop.
"""

import dataclasses
import re
from collections.abc import Iterator

from build_tools.proofreading.typing_errors import NEVER_TWICE
from build_tools.text.problems import Severity

_ARTICLES = frozenset(("a", "an", "its", "my", "our", "the", "their", "your"))
"""Words of which a noun has only one."""
_BEFORE_A_NOUN = _ARTICLES | {"another", "any", "every", "no"}
_PREPOSITIONS = frozenset((
    "at", "behind", "beside", "by", "for", "from", "in", "inside", "into", "near", "of", "on", "outside", "to", "under",
    "with",
))  # fmt: skip
_PLACES = frozenset(("anywhere", "everywhere", "nowhere", "somewhere"))
_COMMON = _ARTICLES | _PREPOSITIONS | _PLACES
"""Words that have a capital only at the beginning of a sentence or of a name."""
_ABBREVIATED = re.compile(
    r"(?:^|[\s.(])(?:[A-Za-z]|Co|Corp|Dr|Inc|Jr|Ltd|Mr|Mrs|Ms|Rd|Sr|St|approx|dept|etc|no|tel)\.$"
)
_NO_CAPITAL_AFTER = (":", "“", '"', "‘", "(", "[", "–", "—", "/")
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_SOUNDS_LIKE_A_CONSONANT = re.compile(r"eu|ew|on(?:e|ce)\b|oui")
_SILENT_H = re.compile(r"heir|hon(?:est|our)|hour")
_UNSURE = re.compile(r"u|x|y[^aeiou]|h(?:erb|istor|otel|abitual)|.\b")


@dataclasses.dataclass(frozen=True, slots=True)
class Misfit:
    """What does not fit where an answer meets its sentence."""

    says: str
    """What is wrong."""
    advice: str
    """What to do."""
    right: str = ""
    """What to type; empty if no other form of the answer is right."""
    severity: Severity = Severity.MISTAKE

    @property
    def is_warning(self) -> bool:
        """Whether it may be meant so."""
        return self.severity is Severity.WARNING

    def __str__(self) -> str:
        return f"{self.says} {self.advice}{f': {self.right}' if self.right else ''}."


def misfits(sentence: str, value: range, *, is_inside_others: bool = False) -> Iterator[Misfit]:
    """Yield what does not fit around an answer at a position of a sentence, the surest first.

    `is_inside_others` says whether the middle of other sentences has the same answer.
    """
    here = _Joint(sentence, value)
    before = next(here.before_it(), None)
    yield from filter(None, (before, here.after_it()))
    if before is None:
        yield from filter(None, (here.capital(), here.small_letter(is_inside_others=is_inside_others), here.article()))


class _Joint:
    """An answer with the words next to it."""

    def __init__(self, sentence: str, value: range) -> None:
        self.typed = sentence[value.start : value.stop]
        self.before = sentence[: value.start]
        self.after = sentence[value.stop :]
        self.words = _WORD.findall(self.typed)
        # an initial, such as "A. Hill", or "e-mail", is no word of its own
        first = re.match(r"([^\W\d_]+)(?=\s|$)", self.typed)
        self.first = first[1] if first else ""
        preceding = re.search(r"(?<![^\s(“‘\"])([^\W\d_]+)\s+$", self.before)
        self.preceding = preceding[1] if preceding else ""

    def rest(self, words: int) -> str:
        """Return the answer without its first words."""
        return " ".join(self.typed.split()[words:])

    def is_common(self) -> bool:
        """Return whether the answer begins with a common word, and not with the first word of a name."""
        if self.first.lower() not in _COMMON:
            return False
        following = self.words[1:2]
        return self.first.islower() or self.first == "The" or bool(following and following[0].islower())

    def is_name(self) -> bool:
        """Return whether a later word has a capital, as in a name; short forms, such as HR, do not count."""
        return any(word[0].isupper() and not word.isupper() for word in self.words[1:])

    def before_it(self) -> Iterator[Misfit]:
        """Yield a word too many where the answer begins."""
        preceding, first = self.preceding.lower(), self.first.lower()
        said = f'"{self.preceding} {self.first}" '
        if preceding in _BEFORE_A_NOUN and first in _ARTICLES and self.is_common() and self.rest(1):
            yield Misfit(f"{said}has a word too many.", f'Leave out "{self.first}"', self.rest(1))
        second = self.words[1].lower() if len(self.words) > 1 else ""
        is_place = first in _PREPOSITIONS and second in _ARTICLES and self.rest(2) and not self.is_name()
        if preceding in _ARTICLES and is_place:
            few = " ".join(self.typed.split()[:2])
            yield Misfit(f'"{self.preceding} {few}" has words too many.', f'Leave out "{few}"', self.rest(2))
        if preceding == first and first and (self.first.islower() or self.is_common()):
            yield _twice(said, first, f'Leave out "{self.first}"', self.rest(1))

    def after_it(self) -> Misfit | None:
        """Return a punctuation mark, or a word, too many where the answer ends."""
        mark = re.search(r"(?<![.,;:])[.,;:]$", self.typed)
        if mark is None:
            return self._word_after()
        without, follows = self.typed[: mark.start()], self.after[:1]
        is_abbreviated = _ABBREVIATED.search(self.typed) is not None
        if follows and follows in ".,;:!?":
            if is_abbreviated and follows != ".":
                return None
            return Misfit(f'"{mark[0]}{follows}" has a punctuation mark too many.', "Leave out the first", without)
        if not self.after.strip() or is_abbreviated:
            return None
        stop = mark[0] == "."
        what = "the full stop" if stop else f'the "{mark[0]}"'
        severity = Severity.MISTAKE if stop else Severity.WARNING
        return Misfit(f"{what} at its end is in the middle of a sentence.", "Leave it out", without, severity)

    def _word_after(self) -> Misfit | None:
        last = re.search(r"(?:^|(?<=\s))([^\W\d_]+)$", self.typed)
        following = re.match(r"\s+([^\W\d_]+)(?![\w'’-])", self.after)
        is_surname = last is not None and last.start() > 0 and not last[1].islower()
        if not last or not following or is_surname or last[1].lower() != following[1]:
            return None
        without = self.typed[: last.start()].rstrip()
        return _twice(f'"{last[1]} {following[1]}" ', following[1], f'Leave out the first "{last[1]}"', without)

    def capital(self) -> Misfit | None:
        """Return a capital in the middle of a sentence, if the answer is not a name."""
        before = self.before.rstrip()
        if not before or before.endswith(_NO_CAPITAL_AFTER) or not self.first[:1].isupper():
            return None
        is_alone = len(self.words) == 1 and self.first.lower() not in _PLACES
        if is_alone or self.is_name() or not (self.is_common() or self.first.lower() in _PLACES):
            return None
        small = f"{self.typed[0].lower()}{self.typed[1:]}"
        said = f'"{self.first}" has a capital in the middle of a sentence.'
        return Misfit(said, "Unless it is a name, write it in small letters", small, Severity.WARNING)

    def small_letter(self, *, is_inside_others: bool) -> Misfit | None:
        """Return a small letter at the beginning of a sentence, if the answer is not written so as a name."""
        is_sentence = re.search(r"[^\W\d_].*[.!?][”’\"')]?$", self.after.rstrip())
        if self.before or not is_sentence or not self.typed[:1].islower() or self.typed != self.typed.lower():
            return None
        says = "a sentence begins with its small letter."
        if is_inside_others or self.first.lower() in _COMMON:
            advice = "Other sentences may need it, so replace this clause with words of your own"
            return Misfit(says, advice, severity=Severity.WARNING)
        capital = f"{self.typed[0].upper()}{self.typed[1:]}"
        return Misfit(says, "Write it with a capital", capital, Severity.WARNING)

    def article(self) -> Misfit | None:
        """Return an article that does not go with the sound of the answer, if that is certain."""
        word = self.words[0] if self.words and self.typed.startswith(self.words[0]) else ""
        article = self.preceding.lower()
        if article not in ("a", "an") or word[1:] != word[1:].lower():
            return None
        right = article_of(word.lower())
        if right in (None, article):
            return None
        said = f'"{self.preceding} {word}" should be "{right} {word}".'
        return Misfit(said, "Choose another word, or replace the clause", severity=Severity.WARNING)


def _twice(said: str, word: str, advice: str, right: str) -> Misfit:
    severity = Severity.MISTAKE if word in NEVER_TWICE else Severity.WARNING
    return Misfit(f"{said}is the same word twice.", advice if right else "Choose another word", right, severity)


def article_of(word: str) -> str | None:
    """Return "a" or "an", whichever goes with a word in small letters; None if that is uncertain."""
    if not word or not word.isascii() or _UNSURE.match(word):
        return None
    is_vowel = word[0] in "aeio" and not _SOUNDS_LIKE_A_CONSONANT.match(word)
    return "an" if is_vowel or _SILENT_H.match(word) else "a"
