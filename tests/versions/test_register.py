"""The register: its lines, what links them, and that no line can be changed, deleted or moved unnoticed."""

import dataclasses
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_tools.text.problems import Mistakes
from build_tools.versions.register import (
    REGISTER,
    Register,
    append,
    load_register,
    parse_register,
    read_register,
    register_file,
)
from build_tools.versions.register_lines import Entry, Event, parse_line, render_line

FILE = f"schools/{REGISTER}"


def _entry(version: str = "hill@2026-10", **changes: str) -> Entry:
    given = {"by": "Governors", "edition": "2026-09", "pdf": "a" * 64, "record": "b" * 64, **changes}
    return Entry(event=Event.RATIFIED, version=version, **given)  # type: ignore[arg-type]  # all of them are texts


def _chained(*entries: Entry) -> list[str]:
    """Return the lines of a register."""
    lines: list[str] = []
    for entry in entries:
        previous = parse_line(lines[-1], 1) if lines else None
        lines.append(render_line(dataclasses.replace(entry, previous=previous.digest if previous else None)))
    return lines


def _parsed(lines: list[str]) -> Register:
    return parse_register("".join(f"{line}\n" for line in lines).encode(), FILE)


def _messages(lines: list[str]) -> list[str]:
    return [str(problem) for problem in _parsed(lines).broken]


LINES = _chained(*(_entry(f"hill@2026-1{number}") for number in range(3)))


def test_a_line_is_one_json_object_in_the_order_of_the_keys() -> None:
    assert render_line(_entry(by="Şeker’s board", previous="c" * 64)) == (
        '{"event": "ratified", "version": "hill@2026-10", "by": "Şeker’s board", "edition": "2026-09", '
        f'"pdf": "{"a" * 64}", "record": "{"b" * 64}", "previous": "{"c" * 64}"}}'
    )


@pytest.mark.parametrize(
    "entry",
    [
        _entry(),
        Entry(event=Event.WITHDRAWN, version="hill@2026-01", because="A mistake.", by="Head", on="2027-01", record="r"),
        Entry(event=Event.REPAIRED, version="hill@2026-01", because="A race.", record="r", was="w", previous="p"),
        Entry(event=Event.MERGED, version="hill@2026-01", because="Git.", after="a", previous="p"),
    ],
    ids=lambda entry: entry.event,
)
def test_a_line_reads_back_as_it_was_written(entry: Entry) -> None:
    assert parse_line(render_line(entry), 7) == entry


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        "null",
        "[" * 100_000,
        '{"event": "lost"}',
        render_line(_entry()).replace('", "', '","'),
        render_line(_entry()).replace("Governors", "\\u0047overnors"),
        render_line(_entry()).replace('"by": "Governors"', '"by": 1'),
        render_line(_entry()).replace('"by"', '"By"'),
        render_line(_entry()).replace("hill@", "hill"),
        render_line(_entry(by="\x1b[31mGovernors")),
        render_line(_entry(because="It has one too many.")),
        f"{render_line(_entry())} ",
    ],
)
def test_what_the_program_would_not_write_is_not_a_line(text: str) -> None:
    assert parse_line(text, 1) is None


def test_lines_are_added_with_the_digest_of_the_line_before(tmp_path: Path) -> None:
    first = append(tmp_path, tmp_path, [_entry(), _entry("hill@2027-10")])
    (second,) = append(tmp_path, tmp_path, [_entry("hill@2028-10")])
    assert [entry.previous for entry in (*first, second)] == [None, first[0].digest, first[1].digest]
    assert read_register(tmp_path, tmp_path) == (*first, second)
    assert register_file(tmp_path).read_bytes().endswith(f"{render_line(second)}\n".encode())


def test_no_line_makes_no_register(tmp_path: Path) -> None:
    assert append(tmp_path, tmp_path, []) == ()
    assert load_register(tmp_path, tmp_path) is None
    assert read_register(tmp_path, tmp_path) == ()


def test_nothing_is_added_to_a_broken_register(tmp_path: Path) -> None:
    file = register_file(tmp_path)
    file.write_text("other\n", encoding="utf-8")
    with pytest.raises(Mistakes, match="This is not a line that policy wrote"):
        append(tmp_path, tmp_path, [_entry()])
    assert file.read_text(encoding="utf-8") == "other\n"


def test_lines_added_at_the_same_time_are_all_kept(tmp_path: Path) -> None:
    def add(number: int) -> None:
        for month in range(1, 6):
            append(tmp_path, tmp_path, [_entry(f"hill-{number}@2026-{month:02}")])

    threads = [threading.Thread(target=add, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    register = load_register(tmp_path, tmp_path)
    assert register
    assert (len(register.entries), register.broken, register.forks) == (20, (), ())


def test_line_endings_of_windows_change_no_line(tmp_path: Path) -> None:
    append(tmp_path, tmp_path, [_entry(), _entry("hill@2027-10")])
    before, file = read_register(tmp_path, tmp_path), register_file(tmp_path)
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert read_register(tmp_path, tmp_path) == before


@pytest.mark.parametrize(
    ("change", "line", "words"),
    [
        (lambda lines: [lines[0].replace("Governors", "Nobody"), *lines[1:]], 2, "line 1 was changed"),
        (lambda lines: [lines[0], *lines[2:]], 2, "a line between it and this one was deleted"),
        (lambda lines: lines[1:], 1, "a line above this one was deleted"),
        (lambda lines: [lines[0], lines[2], lines[1]], 2, "This line follows line 3, which is below it"),
        (lambda lines: [*lines[:2], lines[1], lines[2]], 3, "This line is the same as line 2. Delete it."),
        (lambda lines: [*lines, lines[0]], 4, "This line is the same as line 1. Delete it."),
        (lambda lines: [lines[0], "", *lines[1:]], 2, "This is not a line that policy wrote"),
        (lambda lines: [lines[0], "<<<<<<< HEAD", *lines[1:]], 2, "Git could not merge two copies here"),
        (lambda lines: [lines[0], lines[1].replace('"by"', '"of"'), lines[2]], 2, "This is not a line"),
        (lambda lines: [lines[0], lines[1].replace("Gov", "G\udcffv"), lines[2]], 2, "This is not a line"),
    ],
    ids=["edit", "delete", "delete-first", "swap", "double", "copy-to-end", "empty", "conflict", "key", "encoding"],
)
def test_a_changed_register_is_found_with_its_line(
    change: Callable[[list[str]], list[str]], line: int, words: str
) -> None:
    content = "".join(f"{text}\n" for text in change(LINES)).encode("utf-8", "surrogateescape")
    found = [str(problem) for problem in parse_register(content, FILE).broken]
    assert found[0].startswith(f"{FILE}:{line}: ")
    assert words in found[0]


# --- forks ------------------------------------------------------------------------------------------------------------


def _follow(line: str, version: str) -> str:
    before = parse_line(line, 1)
    assert before
    return render_line(dataclasses.replace(_entry(version), previous=before.digest))


FORKED = [*LINES[:2], _follow(LINES[0], "dale@2026-12")]


def _merged(lines: list[str], *, after: str) -> str:
    above, last = parse_line(after, 1), parse_line(lines[-1], 1)
    assert above
    assert last
    entry = Entry(event=Event.MERGED, version="dale@2026-12", because="Git.", after=above.digest, previous=last.digest)
    return render_line(entry)


def test_two_lines_that_follow_the_same_line_are_a_fork() -> None:
    register = _parsed(FORKED)
    assert (register.broken, [fork.line for fork in register.forks]) == ((), [3])


def test_a_second_line_that_follows_none_is_a_fork() -> None:
    register = _parsed([LINES[0], render_line(_entry("dale@2026-12"))])
    assert (register.broken, [fork.line for fork in register.forks]) == ((), [2])


def test_a_line_that_keeps_the_order_ends_a_fork() -> None:
    register = _parsed([*FORKED, _merged(FORKED, after=FORKED[1])])
    assert (register.broken, register.forks) == ((), ())


@pytest.mark.parametrize(
    "change",
    [
        lambda lines: [lines[0], *lines[2:]],
        lambda lines: [lines[0], lines[1].replace("Governors", "Nobody"), *lines[2:]],
        lambda lines: [lines[0], lines[2], lines[1], lines[3]],
    ],
    ids=["deleted", "changed", "moved"],
)
def test_the_end_of_a_merged_branch_is_still_protected(change: Callable[[list[str]], list[str]]) -> None:
    """No line follows it: only the one that keeps the order has its digest."""
    found = _messages(change([*FORKED, _merged(FORKED, after=FORKED[1])]))
    assert "the line of dale@2026-12 is not there now: it was changed, moved or deleted. Restore" in found[0]


# --- any change -------------------------------------------------------------------------------------------------------

_registers = st.lists(st.tuples(st.sampled_from(["hill", "dale"]), st.integers(1, 12)), min_size=1, max_size=6).map(
    lambda found: _chained(*(_entry(f"{name}@{2000 + at}-{month:02}") for at, (name, month) in enumerate(found)))
)
_others = st.one_of(st.text(max_size=20), st.just(render_line(_entry("forged@2026-10"))))


def _is_whole(lines: list[str]) -> bool:
    register = _parsed(lines)
    return not (register.broken or register.forks)


@given(_registers, st.data())
def test_any_single_change_before_the_end_is_found(lines: list[str], data: st.DataObject) -> None:
    assert _is_whole(lines)
    at = data.draw(st.integers(0, len(lines) - 1))
    changed = [*lines]
    match data.draw(st.sampled_from(["edit", "delete", "insert", "swap"])):
        case "edit":
            place = data.draw(st.integers(0, len(lines[at]) - 1))
            changed[at] = lines[at][:place] + data.draw(st.characters(codec="utf-8")) + lines[at][place + 1 :]
        case "delete":
            del changed[at]
        case "insert":
            changed.insert(at, data.draw(st.one_of(_others, st.sampled_from(lines))))
        case "swap":
            other = data.draw(st.integers(0, len(lines) - 1))
            changed[at], changed[other] = lines[other], lines[at]
    if changed[: len(lines) - 1] != lines[:-1]:
        assert not _is_whole(changed)


@given(_registers, st.integers(1, 12))
def test_lines_that_are_only_added_are_never_a_mistake(lines: list[str], month: int) -> None:
    assert _is_whole([*lines, _follow(lines[-1], f"dale@2030-{month:02}")])
