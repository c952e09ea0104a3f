"""The day on which a policy is read: that of the build, or else that of the policy; never that of the clock."""

import pytest
from cases import resolved_example

from build_tools.outputs.dated import on_its_day
from build_tools.policy.model import plain

BEFORE, ON_THE_DAY = "1806451199", "1806537600"
"""The end of 30 March 2027, and the beginning of 1 April."""


@pytest.mark.parametrize(
    ("epoch", "school", "is_later"),
    [
        (BEFORE, "wren", True),
        (ON_THE_DAY, "wren", False),
        (ON_THE_DAY, "dale", False),
        # written on 1 April 2027, in February 2026, and nobody says when
        (None, "wren", False),
        (None, "hill", True),
        (None, "dale", True),
    ],
)
def test_the_build_or_the_policy_gives_the_day(
    epoch: str | None, school: str, *, is_later: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    if epoch:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    shown = on_its_day(resolved_example("freedom", school)).policy
    words = next(plain(node.text) for node in shown.walk() if node.id == "two")
    assert words == f"{'From 1 April 2027: ' if is_later else ''}Nobody carries two."
