"""Find the facts about a policy: its title, its dates, its number."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from build_tools.adopting.answer import Answer, Evidence
from build_tools.adopting.document import Document
from build_tools.adopting.labels import Pair
from build_tools.adopting.subject import Subject
from build_tools.text.dates import MONTHS, is_date

_MONTH = "|".join(f"{month}|{month[:3]}\\.?" for month in MONTHS) + "|Sept\\.?"
_DATE = re.compile(
    rf"\b(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})\b|"
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{_MONTH}),?\s+(?P<year>\d{{4}}|\d{{2}})\b|"
    rf"\b(?P<month_alone>{_MONTH}),?\s+(?P<year_alone>\d{{4}})\b|"
    r"\b(?P<numbers>\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d{2}))\b",
    re.IGNORECASE,
)
_FORMER = re.compile(
    r"\(?\b(?:prev(?:iously)?|formerly|was|previous title)\.?:?\s+(?:the |known as |called )*"
    r"(?P<title>[\w-]+[^()\n.]{2,60})",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?P<year>20\d\d(?:\s?[/-]\s?(?:20)?\d\d)?)\b")

_DATES: Mapping[str, re.Pattern[str]] = {
    "document.next_review": re.compile(
        r"next review|review(?:ed)? (?:due|date|by|on or before)|to be reviewed|due for review|renewal", re.IGNORECASE
    ),
    "document.ratified": re.compile(r"ratif|approv|adopted|agreed", re.IGNORECASE),
    "document.published": re.compile(r"publish", re.IGNORECASE),
    "document.written": re.compile(
        r"written|created|drafted|policy date|date of (?:policy|issue)|issued|last review|updated|reviewed",
        re.IGNORECASE,
    ),
}
"""The pattern of each date's label; the first that matches counts."""

_TEXTS: Mapping[str, tuple[re.Pattern[str], Callable[[str], object]]] = {
    "document.number": (
        re.compile(r"policy (?:number|no\.?|ref(?:erence)?)|document (?:number|ref)|^ref(?:erence)?\b", re.IGNORECASE),
        str.strip,
    ),
    "document.review_frequency": (
        re.compile(r"review (?:frequency|cycle|period)|frequency of review|how often", re.IGNORECASE),
        lambda text: text.strip().rstrip("."),
    ),
    "document.agreed_by": (re.compile(r"(?:agreed|approved|ratified|adopted) by$", re.IGNORECASE), str.strip),
    "document.links_to": (
        re.compile(r"^(?:links? (?:to|with)|linked polic|related polic|other polic|see also)", re.IGNORECASE),
        lambda text: [part.strip() for part in re.split(r",|;|&|\band\b|\n", text) if part.strip()],
    ),
}
_LONGEST = 60


def find_control(document: Document, pairs: Sequence[Pair], subject: Subject) -> Iterator[Answer]:
    """Yield the facts about a policy that an edition asks for under `document`."""
    yield from _titles(document, subject)
    given: set[str] = set()
    for pair in pairs:
        if not pair.is_front and not _DATES["document.next_review"].search(pair.label):
            continue
        path = next((path for path, label in _DATES.items() if label.search(pair.label)), None)
        date = date_in(pair.value)
        if path and date and path not in given:
            given.add(path)
            yield Answer(path, date, 0.95 if pair.is_front else 0.75, (pair.evidence,))
        for path, (label, read) in _TEXTS.items():
            value = pair.value.split("\n")[0]
            if label.search(pair.label) and path not in given and not date and len(value) <= _LONGEST:
                given.add(path)
                yield Answer(path, read(value), 0.9, (pair.evidence,))
    if "document.next_review" not in given:
        yield from _review_in_sentence(document)


def _review_in_sentence(document: Document) -> Iterator[Answer]:
    for block in document.blocks:
        match = _DATES["document.next_review"].search(block.words)
        date = date_in(block.words[match.end() :]) if match else None
        if date:
            yield Answer("document.next_review", date, 0.75, (Evidence(block.spot, block.words),))
            return


def date_in(text: str) -> str | None:
    """Return the first date in a text, with the precision that it has: 2018-05-23, or 2018-10.

    Unlike libraries for dates, this does not guess: a date in numbers is read as day, month and year, as in Britain,
    and a number that is not a valid date is ignored.
    """
    return next(filter(is_date, map(_iso, _DATE.finditer(text))), None)


def _iso(match: re.Match[str]) -> str:
    if match["iso"]:
        return match["iso"]
    if match["numbers"]:
        day, month, year = re.split(r"[./]", match["numbers"])
        return f"{_century(year)}-{int(month):02}-{int(day):02}"
    name = (match["month"] or match["month_alone"])[:3].title()
    month = f"{next(number for number, full in enumerate(MONTHS, 1) if full.startswith(name)):02}"
    if match["month_alone"]:
        return f"{match['year_alone']}-{month}"
    return f"{_century(match['year'])}-{month}-{int(match['day']):02}"


def _century(year: str) -> str:
    return year if len(year) == len("2018") else f"20{year}"


def _titles(document: Document, subject: Subject) -> Iterator[Answer]:
    pattern = re.compile(
        rf"\b(?P<title>(?:School\s+)?(?:{subject.title})(?: (?:and|&) [A-Z][\w ]{{2,40}}?)? Policy)\b", re.IGNORECASE
    )
    for block in [*document.front, *document.blocks[:40]]:
        match = pattern.search(block.words)
        if not match or len(block.words) > 2 * _LONGEST:
            continue
        evidence = (Evidence(block.spot, block.words),)
        title = match["title"] if not match["title"].isupper() else match["title"].title()
        yield Answer("document.title", re.sub(r"^School\s+", "", title), 0.9, evidence)
        rest = block.words[match.end() :]
        former = _FORMER.search(rest)
        if former:
            name = former["title"].strip(" )")
            whole = name if name.lower().endswith("policy") else f"{name} Policy"
            yield Answer("document.former_title", whole, 0.85, evidence)
        year = _YEAR.search(rest.partition(":")[0]) if not _DATE.search(rest) else None
        if year:
            yield Answer("document.year", year["year"].replace(" ", "").replace("-", "/"), 0.9, evidence)
        return
