"""Changes section by section, and their number."""

from build_tools.comparing.by_section import Share, by_section, counted, is_many
from build_tools.comparing.compare import Change, ChangeKind
from build_tools.policy.model import Kind


def _change(kind: ChangeKind, chapter: str, number: str) -> Change:
    return Change(kind, Kind.CLAUSE, number, number, f"{chapter}, part", chapter=chapter)


CHANGES = (
    _change(ChangeKind.ADDED, "1 Aims", "1(1)"),
    _change(ChangeKind.REMOVED, "2 Phones", "2(1)"),
    _change(ChangeKind.TEMPLATE_REWORDED, "1 Aims", "1(2)"),
    _change(ChangeKind.PROMISE, "1 Aims", "1(3)"),
    _change(ChangeKind.AMENDED, "1 Aims", "1(4)"),
)


def test_each_change_is_in_one_share_of_one_section() -> None:
    aims, phones = by_section(CHANGES)
    assert (aims.title, phones.title) == ("1 Aims", "2 Phones")
    assert {share: [change.number for change in found] for share, found in aims.shares.items()} == {
        Share.OWN: ["1(4)"],
        Share.NEW: ["1(1)"],
        Share.REWORDED: ["1(2)", "1(3)"],
    }
    assert [change.number for change in phones.shares[Share.GONE]] == ["2(1)"]


def test_every_kind_of_change_between_policies_has_a_share() -> None:
    for kind in ChangeKind:
        (section,) = by_section([_change(kind, "1 Aims", "1(1)")])
        assert sum(map(section.count, Share)) == 1


def test_the_table_adds_up() -> None:
    assert counted(by_section(CHANGES)) == (
        ("Section", "Changed by the school", "New", "Fell away", "Only reworded"),
        (("1 Aims", "1", "1", "0", "2"), ("2 Phones", "0", "0", "1", "0"), ("All sections", "1", "1", "1", "2")),
    )


def test_few_changes_are_read_in_a_row() -> None:
    assert not is_many(CHANGES)
    assert is_many(CHANGES * 13)
