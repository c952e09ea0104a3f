"""How readers with a concern reach somebody: the contacts on the pages of an edition, and whether there are any."""

from collections.abc import Iterator, Mapping
from typing import Any

from build_tools.schema.answers import get
from build_tools.schema.fields import Field
from build_tools.template.edition import Edition


def contact_fields(edition: Edition) -> tuple[Field, ...]:
    """Return the fields with a telephone number, an email address or a place that the pages give to readers.

    They are the contacts that `pages.yml` names, then those in the entries of the people to tell.
    """
    report = edition.pages.report
    named = [edition.schema.lookup(path) for path in (report.contacts if report else ())]
    return (*filter(None, named), *(child for _, child in _of_people(edition)))


def has_contact(edition: Edition, values: Mapping[str, Any]) -> bool:
    """Return whether a school has answered at least one of them."""
    report = edition.pages.report
    if any(get(values, path) for path in (report.contacts if report else ())):
        return True
    return any(
        isinstance(entry, Mapping) and entry.get(child.name)
        for path, child in _of_people(edition)
        for entry in get(values, path) or ()
    )


def wanted_contacts(edition: Edition, values: Mapping[str, Any]) -> tuple[Field, ...]:
    """Return the fields of which a school should answer one; empty if it has, or if the pages can give none."""
    return () if has_contact(edition, values) else contact_fields(edition)


def _of_people(edition: Edition) -> Iterator[tuple[str, Field]]:
    """Yield the contacts in the entries of the people to tell, each with the path of the list."""
    report = edition.pages.report
    for path in report.tell if report else ():
        field = edition.schema.lookup(path)
        for child in field.children if field else ():
            if child.kind.traits.is_contact:
                yield path, child
