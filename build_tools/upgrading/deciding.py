"""What a person needs to decide about a new edition: the questions in groups, suggested answers, and reasons."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from build_tools.policy.model import plain
from build_tools.text.problems import one_of
from build_tools.text.yaml_words import as_yaml
from build_tools.upgrading.amendments import AmendmentReview
from build_tools.upgrading.fields import FieldReview, Matter
from build_tools.upgrading.moving import say
from build_tools.upgrading.plan import Plan

_AMENDMENTS = "Amendments"
_MOST_NAMED = 8
"""The number of clauses that a line names."""
_MOST_NOTES = 3
"""The number of the edition's notes that help with one answer; more are about everything that depends on it."""


def grouped(
    reviews: Iterable[FieldReview | AmendmentReview],
) -> Mapping[str, tuple[FieldReview | AmendmentReview, ...]]:
    """Return reviews by group of questions, in the words of the edition; amendments come last."""
    found: dict[str, list[FieldReview | AmendmentReview]] = {}
    for review in reviews:
        group = review.group if isinstance(review, FieldReview) else _AMENDMENTS
        found.setdefault(group, []).append(review)
    amended = found.pop(_AMENDMENTS, [])
    groups = {**found, _AMENDMENTS: amended} if amended else found
    return {group: tuple(rows) for group, rows in groups.items()}


def help_with(review: FieldReview | AmendmentReview) -> Iterator[str]:
    """Yield what helps to decide about an answer: the choices, the suggestion, and the clauses that depend on it."""
    if not isinstance(review, FieldReview):
        return
    if review.matter in (Matter.REQUIRED, Matter.UNFIT) and review.field.description:
        yield review.field.description
    if review.matter in (Matter.REQUIRED, Matter.MOVED):
        yield from (f"{choice.value}: {choice.title}" for choice in review.choices)
    if review.suggested is not None:
        yield f"Suggested: {say(review.suggested, review.field)}"
    clauses = dict.fromkeys(node.citation for node in review.clauses)
    if len(clauses) > _MOST_NAMED:
        yield f"It decides on {len(clauses)} clauses."
    elif clauses:
        yield f"It decides on {', '.join(clauses)}."
    if len(review.guidance) <= _MOST_NOTES:
        yield from (f"Guidance: {plain(note)}" for note in review.guidance)


def new_answers(plan: Plan) -> Iterator[str]:
    """Yield the questions that are new and need no answer as lines of YAML, with what is suggested or else applies.

    A suggestion counts only once the school has written it into its file.

    A question about which nothing is suggested, and for which nothing applies, is a comment.
    """
    block = ""
    for review in plan.fields:
        if review.matter is not Matter.OFFERED:
            continue
        field = review.field
        around, _, name = field.path.rpartition(".")
        indent = "  " * field.path.count(".")
        if around and around != block:
            yield f"{around}:"
        block = around
        answer = review.suggested if review.suggested is not None else field.default
        choices = f" {one_of(choice.value for choice in field.choices)}." if field.choices else ""
        title = field.title if field.title.endswith(("?", ".")) else f"{field.title}."
        told = f"  # {title}{choices}"
        is_suggestion = review.suggested is not None and review.suggested != field.default
        if is_suggestion and field.default is not None:
            told += f" Left out, it is {say(field.default, field)}."
        if answer is None:
            yield f"{indent}# {name}:{told}"
        else:
            yield f"{indent}{name}: {in_yaml(answer)}{told}"


def in_yaml(value: Any) -> str:  # noqa: ANN401 - any answer
    """Return an answer as YAML on one line."""
    match value:
        case bool():
            return "yes" if value else "no"
        case list():
            return f"[{', '.join(map(in_yaml, value))}]"
        case dict():
            return f"{{{', '.join(f'{key}: {in_yaml(entry)}' for key, entry in value.items())}}}"
    return as_yaml(str(value), in_brackets=True)
