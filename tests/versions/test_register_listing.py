"""The lines of the register for people: each event in a sentence."""

import pytest

from build_tools.versions.register_lines import Entry, Event, written
from build_tools.versions.register_listing import register_data, render_entries


@pytest.mark.parametrize(
    ("entry", "text"),
    [
        (
            Entry(event=Event.RATIFIED, version="hill@2026", by="Governors", edition="2026-09", pdf="p", record="r"),
            "ratified by Governors, on edition 2026-09.\n  SHA-256 of the record: r\n  SHA-256 of the PDF: p\n",
        ),
        (
            Entry(event=Event.WITHDRAWN, version="hill@2026", because="Wrong.", by="Head", on="2027", record="r"),
            "withdrawn by Head on 2027: Wrong.\n  SHA-256 of the record: r\n",
        ),
        (
            Entry(event=Event.REPAIRED, version="hill@2026", because="Two at once.", record="r", was="w"),
            "record repaired: Two at once.\n  SHA-256 of the record: r\n  SHA-256 of the record before: w\n",
        ),
        (
            Entry(event=Event.MERGED, version="hill@2026", because="Git.", after="a"),
            "order of the merged lines kept: Git.\n  SHA-256 of the line above: a\n",
        ),
    ],
    ids=lambda value: value.event if isinstance(value, Entry) else "",
)
def test_each_event_is_a_sentence_with_its_digests(entry: Entry, text: str) -> None:
    assert render_entries([entry]) == f"hill@2026: {text}"
    assert render_entries([written(entry, 12)]).startswith("  12  hill@2026: ")


def test_only_lines_that_are_written_have_a_number() -> None:
    entry = Entry(event=Event.MERGED, version="hill@2026", because="Git.", after="a")
    assert "line" not in register_data([entry])[0]
    assert register_data([written(entry, 3)])[0]["line"] == 3
