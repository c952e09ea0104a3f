"""What a check found, as data for programs."""

from collections.abc import Iterable, Mapping

from build_tools.cli.problem_listing import problems_data
from build_tools.problems import Problem
from build_tools.reading import Reading


def check_data(reading: Reading, problems: Iterable[Problem]) -> Mapping[str, object]:
    """Return what a check found as JSON values: mistakes and warnings, and the schools that have no mistakes."""
    return {
        "problems": problems_data(problems),
        "schools": [
            {"name": name, "edition": found.edition.name, "amendments": len(found.school.amendments)}
            for name, found in reading.resolved.items()
            if not reading.of_schools.get(name)
        ],
    }
