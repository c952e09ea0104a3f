"""What a project's `mkdocs.yml` says that only MkDocs follows: each entry is one warning with its line."""

from pathlib import Path

import pytest
from folders import ROOT

from build_tools.unfollowed import unfollowed


def _warnings(folder: Path, text: str) -> list[str]:
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")
    return [str(problem) for problem in unfollowed(folder)]


def test_our_own_settings_have_no_warning() -> None:
    assert (ROOT / "mkdocs.yml").is_file()
    assert unfollowed(ROOT) == ()


def test_a_project_needs_no_settings(tmp_path: Path) -> None:
    assert unfollowed(tmp_path) == ()


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("site_name: A\nhooks: [evil.py]\n", 2, "hooks"),
        ("plugins: [schoolpolicy, search]\n", 1, "the plugin search"),
        ("plugins: search\n", 1, "the plugin search"),
        ("plugins:\n  - schoolpolicy\n  - search:\n      lang: en\n", 3, "the plugin search"),
        ("plugins:\n  schoolpolicy: {}\n  search: {}\n", 3, "the plugin search"),
        ("theme: readthedocs\n", 1, "the theme readthedocs"),
        ("theme:\n  name: readthedocs\n", 2, "theme.name"),
        ("theme:\n  name: material\n  custom_dir: /tmp/theme\n", 3, "theme.custom_dir"),
        ("theme:\n  quiet: !!python/name:evil.QUIET\n", 2, "theme.quiet"),
        ("site_name: !ENV NAME\n", 1, "the tag !ENV"),
        ("extra:\n  a:\n    - !!python/object/apply:os.system [ls]\n", 3, "the tag !!python/object/apply:os.system"),
        ("site_name: A\nINHERIT: ../other.yml\n", 2, "INHERIT"),
        ("extra_css: [a.css]\n", 1, "extra_css"),
        ("markdown_extensions:\n  - toc:\n      slugify: !!python/name:evil.slug\n", 1, "markdown_extensions"),
    ],
)
def test_each_entry_for_mkdocs_alone_is_one_warning(tmp_path: Path, text: str, line: int, what: str) -> None:
    said = f"warning: policy build does not follow {what}. To use it, run: mkdocs build"
    assert _warnings(tmp_path, text) == [f"mkdocs.yml:{line}: {said}"]


def test_aliases_are_read_once(tmp_path: Path) -> None:
    levels = "".join(f"  - &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 40))
    text = f"extra:\n  - &a0 [!ENV NAME]\n{levels}"
    said = "warning: policy build does not follow the tag !ENV. To use it, run: mkdocs build"
    assert _warnings(tmp_path, text) == [f"mkdocs.yml:2: {said}"]
