"""What a clause promises in two policies, and whether that is different."""

import re
from collections.abc import Mapping

from build_tools.policy.model import Node, Text


def promises_that_differ(before: Node | None, after: Node | None) -> Mapping[str, str]:
    """Return what a clause promised and promises, as `old_promise` and `promise`; empty if that is the same.

    It is the same if only a school's value is another one, such as a name: that is reported once for all clauses.
    """
    if before is None or after is None:
        return {}
    promises = {"old_promise": before.promise, "promise": after.promise}
    if len({promise and (_who(promise.who), promise.every, promise.by) for promise in promises.values()}) == 1:
        return {}
    return {name: promise.words if promise else "none" for name, promise in promises.items()}


def _who(text: Text) -> tuple[str, ...]:
    """Return who does something by fields and words, whatever the values: they may be one name or several."""
    parts = (part for run in text for part in ([run.field] if run.field else re.findall(r"\w+", run.text)))
    return tuple(dict.fromkeys(part for part in parts if part != "and"))
