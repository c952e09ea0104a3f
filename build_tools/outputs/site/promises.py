"""The page of what a policy promises, with a box to tick for each promise."""

from collections.abc import Callable

from build_tools.outputs.site.pages import Page
from build_tools.policy.model import Policy
from build_tools.policy.promises import TITLE, by_due, promises_of

PATH = "promises/index.html"
SHEET = "promises.pdf"
"""The sheet of a draft's promises for the meeting that agrees it; no page of a policy in force offers it."""


def promises_page(
    render: Callable[..., str],
    policy: Policy,
    school: str,
    address: Callable[[str], str],
    *,
    is_draft: bool,
) -> tuple[Page, ...]:
    """Return the page of what a school's policy promises; none if it promises nothing.

    `render` makes a page from its template, and `address` gives the address of a section or clause.
    """
    promises = promises_of(policy)
    if not promises:
        return ()
    html = render(
        "promises",
        title=TITLE,
        school=school,
        dues=by_due(promises),
        address=address,
        sheet=SHEET if is_draft else None,
    )
    description = f"Everything that the policy of {school} says is done: by whom, and how often or by when."
    return (Page(PATH, TITLE, description, html),)
