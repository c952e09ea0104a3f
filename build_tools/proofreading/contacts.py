"""Whether the pages of a school say how to reach somebody, if its edition can print that."""

from collections.abc import Iterator

from build_tools.policy.model import School
from build_tools.resolving.contacts import wanted_contacts
from build_tools.resolving.reporting import edition_words
from build_tools.template.edition import Edition
from build_tools.text.problems import Problem, Severity, one_of


def missing_contacts(school: School, edition: Edition) -> Iterator[Problem]:
    """Yield a warning if readers with a concern find names on the pages, but no way to reach anybody."""
    wanted, report = wanted_contacts(edition, school.values), edition.pages.report
    if report and wanted:
        heading = edition_words(edition, school)(report.heading)
        fields = one_of(f"{field.path.replace('[]', '')} ({field.title})" for field in wanted)
        message = f"“{heading}” on the pages does not say how to reach anybody. Answer {fields}."
        yield Problem(school.place, message, Severity.WARNING)
