"""Adopt hostile documents of one kind, one after another, and print the name of each that came to an end.

    python tests/adopt_hostile.py SUFFIX SIZE

The edition is a small one: what is tried is the time that the documents take, not what is found in them.
"""

import sys
import tempfile
from pathlib import Path

from folders import ROOT, TESTS
from hostile_documents import documents

sys.path.insert(0, str(ROOT))

from build_tools.adopting.adopt import adopt_document
from build_tools.adopting.reading import read_document
from build_tools.adopting.school_text import render_school
from build_tools.adopting.subject import read_subject
from build_tools.template.edition import read_edition
from build_tools.text.problems import Mistakes


def main(suffix: str, size: int) -> None:
    """Adopt each document of a kind."""
    folder = TESTS / "adopted" / "policy_src" / "2030-01"
    edition = read_edition(folder, TESTS / "adopted")
    subject = read_subject(folder, TESTS / "adopted", edition)
    with tempfile.TemporaryDirectory() as place:
        for name, make in documents().items():
            if name.endswith(suffix):
                file = Path(place, name)
                file.write_bytes(make(size))
                try:
                    render_school(adopt_document(read_document(file), edition, subject))
                except Mistakes as mistakes:
                    sys.stdout.write(f"{mistakes}\n")
                else:
                    sys.stdout.write(f"{name}: read\n")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
