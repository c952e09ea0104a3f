"""What a school's answers say that does not fit together, at the lines of the answers."""

from collections.abc import Iterator

from build_tools.resolving.contradictions import contradictions, printed_in
from build_tools.resolving.resolve import Resolved
from build_tools.schema.wording import named
from build_tools.text.problems import Problem, in_order


def broken_by(resolved: Resolved) -> Iterator[Problem]:
    """Yield a problem for each rule of the edition that a school's answers break, at the first answer that matters."""
    school, edition = resolved.school, resolved.edition
    for found in contradictions(edition, school.values, printed_in(resolved.policy)):
        keys = [tuple(path.split(".")) for path in found.rule.fields]
        key = next((key for key in keys if key in school.places), keys[0])
        said = named(key, edition.schema.lookup(".".join(key)))
        yield Problem(school.places.get(key, school.place), f"{said}: {found.message}", found.rule.severity)


def certain_mistakes(resolved: Resolved) -> tuple[Problem, ...]:
    """Return the rules of the edition that a school's answers certainly break, in the order of its file."""
    return in_order(problem for problem in broken_by(resolved) if not problem.is_warning)
