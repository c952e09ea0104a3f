"""The program and its layouts know no subject: what a policy is about is in the folders of editions."""

import re
from pathlib import Path

import pytest
from folders import ROOT

SUBJECT = re.compile(
    r"ceop|online|safe(?:ty)? on the internet|\be-?safety|internet|sexting|\b(?:smart)?phones?\b|\bmobiles?\b|"
    r"social[ _-]media|cyber|\bfiltering\b|behaviour policy|\bdetention|\bsuspension",
    re.IGNORECASE,
)
"""Words of the subjects that there are editions of, here or in the tests."""

READ = {".css", ".html", ".js", ".md", ".py", ".svg", ".typ", ".xml", ".yml"}
FILES = sorted(
    path.relative_to(ROOT).as_posix()
    for folder in ("build_tools", "templates")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in READ
)


@pytest.mark.parametrize("name", ["build_tools/commands.py", "templates/site/theme/partials/report.html"])
def test_the_files_that_could_have_such_words_are_read(name: str) -> None:
    assert name in FILES


@pytest.mark.parametrize(
    "text", ["Report to CEOP", "keeps everyone safe online", "phones.learners", "an E-Safety Policy"]
)
def test_a_word_of_a_subject_would_be_found(text: str) -> None:
    assert SUBJECT.search(text)


def test_no_file_has_a_word_of_a_subject() -> None:
    found = [
        f"{name}:{number}: {line.strip()}"
        for name in FILES
        for number, line in enumerate(Path(ROOT, name).read_text(encoding="utf-8").splitlines(), 1)
        if SUBJECT.search(line)
    ]
    assert found == []
