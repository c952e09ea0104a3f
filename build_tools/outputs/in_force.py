"""The policy of a school that is in force: the latest version that was not withdrawn, or its draft."""

import dataclasses
from collections.abc import Mapping, Sequence

from build_tools.policy.model import Policy
from build_tools.resolving.resolve import Resolved
from build_tools.template.edition import Edition
from build_tools.text.problems import Mistakes, Problem
from build_tools.versions.history import Version, version_in_force


def in_force(draft: Resolved, versions: Sequence[Version], editions: Mapping[str, Edition]) -> Resolved:
    """Return what a school publishes: the version with its own text and answers, and the school's current crest.

    What is said of law and guidance is what its edition knows now.

    `versions` has all that it ratified, oldest first.

    Raises:
        Mistakes: if the edition of its version in force does not exist, or is not among those without mistakes.
    """
    version = version_in_force(versions)
    if version is None:
        return draft
    if version.edition not in editions:
        message = (
            f"The version of {version.decision.on} uses edition {version.edition}, which is missing or has "
            f"mistakes. Restore or fix it: policy edition check {version.edition}"
        )
        raise Mistakes([Problem(draft.school.place, message)])
    edition = editions[version.edition]
    school = dataclasses.replace(draft.school, edition=version.edition, values=version.values)
    return Resolved(edition, school, _with_law_of(edition, version.policy))


def _with_law_of(edition: Edition, policy: Policy) -> Policy:
    """Return a ratified policy with what is now known of the law that it rests on: ends and successors."""
    known = {name: edition.cited.get(name, citation) for name, citation in policy.sources.items()}
    return dataclasses.replace(policy, sources=known)
