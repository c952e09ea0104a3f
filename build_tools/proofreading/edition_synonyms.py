"""The search words of an edition: find those that lead nowhere, because no clause says what they stand for."""

import re
from collections.abc import Iterator

from build_tools.template.edition import Edition
from build_tools.text.problems import Problem, Severity
from build_tools.text.stems import stem

_WORD = re.compile(r"[^\W_]+")


def dead_synonyms(edition: Edition) -> Iterator[Problem]:
    """Yield a warning for each of the edition's synonyms whose words are not all in it, whatever their endings."""
    if not edition.pages.synonyms:
        return
    said = {stem(word) for word in _WORD.findall(_all_words(edition).lower())}
    for synonyms in edition.pages.synonyms:
        missing = [word for word in _WORD.findall(synonyms.words) if stem(word.lower()) not in said]
        if missing:
            message = (
                f"synonyms.{synonyms.words}: the edition does not say {missing[0]}, so a search for "
                f"{synonyms.typed[0]} would not find anything. Write words of the edition."
            )
            yield Problem(synonyms.place, message, Severity.WARNING)


def _all_words(edition: Edition) -> str:
    """Return what policies of the edition may say: clauses, handouts, citations, answers, and who to tell."""
    provisions = [*edition.walk(), *(part for handout in edition.handouts for part in handout.walk())]
    choices = [choice for field in edition.schema.fields for choice in field.choices]
    answers = [word for choice in choices for word in (choice.value, choice.title, choice.singular or "")]
    defaults = [str(field.default) for field in edition.schema.fields if field.default is not None]
    cited = [citation.title for citation in edition.cited.values()]
    report = edition.pages.report
    told = [report.heading, report.text] if report else []
    return " ".join((*(provision.source for provision in provisions), *answers, *defaults, *cited, *told))
