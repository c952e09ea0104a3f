"""Find lines of handouts that still say in other words what the template's clause said, though a school replaced it."""

from collections.abc import Iterator

from build_tools.policy.model import Action, Kind, Node, plain
from build_tools.policy.tree import printed_handouts, without_copies
from build_tools.resolving.resolve import Resolved
from build_tools.text.problems import Problem, Severity


def lagging_lines(resolved: Resolved) -> Iterator[Problem]:
    """Yield a warning at each replacement of a clause for each line that says what the clause said before."""
    replaced = {a.target: a for a in resolved.school.amendments if a.action is Action.REPLACE}
    for handout in printed_handouts(resolved.policy) if replaced else ():
        for line in without_copies(handout).walk():
            for clause in () if _is_settled(line) else line.says:
                if clause in replaced:
                    said = f'"{plain(handout.text)}" still says what the template’s clause said'
                    message = f"replace {clause}: {said}. Replace the line {line.id} too."
                    yield Problem(replaced[clause].place, message, Severity.WARNING)


def _is_settled(line: Node) -> bool:
    """Return whether a line says what the school wants it to say, or nothing."""
    return line.is_own or line.kind is not Kind.CLAUSE or not line.text
