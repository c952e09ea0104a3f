"""Lines of agreements that still say what a school's policy no longer says."""

import dataclasses

import pytest
from cases import named_example

from build_tools.policy.model import Action, Amendment
from build_tools.proofreading.handouts import lagging_lines
from build_tools.resolving.resolve import Resolved, resolve

FENCE = Amendment(Action.REPLACE, "fence", "We wish.", source="We have a wall.")
RULE = Amendment(Action.REPLACE, "rules-inside", "We wish.", source="I stay inside the wall.")


@pytest.mark.parametrize(
    ("amendments", "expected"),
    [
        ((), []),
        ((FENCE,), ["rules-inside"]),
        ((FENCE, RULE), []),
        ((FENCE, Amendment(Action.OMIT, "rules-inside", "We wish.")), []),
        ((Amendment(Action.OMIT, "fence", "We wish."),), []),
        ((Amendment(Action.REPLACE, "accidents", "We wish.", source="We note it."),), ["gate-log-accidents"]),
        ((Amendment(Action.REPLACE, "lead", "We wish.", source="Ask us."),), []),
    ],
    ids=["nothing", "a clause", "clause and line", "line left out", "clause left out", "a form", "a copy"],
)
def test_a_line_lags_behind_its_replaced_clause(amendments: tuple[Amendment, ...], expected: list[str]) -> None:
    edition, school = named_example("handouts", "wren")
    amended = dataclasses.replace(school, amendments=amendments)
    found = lagging_lines(Resolved(edition, amended, resolve(edition, amended)))
    assert [problem.message.split()[-2] for problem in found] == expected
