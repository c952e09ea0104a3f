"""Find the names and lists that a school put into its clauses: products, places, platforms."""

import functools
import re
from collections.abc import Iterator, Sequence
from typing import Any

from build_tools.adopting.accounting import Account
from build_tools.adopting.answer import Answer, Evidence
from build_tools.adopting.document import Passage
from build_tools.adopting.subject import Subject, Way
from build_tools.adopting.word_lists import word_list
from build_tools.schema.fields import FieldKind, Schema

_ADDRESS = re.compile(r"\b(?:https?://|www\.)[^\s,;)\]]+", re.IGNORECASE)
_DASH = re.compile(r"\s+[–—-]\s+|\s*[(\[]|:\s+")
_SEPARATOR = re.compile(r",\s*(?:and\s|or\s)?|;\s*|\s+and/or\s+|\s+(?:and|or)\s+|\n")
_FILLER = re.compile(
    r"^(?:the|a|an|either|both|also|our|schools?['’]?s?|and|or|including|such as|(?:information )?displayed on|on)\s+",
    re.IGNORECASE,
)
_GENERIC = re.compile(r"\s+(?:[Ww]eb|[Ff]iltering|[Ff]ilter|[Ss]ystem|[Ss]oftware|[Ss]ervice)s?$")
_MASK = 0xE000
_LONGEST_ENTRY = 8
"""The maximum number of words in a list item that is a name, perhaps with a note."""


def find_values(account: Account, schema: Schema, known_names: Sequence[str], subject: Subject) -> Iterator[Answer]:
    """Yield the values of the fields that clauses print; `known_names` has the school's own names."""
    found: dict[str, Answer] = {}
    own = {name.lower() for name in known_names}
    not_names = word_list("not-names", subject.words)
    for way in subject.ways:
        field = schema.lookup(way.path)
        if field is None:
            continue
        passages = _passages(way, account)
        entries = _entries(way, passages, account, own, not_names)
        if not entries:
            continue
        words = [entry["name"] for entry, _, _ in entries]
        others = {str(found[path].value) for path in way.apart if path in found}
        probability = min(weight for _, _, weight in entries)
        evidence = tuple(dict.fromkeys(Evidence.of(passage) for _, passage, _ in entries))
        if field.kind is FieldKind.RECORDS:
            value: Any = [entry for entry, _, _ in entries]
        elif way.is_list:
            value = words
        else:
            named = [word for word in words if word not in others]
            if not named:
                continue
            value = named[0]
        found[way.path] = Answer(way.path, value, probability, evidence)
    yield from found.values()


def _passages(way: Way, account: Account) -> list[Passage]:
    """Return the passages with the clauses of a field, each with its whole block and the entries below it."""
    at = {found.passage for found in account.found if account.clauses[found.clause].id in way.clauses}
    blocks = {account.passages[index].block for index in at}
    return [passage for passage in account.passages if passage.block in blocks]


def _entries(
    way: Way, passages: Sequence[Passage], account: Account, own: set[str], not_names: frozenset[str]
) -> list[tuple[dict[str, str], Passage, float]]:
    """Return the entries of a field, each with the passage that shows it and its probability."""
    found: dict[str, tuple[dict[str, str], Passage, float]] = {}
    for block in dict.fromkeys(passage.block for passage in passages):
        inside = [passage for passage in passages if passage.block == block]
        whole = " ".join(passage.text for passage in inside)
        for value, weight in _values(way, whole, is_item=inside[0].shape == "item" and not whole.endswith(":")):
            entry = _entry(value, way)
            name = _corrected(entry["name"], way, account)
            is_word = bool(way.known) and name.lower().partition(" ")[0] in not_names
            if name and name.lower() not in own | way.never and not is_word:
                found.setdefault(name.lower(), ({**entry, "name": name}, inside[0], weight))
        if found and not way.is_list:
            break
    return list(found.values())


def _values(way: Way, text: str, *, is_item: bool) -> Iterator[tuple[str, float]]:
    """Yield the values of a field in a text, each with its probability."""
    addresses = [match[0].rstrip(".,") for match in _ADDRESS.finditer(text)]
    # full stops and colons in an address do not end a sentence
    masked = functools.reduce(
        lambda held, at: held.replace(addresses[at], chr(_MASK + at), 1), range(len(addresses)), text
    )
    matches = (match for pattern in way.patterns for match in pattern.finditer(masked))
    match = next((match for match in matches if _bare(match["value"]).lower() not in way.never), None)
    known = sorted((found.start(), name) for name in way.known if (found := _known_in(name, text)))
    if match:
        parts, weight = _parts(match["value"]) if way.is_list else [match["value"].strip(" ,.;:")], 0.9
    elif known and not (is_item and addresses):
        parts, weight = [name for _, name in known], 0.93
    elif is_item and way.is_list and len(masked.split()) <= _LONGEST_ENTRY:
        parts, weight = [masked] if addresses else _parts(masked), 0.8
    else:
        return
    for part in parts:
        yield (
            re.sub(
                rf"[{chr(_MASK)}-{chr(_MASK + len(addresses))}]", lambda mark: addresses[ord(mark[0]) - _MASK], part
            ),
            weight,
        )


def _known_in(name: str, text: str) -> re.Match[str] | None:
    """Return the match of a well-known name in a text; "its learning" in lower case is two ordinary words."""
    found = re.finditer(rf"(?<![\w.]){re.escape(name)}(?!\w)", text, re.IGNORECASE)
    return next((match for match in found if match[0] != match[0].lower()), None)


def _parts(text: str) -> list[str]:
    return [bare for part in _SEPARATOR.split(text) if (bare := _bare(part))]


def _bare(text: str) -> str:
    words = " ".join(text.split()).strip(" ,.;:()[]*'\"‘’“”")
    before = None
    while before != words:
        before, words = words, _FILLER.sub("", words)
    return words


def _entry(value: str, way: Way) -> dict[str, str]:
    """Return one entry of a list as name, address and note: "SISRA – https://www.sisra.com"."""
    if not way.is_list:
        plain = re.sub(r"^(ICT|IT|[Yy]ear)[- ](?=\w)", lambda match: match[1][0].upper() + match[1][1:] + " ", value)
        return {"name": _GENERIC.sub("", plain) if way.known else plain}
    address = _ADDRESS.search(value)
    rest = _ADDRESS.sub("", value)
    name, *notes = [part for part in (_bare(part) for part in _DASH.split(rest)) if part] or [""]
    entry = {"name": _GENERIC.sub("", name)}
    if address:
        bare = address[0].rstrip("./")
        entry["url"] = bare if bare.lower().startswith("http") else f"https://{bare}"
    elif notes:
        entry["note"] = notes[0]
    return entry


def _corrected(name: str, way: Way, account: Account) -> str:
    """Return the correct spelling of a name that the document has in other case or with two letters swapped."""
    same = next((known for known in way.known if known.lower() == name.lower()), None)
    if same:
        return same
    swapped = next((known for known in way.known if sorted(known.lower()) == sorted(name.lower())), None)
    if swapped and any(re.search(rf"\b{re.escape(swapped)}\b", passage.text) for passage in account.passages):
        return swapped
    return name
