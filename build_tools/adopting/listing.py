"""The findings in a school's existing policy, in a few lines for the terminal and as data for programs."""

from collections.abc import Iterator, Sequence
from typing import Any

from build_tools.adopting.adopt import Adoption, ClauseFinding, ClauseState
from build_tools.adopting.answer import Answer, Certainty, Evidence
from build_tools.text.problems import Problem

WORDS_OF_STATE = {
    ClauseState.PRESENT: "found; the meaning seems the same",
    ClauseState.CHANGED: "found, with a difference to check",
    ClauseState.MISSING: "not found",
    ClauseState.NOT_CHOSEN: "not needed with these answers",
}


def render_adoption(adoption: Adoption, problems: Sequence[Problem]) -> str:
    """Return the findings in a few lines."""
    return "\n".join(_lines(adoption, problems)) + "\n"


def _lines(adoption: Adoption, problems: Sequence[Problem]) -> Iterator[str]:
    sure, likely, unsure = (len(adoption.answers_of(certainty)) for certainty in Certainty)
    yield f"Answers: {len(adoption.answers)} found ({sure} sure, {likely} likely, {unsure} unsure)."
    yield f"Clauses of edition {adoption.edition.name}: {len(adoption.clauses)}."
    for state, words in WORDS_OF_STATE.items():
        yield f"  {len(adoption.in_state(state)):4} {words}"
    yield f"Your own: {len(adoption.own)} passages that the template does not have."
    yield f"Still to fix: {len(problems)} mistake{'' if len(problems) == 1 else 's'}."
    yield from (f"  {problem.message}" for problem in problems)


def adoption_data(adoption: Adoption, problems: Sequence[Problem]) -> dict[str, Any]:
    """Return the findings as plain data; `schools/README.md` describes its form."""
    return {
        "file": adoption.document.file,
        "edition": adoption.edition.name,
        "counts": {str(state): len(adoption.in_state(state)) for state in ClauseState} | {"own": len(adoption.own)},
        "answers": [_answer(answer) for answer in adoption.answers],
        "recorded": [_answer(answer) for answer in adoption.recorded],
        "unanswered": [field.path for field in adoption.unanswered],
        "clauses": [_clause(finding) for finding in adoption.clauses],
        "own": [
            {
                "id": own.id,
                "after": own.after,
                "headings": list(own.headings),
                "text": own.text,
                "certainty": str(own.certainty),
                "probability": round(own.probability, 3),
                "evidence": [_evidence(own.evidence)],
            }
            for own in adoption.own
        ],
        "left_for_check": [problem.message for problem in problems],
    }


def _answer(answer: Answer) -> dict[str, Any]:
    return {
        "field": answer.path,
        "value": answer.value,
        "certainty": str(answer.certainty),
        "probability": round(answer.probability, 3),
        "evidence": [_evidence(evidence) for evidence in answer.evidence],
    }


def _clause(finding: ClauseFinding) -> dict[str, Any]:
    return {
        "id": finding.clause.id,
        "number": finding.clause.number,
        "state": str(finding.state),
        "certainty": str(finding.certainty),
        "probability": round(finding.probability, 3),
        "differences": list(finding.differences),
        "text": finding.text,
        "evidence": [_evidence(evidence) for evidence in finding.evidence],
    }


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return {
        "page": evidence.spot.page,
        evidence.spot.unit: evidence.spot.number,
        "words": evidence.words,
    }
