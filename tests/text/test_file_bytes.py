"""Files that a stranger may have written: what is not a regular file of limited size inside its folder is refused."""

import os
import socket
from pathlib import Path

import pytest

from build_tools.text import file_bytes
from build_tools.text.file_bytes import MAX_BYTES, leads_out, read_bytes
from build_tools.text.problems import Mistakes

OUT = "A link leads out of schools/ here, so this is not read. Put the file itself in the link's place."


def refused(path: Path, most: int = MAX_BYTES, inside: Path | None = None) -> str:
    with pytest.raises(Mistakes) as raised:
        read_bytes(path, "file", most, inside=inside)
    return str(raised.value)


@pytest.fixture
def schools(tmp_path: Path) -> Path:
    """Return a folder of schools, with a secret next to it."""
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret/words").write_bytes(b"secret")
    (tmp_path / "schools/x").mkdir(parents=True)
    (tmp_path / "schools/x/real").write_bytes(b"real")
    return tmp_path / "schools"


def test_a_file_of_the_largest_size_is_read(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"12345")
    assert read_bytes(tmp_path / "file", "file", 5) == b"12345"
    assert refused(tmp_path / "file", 4) == "file: This file is larger than 4 bytes."


def test_what_grows_while_it_is_read_is_not_read_further(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_bytes(b"12345")
    monkeypatch.setattr(file_bytes, "_refuse", lambda *_: None)
    assert refused(tmp_path / "file", 4) == "file: This file is larger than 4 bytes."


def test_a_missing_file_has_the_message_of_its_reader(tmp_path: Path) -> None:
    assert refused(tmp_path / "file") == "file: This file is missing."
    with pytest.raises(Mistakes, match=r"^file: Restore it\.$"):
        read_bytes(tmp_path / "file", "file", missing="Restore it.")


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    assert refused(tmp_path) == "file: This is a folder, not a file. Delete it, or move it elsewhere."


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")
def test_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe")
    wanted = "file: This is a pipe, not a file. Delete it, or move it elsewhere."
    assert refused(tmp_path / "pipe") == wanted
    # as if somebody had put it in the place of a file that was asked about before
    refuse, asked = file_bytes._refuse, list[object]()

    def refuse_later(found: os.stat_result, file: str, most: int) -> None:
        if asked:
            refuse(found, file, most)
        asked.append(found)

    monkeypatch.setattr(file_bytes, "_refuse", refuse_later)
    assert refused(tmp_path / "pipe") == wanted


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="this system has no sockets in folders")
def test_a_socket_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # the path of a socket must be short
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket")
        assert refused(Path("socket")) == "file: This is a socket, not a file. Delete it, or move it elsewhere."


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no such device")
def test_a_link_to_a_device_without_end_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").symlink_to("/dev/zero")
    assert refused(tmp_path / "file") == "file: This is a device, not a file. Delete it, or move it elsewhere."


def test_a_link_to_itself_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "file").symlink_to(tmp_path / "file")
    assert refused(tmp_path / "file").startswith("file: This file cannot be read: ")


def test_links_inside_a_folder_are_followed(schools: Path) -> None:
    (schools / "x/file").symlink_to("real")
    (schools / "y").symlink_to("x")
    assert read_bytes(schools / "y/file", "file", inside=schools) == b"real"
    assert not leads_out(schools / "y/missing", schools)


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("x/file", "../../secret/words"),
        ("x/file", "../../secret/nothing"),
        ("x/file", "../../secret"),
        ("x/file", "/dev/zero"),
    ],
)
def test_a_link_out_says_the_same_whatever_is_there(schools: Path, link: str, target: str) -> None:
    (schools / link).symlink_to(target)
    assert refused(schools / link, inside=schools) == f"file: {OUT}"


def test_a_file_in_a_linked_folder_outside_is_refused(schools: Path) -> None:
    (schools / "y").symlink_to("../secret")
    assert refused(schools / "y/words", inside=schools) == f"file: {OUT}"
    assert leads_out(schools / "y", schools)


def test_the_folder_itself_may_be_a_link(schools: Path, tmp_path: Path) -> None:
    (tmp_path / "project").mkdir()
    linked = tmp_path / "project/schools"
    linked.symlink_to(schools)
    assert read_bytes(linked / "x/real", "file", inside=linked) == b"real"
