"""The pages of a school's handouts: summaries on one page, agreements to sign and forms to fill in."""

from collections.abc import Callable

from build_tools.outputs.site.pages import Page
from build_tools.policy.model import Node, Policy, plain
from build_tools.policy.tree import printed_handouts

HANDOUTS = "handouts"
"""The folder of their PDFs, and of the page that lists them."""
HANDOUTS_TITLE = "Summaries, agreements and forms"


def handout_pages(
    render: Callable[..., str], policy: Policy, school: str, address: Callable[[str], str]
) -> tuple[Page, ...]:
    """Return a page for each handout, and first one that lists them; none if the policy has no handouts.

    `render` makes a page from its template, and `address` gives the address of a section or clause.
    """
    handouts = printed_handouts(policy)
    if not handouts:
        return ()
    html = render("handouts", title=HANDOUTS_TITLE, handouts=handouts, school=school, pdf_of=pdf_of)
    description = f"The policy of {school} on one page for its readers, with agreements to sign and forms to fill in."
    listed = Page(f"{HANDOUTS}/index.html", HANDOUTS_TITLE, description, html)
    return (listed, *(_page(render, node, school, address) for node in handouts))


def pdf_of(handout: Node) -> str:
    """Return the path of a handout's PDF from the folder of the policy."""
    return f"{HANDOUTS}/{handout.id}.pdf"


def _page(render: Callable[..., str], handout: Node, school: str, address: Callable[[str], str]) -> Page:
    title = plain(handout.text)
    html = render("handout", handout=handout, address=address, pdf=f"../{pdf_of(handout)}")
    return Page(f"{handout.id}/index.html", title, f"{title}: {school}.", html)
