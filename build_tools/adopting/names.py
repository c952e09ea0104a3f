"""Find a school's name and motto."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from build_tools.adopting.answer import Answer, Evidence
from build_tools.adopting.document import Document, Passage, Shape, without_number
from build_tools.adopting.subject import Subject
from build_tools.adopting.word_lists import word_list

_KIND = (
    r"(?:Schools?|Academy|Academies|College|Nursery|Pre-?[Ss]chool|Playgroup|Kindergarten|Infants?|Juniors?|Federation|"
    r"Trust|Centre|PRU|Primary|Grammar|High|Sixth Form)"
)
_NAME_WORD = r"(?:(?:of|the|and|&|at|in|for|le|on|with)\s)?[A-Z][\w’'.&-]{0,60}"
_MORE = rf"(?:\s(?:{_KIND}|and Nursery|& Nursery|\(?[A-Z]{{2,5}}\)?))*"
_SCHOOL = re.compile(
    rf"(?:\b[Tt]he\s)?[A-Z][\w’'.&-]{{0,60}},?\s(?:{_NAME_WORD}\s){{0,7}}?{_KIND}{_MORE}(?:(?<=Academy)\s[A-Z][a-z]+)?\b"
)
_NOT_MOTTO = re.compile(r"\bpolic|\bversion\b|\bpage\b|\bdate\b|\breview|©|\bwww\.|@|\d{2}|\bcontents\b", re.IGNORECASE)
_SEEN_OFTEN = 3
_WHOLE_NAME = 120


def find_names(document: Document, passages: Sequence[Passage], subject: Subject) -> Iterator[Answer]:
    """Yield the name of a school, the form that its text uses, and the motto at the foot of its pages."""
    names = list(_Namer(subject).names(document, passages))
    yield from names
    yield from _motto(document, [str(answer.value) for answer in names])


class _Namer:
    """Finds what a school is called in a policy on some subject."""

    def __init__(self, subject: Subject) -> None:
        self._common = word_list("not-school-names", subject.words)
        before = map(re.escape, sorted(word_list("before-names", subject.words)))
        self._before = re.compile(rf"^(?:(?:{'|'.join(before)})\s)+")

    def names(self, document: Document, passages: Sequence[Passage]) -> Iterator[Answer]:
        """Yield the name of a school and the form that its text uses."""
        counts: Counter[str] = Counter()
        spots: dict[str, Evidence] = {}
        for passage in passages:
            for name in self._schools_in(passage.text):
                counts[name] += 1
                spots.setdefault(name, Evidence.of(passage))
        front = [block for block in document.front if block.shape in (Shape.HEADING, Shape.PARAGRAPH, Shape.ROW)]
        heads: list[tuple[str, Evidence]] = []
        for block in front:
            for line in block.text.split("\n"):
                text = line.title() if line.isupper() else line
                heads += [(name, Evidence(block.spot, block.words)) for name in self._schools_in(text)]
        heads += [
            (name, Evidence(document.blocks[0].spot, words))
            for words in document.furniture
            for name in self._schools_in(words)
        ]
        usual = next((name for name, count in counts.most_common() if count >= _SEEN_OFTEN), None)
        full = max(heads, key=lambda head: self._fits(head[0], usual), default=None)
        if full and (usual is None or self._fits(full[0], usual) > 0):
            # the front of a policy often has the name in capitals, but the text has it in the school's spelling
            name = usual if usual and usual.lower() == full[0].lower() else full[0]
            yield Answer("school.name", name, 0.93 if usual else 0.8, (full[1],))
            if usual and usual.lower() != name.lower():
                yield Answer("school.short_name", usual, 0.9, (spots[usual],))
        elif usual:
            yield Answer("school.name", usual, 0.85, (spots[usual],))

    def _fits(self, name: str, usual: str | None) -> float:
        """Return how well a name on the front matches the one in the text."""
        if usual is None:
            return len(name) / _WHOLE_NAME
        ours, theirs = set(re.findall(r"\w+", name.lower())), set(re.findall(r"\w+", usual.lower()))
        own = theirs - self._common
        return len(ours & own) / max(len(own), 1) + len(name) / (10 * _WHOLE_NAME) if ours & own else 0.0

    def _schools_in(self, text: str) -> Iterator[str]:
        for match in _SCHOOL.finditer(text):
            name = " ".join(match[0].split()).strip(" ,.")
            name = self._before.sub("", re.sub(r"^the(?= )", "The", name))
            own = [word for word in re.findall(r"[\w’']+", name.lower()) if word not in self._common]
            if own and len(name) <= _WHOLE_NAME:
                yield name


def _motto(document: Document, names: Sequence[str]) -> Iterator[Answer]:
    headings = {without_number(block.words).lower() for block in document.blocks if block.shape is Shape.HEADING}
    for words in document.furniture:
        is_heading = without_number(words).lower() in headings
        is_name = any(name.lower() in words.lower() or words.lower() in name.lower() for name in names)
        is_title = _NOT_MOTTO.search(words)
        if not is_name and not is_title and not is_heading and len(words.split()) > 2:  # noqa: PLR2004 - fewer words are a name or a heading
            yield Answer("school.motto", words, 0.85, (Evidence(document.blocks[0].spot, words),))
            return
