"""How the bytes of a PDF are written."""

import io

from pikepdf import Dictionary, Name, ObjectStreamMode, Pdf

from build_tools.outputs.pdf.archive import _bundlings

WAYS = 5


def test_one_page_can_be_bundled_in_several_ways() -> None:
    with Pdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(200, 200))
        page.obj.Resources = Dictionary()
        page.obj.StructParents = 0
        page.obj["/Tabs"] = pdf.make_indirect(Name.S)
        found = []
        for _ in _bundlings(pdf):
            made = io.BytesIO()
            pdf.save(made, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
            found.append(made.getvalue())
    assert len(found) == WAYS
    assert len(set(found)) == WAYS - 1  # what is an object of its own already changes nothing
