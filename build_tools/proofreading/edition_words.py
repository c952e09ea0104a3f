"""The words of an edition's clauses: slips, blanks, missing full stops, numbers that somebody typed."""

import functools
import re
from collections.abc import Iterator, Sequence

from build_tools.policy.model import Kind, Provision
from build_tools.proofreading.leftovers import find_residue
from build_tools.proofreading.typing_errors import find_slips
from build_tools.schema.fields import AUTHORITY_GROUP, Schema
from build_tools.schema.wording import dotted
from build_tools.template.markup import JINJA
from build_tools.text.blanks import is_blank
from build_tools.text.problems import Problem, Severity
from build_tools.text.yaml_file import Document, paths_in

# a link: its words in square brackets, and an address, which may have brackets in pairs
_LINK = re.compile(r"\[([^\[\]]*)\](\((?:[^()]|\([^()]*\))*\))")
_STOPPED = re.compile(r"[.:!?…][)\]”’\"'*_]*$")
# the end of a condition at the end of a clause: the full stop is before it
_LAST_TAGS = re.compile(r"(?:\s|\{%[^%]*%\})+$")
_OPEN = re.compile(r"(?:[,;]|\b(?:and|or))$")
# an entry of a list: a link, or a value at the end
_ENTRY = re.compile(r"\]\(|\}\}\s*$")
# "section 47 of the Act" is a section of something else
_TYPED_NUMBER = re.compile(
    r"\b(?:[Ss]ection|[Cc]lause|[Pp]aragraph)s?\s[1-9](?:\.?\d)*(?:\(\w{1,3}\))*(?!\s(?:of|to|in)\s(?!this policy))"
)
_LOOSE_STOP = re.compile(r"\w\s+[.,;:!?](?:\s|$)")
_TITLE_NUMBER = re.compile(r"\d{1,2}\s")


def words(sections: Sequence[Provision]) -> Iterator[Problem]:
    """Yield what is wrong, or looks wrong, in the words of each section, group and clause."""
    for section in sections:
        for provision in section.walk():
            text = words_of(provision.source)
            said = (text, *((words_of(provision.promise.who),) if provision.promise else ()))
            for finding in (found for part in said for found in (*find_slips(part), *find_residue(part))):
                yield Problem(provision.place, f"{provision.id}: {finding.message}", finding.severity)
            for message in _numbers(provision, text):
                yield Problem(provision.place, f"{provision.id}: {message}", Severity.WARNING)
            for clause, message in _ends(provision):
                yield Problem(clause.place, f"{clause.id} {message}", Severity.WARNING)


def words_of(source: str) -> str:
    """Return the words of a clause, with noughts for everything else, so that each word stays where it is."""
    # a brace without its match is reported where the language of clauses is checked
    return re.sub("[{}]", "0", _LINK.sub(_only_words, JINJA.sub(_blotted, source)))


def written_words(document: Document) -> Iterator[Problem]:
    """Yield what is wrong, or looks wrong, in the texts of an `edition.yml`."""
    for path in paths_in(document.data):
        text = functools.reduce(lambda data, key: data[key], path, document.data)
        if path[0] == AUTHORITY_GROUP:
            continue  # its words are answers, which are checked as such
        if isinstance(text, str) and text and is_blank(text):
            message = f'{dotted(path)}: "{text}" is a blank, not an answer. Type the real one, or delete the line.'
            yield Problem(document.place(path), message)
        elif isinstance(text, str) and path[-1] != "url":
            for finding in (*find_slips(text), *find_residue(text)):
                message = f"{'.'.join(map(str, path))}: {finding.message}"
                yield Problem(document.text_place(path), message, finding.severity)


def asked_words(schema: Schema) -> Iterator[Problem]:
    """Yield what is wrong, or looks wrong, in the titles and explanations of questions, and the titles of answers."""
    for field in schema.fields:
        texts = [(schema.place(field.path, "title"), field.title)]
        texts += [(schema.place(field.path, "description"), field.description)]
        texts += [(schema.place_of_answer(field.path, choice.value), choice.title) for choice in field.choices]
        for place, text in texts:
            for finding in (*find_slips(text), *find_residue(text)):
                yield Problem(place, f"{field.path}: {finding.message}", finding.severity)


def _blotted(match: re.Match[str]) -> str:
    return "0" * len(match[0])


def _only_words(link: re.Match[str]) -> str:
    """Return the words of a link where they are, without its brackets and address."""
    return f"0{link[1]}0{'0' * len(link[2])}"


def _numbers(provision: Provision, text: str) -> Iterator[str]:
    for match in _TYPED_NUMBER.finditer(text):
        yield f'"{match[0]}" is a typed number, which stays when the numbers change. Write {{{{ ref("id") }}}} instead.'
    if _LOOSE_STOP.search(text):
        yield "There is a space before a punctuation mark. Delete it."
    if provision.kind is not Kind.CLAUSE and (number := _TITLE_NUMBER.match(provision.source)):
        yield f"The heading begins with {number[0].strip()}. The program adds the numbers: delete one that is typed."


def _ends(provision: Provision) -> Iterator[tuple[Provision, str]]:
    """Yield the clauses directly under a provision that end wrongly, and itself if a colon leads to nothing."""
    if provision.kind is Kind.CLAUSE and provision.source.rstrip().endswith(":") and not provision.children:
        yield provision, "ends in a colon, but no clause is under it. Indent those that belong to it by four spaces."
    if provision.kind is not Kind.CLAUSE and not provision.children:
        yield provision, "has nothing in it. Write a clause, or delete the heading."
    if provision.kind is not Kind.CLAUSE and provision.source.rstrip().endswith("."):
        yield provision, "is a heading that ends in a full stop. Delete it."
    # on a handout, what is copied has no words of its own, and what is filled in may be a label
    clauses = [child for child in provision.children if child.kind is Kind.CLAUSE and child.source and not child.blank]
    open_ended = [clause for clause in clauses if not _STOPPED.search(_LAST_TAGS.sub("", clause.source))]
    # the entries of a list of names all end without a full stop
    if len(open_ended) * 2 > len(clauses) > 1:
        return
    for clause in open_ended:
        if _OPEN.search(clause.source.rstrip()):
            yield clause, "ends in the middle of a sentence. Write each clause as a sentence, so that it can be cited."
        elif not (clause.each or _ENTRY.search(clause.source)):
            yield clause, "ends without a full stop. Add it, or a colon if other clauses belong under it."
