"""What WeasyPrint may load for a layout: files in the folders of templates, and nothing else."""

import contextlib
from pathlib import Path

import pytest

from build_tools.outputs.pdf.by_weasyprint import OwnFilesOnly


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "own.txt").write_text("own", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (folder / "linked.txt").symlink_to(tmp_path / "secret.txt")
    return folder


def test_a_file_of_the_templates_is_loaded(templates: Path) -> None:
    with contextlib.closing(OwnFilesOnly((templates,)).fetch((templates / "own.txt").as_uri())) as found:
        assert found.read() == b"own"


@pytest.mark.parametrize("name", ["../secret.txt", "linked.txt", "../templates/../secret.txt"])
def test_no_other_file_is_loaded(templates: Path, name: str) -> None:
    with pytest.raises(ValueError, match="is outside the template folders"):
        OwnFilesOnly((templates,)).fetch(f"{templates.as_uri()}/{name}")


@pytest.mark.parametrize("url", ["https://example.invalid/a", "http://127.0.0.1/", "ftp://example.invalid/a"])
def test_nothing_is_loaded_from_a_server(templates: Path, url: str) -> None:
    with pytest.raises(ValueError, match=r"allowed|disallowed|protocol"):
        OwnFilesOnly((templates,)).fetch(url)
