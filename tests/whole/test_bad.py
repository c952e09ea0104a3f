"""What people get wrong, and what they are told: one folder for each mistake, with all that is printed.

A folder holds only what differs from the sound project in `bad/sound/`; `message.txt` has its messages.
"""

import ast
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from folders import BAD, EDITIONS, ROOT, SOUND

from build_tools import project
from build_tools.project import Project
from build_tools.reading import read
from build_tools.text.problems import in_order

MODULES = Path(project.__file__).parent


@pytest.mark.parametrize("case", sorted(BAD.iterdir()), ids=lambda case: case.name)
def test_message(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, expected: Callable[[Path, str], None]
) -> None:
    for folder in (SOUND, case):
        shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    (tmp_path / "templates").symlink_to(ROOT / "templates")
    monkeypatch.setattr(project, "BUNDLED", tmp_path)  # no edition but the case's own
    reading = read(Project(tmp_path), Project(tmp_path).school_names())
    names = (*Project(tmp_path).school_names(), *Project(tmp_path).federation_names())
    problems = in_order([*reading.problems(names), *reading.warnings(names)])
    assert bool(problems) == (case != SOUND)
    expected(case / "message.txt", "".join(f"{problem}\n" for problem in problems))


# --- every message has a folder ------------------------------------------------------------------

READERS = (
    "text/file_bytes",
    "text/source",
    "text/yaml_file",
    "text/yaml_typography",
    "text/yaml_quoting",
    "text/yaml_causes",
    "text/yaml_indentation",
    "text/yaml_corrections",
    "schema/file",
    "schema/keywords",
    "schema/wording",
    "schema/unmet",
    "template/contents",
    "template/edition_file",
    "template/edition",
    "template/pages_file",
    "template/rules_file",
    "template/rule_language",
    "template/suggestions",
    "template/upgrading_file",
    "template/handouts",
    "template/sections",
    "template/basis_marks",
    "template/beginning_marks",
    "template/promise_marks",
    "template/law_file",
    "template/conditions",
    "template/language",
    "template/syntax",
    "template/markup",
    "template/blocks",
    "template/lookalikes",
    "outputs/inline",
    "schema/answers",
    "schema/blanks",
    "schools/folder_name",
    "project",
    "schools/federation",
    "schools/school",
    "schools/missing_answers",
    "crest/file",
    "crest/png",
    "crest/svg",
    "crest/css",
    "schools/amendments",
    "schools/line_amendments",
    "schools/meant_provision",
    "schools/phrases",
    "resolving/amend",
    "resolving/handouts",
    "resolving/resolve",
    "proofreading/leftovers",
    "proofreading/typing_errors",
    "proofreading/fit",
    "proofreading/in_sentences",
    "proofreading/neighbours",
    "proofreading/people",
    "proofreading/edition_history",
    "proofreading/fixed",
    "proofreading/handouts",
    "proofreading/edition_upgrading",
    "proofreading/edition_synonyms",
    "proofreading/edition_uses",
    "proofreading/edition_words",
    "proofreading/terms",
    "proofreading/chronology",
    "proofreading/contacts",
    "proofreading/outdated",
    "proofreading/school",
    "resolving/contradictions",
)
"""The modules that word what people get wrong."""

ELSEWHERE = {
    **dict.fromkeys(
        ("it has two sizes", "its colours are missing"), "test_crest.py makes such pictures from a sound one"
    ),
    "is in none of the template folders:": "a program without its layouts is no mistake of a school's",
    **dict.fromkeys(
        (
            "This file is larger than",
            "This file cannot be read:",
            "This file is missing.",
            "a folder",
            "a pipe",
            "a socket",
            "a device",
            "something else",
            ", not a file. Delete it, or move it elsewhere.",
            "A link leads out of",
            "/ here, so this is not read. Put the file itself in the link's place.",
        ),
        "Git keeps no such files; test_file_bytes.py makes them",
    ),
    "This is a link to a file outside this folder. Put a copy here instead.": "test_trust.py makes such links",
    ", after the next review.": "nothing is wrong yet, so policy check only notes it; test_outdated.py asks for it",
    ", but the policy was ratified": "a version is told of when it is ratified; test_ratifying.py ratifies one",
    **dict.fromkeys(
        (
            "end of stream",
            "<block end>",
            "<document start>",
            "block sequence entries are not allowed",
            "could not find expected ':'",
            "did not find expected ',' or",
            "expected ',' or",
            "expected ':'",
            "expected '-'",
            "expected key",
            "found character that cannot start",
            "found unknown escape character",
            "mapping values are not",
            "mapping values are not allowed",
        ),
        "words of the YAML parser",
    ),
    r"\b(must|by law|the law (requires|asks)|legal(ly)? (duty|required))\b": "how clauses say that the law asks for it",
    r"copy of .*|.*(?:[-_ ](?:copy|old|backup|bak)|\(\d+\)|\.(?:bak|orig|old)|~)": "how copies are called",
    (
        r"\b(?:[Ss]ection|[Cc]lause|[Pp]aragraph)s?\s[1-9](?:\.?\d)*(?:\(\w{1,3}\))*(?!\s(?:of|to|in)\s(?!this policy))"
    ): "how clauses are cited by a typed number",
}


def fragments(module: str) -> Iterator[str]:
    """Yield the fixed words of every message in a module: its texts of two words and more, but docstrings and keys."""
    tree = ast.parse((MODULES / f"{module}.py").read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        others = node.keys if isinstance(node, ast.Dict) else [node.value] if isinstance(node, ast.Expr) else []
        for child in ast.iter_child_nodes(node):
            if child not in others and isinstance(child, ast.Constant) and isinstance(child.value, str):
                yield from (part.strip() for part in child.value.split("{rule}") if re.search("[a-z]+ [a-z]+", part))


@pytest.mark.parametrize("module", READERS)
def test_every_message_has_a_folder(module: str) -> None:
    files = (*BAD.glob("*/message.txt"), *EDITIONS.glob("*.txt"))
    told = "\n".join(path.read_text(encoding="utf-8") for path in files)
    assert not {fragment for fragment in fragments(module) if fragment not in told} - ELSEWHERE.keys()


# --- and so has every module that words them -----------------------------------------------------

OTHERS = (
    "outputs/adoption",
    "adopting/reading",
    "adopting/subject",
    "settings",
    "text/file_names",
    "text/locking",
    "building/cluster",
    "pool",
    "cli/shared",
    "engine",
    "building/publish",
    "interviewing/file",
    "interviewing/session",
    "outputs/pdf/__init__",
    "outputs/pdf/by_typst",
    "outputs/published",
    "outputs/sandbox",
    "proofreading/edition",
    "proofreading/roles",
    "proofreading/unmarked",
    "outputs/in_force",
    "ratifying",
    "outputs/site/pages",
    "text/refusals",
    "text/typed_dates",
    "text/yaml_edit",
    "text/yaml_move",
    "template/issuing",
    "template/seal",
    "proofreading/languages",
    "proofreading/typeface",
    "upgrading/trials",
    "building/last_build",
    "unfollowed",
    "verifying",
    "versions/confirming",
    "versions/entering",
    "versions/freezing",
    "versions/history",
    "versions/other_copies",
    "versions/record_file",
    "versions/register",
    "versions/registered",
    "versions/signing",
    "versions/withdrawal",
    "withdrawing",
)
"""The modules whose mistakes need more than a folder, such as a ratified version. Tests of their own make them."""

WORDLESS = {"building/build", "mkdocs_plugin", "outputs/pdf/report", "proofreading/rules", "reading", "serving/preview"}
"""The modules that pass on the mistakes of others."""


def test_every_module_that_words_mistakes_is_proved() -> None:
    wording = {
        path.relative_to(MODULES).with_suffix("").as_posix()
        for path in MODULES.rglob("*.py")
        if re.search(r"\b(Problem\(|Mistakes\(\[)", path.read_text(encoding="utf-8")) and path.name != "problems.py"
    }
    assert wording - WORDLESS <= {*READERS, *OTHERS}


def messages(module: str) -> Iterator[str]:
    """Yield every text of two words and more in a module, but docstrings; of an f-string its fixed words."""
    tree = ast.parse((MODULES / f"{module}.py").read_text(encoding="utf-8"))
    parts = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    parts |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        values = node.values if isinstance(node, ast.JoinedStr) else [node] if id(node) not in parts else []
        words = [v.value for v in values if isinstance(v, ast.Constant) and isinstance(v.value, str)]
        if any(re.search("[a-z]+ [a-z]+", part) for part in words):
            yield "…".join(words)


def is_told(message: str, tests: str) -> bool:
    """Return whether a test has three words in a row of a message, or the whole message if it is shorter.

    What stands between its parts may be as long as a name or a path.
    """
    parts = _bare(message).split("…")
    told = [words[at : at + 3] for part in parts for words in [part.split()] for at in range(len(words) - 2)]
    if told:
        return any(" ".join(words) in tests for words in told)
    return re.search(".{0,80}?".join(re.escape(part.strip()) for part in parts), tests) is not None


def _bare(text: str) -> str:
    """Return a text on one line, without the marks by which a test may quote it."""
    return " ".join(re.sub(r"[\\\"']", " ", text).split())


NO_MESSAGE = {
    "Folder that contains schools/. Default: the current folder.",
    (
        "Program that makes the PDF. Typst is many times faster and does not need Pango; install it with "
        "schoolpolicy[typst]. Default: weasyprint."
    ),
    "# Written by policy ratify. Do not edit: policy verify finds every change.\n",
    "# Written by policy withdraw. Do not edit: policy verify finds every change.\n",
    "Built by policy, which replaces what it has built.\n",
    # who is writing
    *("policy adopt", "policy build", "policy edition new", "policy edition publish", "policy new", "policy ratify"),
    *("policy repair", "policy upgrade", "policy withdraw"),
    ":root { --brand: …; }\n@media screen and (prefers-color-scheme: dark) { :root { --brand: …; } }\n",
}


@pytest.mark.parametrize("module", OTHERS)
def test_every_message_of_such_a_module_is_in_a_test(module: str) -> None:
    files = [path for path in BAD.parent.rglob("test_*.py") if path != Path(__file__)]
    tests = _bare("".join(path.read_text(encoding="utf-8") for path in files))
    assert [message for message in {*messages(module)} - NO_MESSAGE if not is_told(message, tests)] == []


def test_a_message_that_no_test_tells_would_be_found() -> None:
    assert is_told("There is no … of that name here.", "it said that there is no school of that name")
    assert not is_told("There is no … of that name here.", "There is a school, of that kind")
