"""The cover of a printed policy says whose template it is from, and who wrote an edition that nobody has issued."""

from folders import REAL_SCHOOLS, ROOT

from build_tools.outputs.pdf.document import gather_document
from build_tools.project import Project
from build_tools.reading import read


def test_the_cover_says_who_wrote_an_edition_if_it_says_so() -> None:
    names = ("fernhollow-school", REAL_SCHOOLS[1])
    reading = read(Project(ROOT), names)
    invented, real = (gather_document(reading.school(name)).source for name in names)
    assert invented == f"From the template of Schoolpolicy, edition 2026-09. {reading.editions['2026-09'].origin}"
    assert "No council has issued it." in invented
    assert real == "From the template of Kent County Council, edition 2018-09"
