"""The page that explains words which a reader may not know."""

from collections.abc import Callable

from build_tools.outputs.glossary import LEAD, TITLE, Glossary
from build_tools.outputs.site.pages import Page

PATH = "glossary/index.html"


def glossary_page(
    render: Callable[..., str], glossary: Glossary, school: str, address: Callable[[str], str]
) -> tuple[Page, ...]:
    """Return the page, or nothing if no clause has a word that the edition explains.

    `render` makes a page from its template, and `address` gives the address of a section or clause.
    """
    if not glossary.terms:
        return ()
    html = render("glossary", title=TITLE, lead=LEAD, terms=glossary.terms, address=address)
    return (Page(PATH, TITLE, f"What words in the policy of {school} mean.", html),)
