"""The cover of a printed policy says what it is based on, and who wrote an edition that nobody has issued."""

from folders import REAL_SCHOOLS, ROOT

from build_tools.outputs.pdf.document import gather_document
from build_tools.project import Project
from build_tools.reading import read


def test_the_cover_says_who_wrote_an_edition_if_it_says_so() -> None:
    names = ("fernhollow-school", REAL_SCHOOLS[1])
    reading = read(Project(ROOT), names)
    invented, real = (gather_document(reading.school(name)).source for name in names)
    basis = "Based on the template of September 2026 published by Schoolpolicy"
    assert invented == f"{basis}. {reading.editions['2026-09'].origin}"
    assert "No council has issued it." in invented
    assert real == "Based on the template of September 2018 published by Kent County Council"
