"""A policy as it reads on a day, which no clock decides: the day of the build, or the one that the policy is of."""

import dataclasses
import datetime as dt

from build_tools.policy import commencement
from build_tools.resolving.resolve import Resolved
from build_tools.schema.relied_on import RATIFIED_ON, WRITTEN
from build_tools.text.dates import first_day, source_date


def on_its_day(resolved: Resolved) -> Resolved:
    """Return a policy as it reads on the day of SOURCE_DATE_EPOCH.

    If that is not set, it is the day on which the policy was ratified or, for a draft, written. Without any day, all
    that comes into force later says so.
    """
    return on_day(resolved, _day_of(resolved))


def on_day(resolved: Resolved, day: dt.date | None) -> Resolved:
    """Return a policy as it reads on a day."""
    return dataclasses.replace(resolved, policy=commencement.on_day(resolved.policy, day))


def _day_of(resolved: Resolved) -> dt.date | None:
    if of_build := source_date():
        return of_build.date()
    values = resolved.school.values
    of_policy = RATIFIED_ON.of(values) or WRITTEN.of(values)
    return first_day(of_policy) if of_policy else None
