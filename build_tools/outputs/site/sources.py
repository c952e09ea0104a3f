"""The page of the law and guidance that the clauses of a policy rest on."""

from collections.abc import Callable

from build_tools.outputs.site.pages import Page
from build_tools.policy.model import LookedUp, Policy
from build_tools.policy.sources import LAW_LEAD, LAW_TITLE, sources_of, title_of
from build_tools.proofreading.currency import lifetime

PATH = "sources/index.html"


def source_page(
    render: Callable[..., str],
    policy: Policy,
    school: str,
    address: Callable[[str], str],
    looked_up: LookedUp | None,
) -> tuple[Page, ...]:
    """Return the page, or nothing if the edition does not say what its clauses rest on.

    `render` makes a page from its template, `address` gives the address of a section or clause, and `looked_up` is
    until when the law was looked up.
    """
    found = sources_of(policy)
    if not found:
        return ()
    html = render(
        "sources",
        title=LAW_TITLE,
        lead=LAW_LEAD,
        sources=found,
        looked_up=looked_up,
        address=address,
        title_of=title_of,
        lifetime=lifetime,
    )
    return (Page(PATH, LAW_TITLE, f"The law and guidance that each clause of the policy of {school} rests on.", html),)
