"""`policy new` and `policy missing` as people type them: on a real terminal, line by line, and from files."""

import contextlib
import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from terminal import Terminal

from build_tools.cli import cli

pytestmark = pytest.mark.slow

PRIMARY = [
    ("Edition of the template", "2"),
    ("Full name", "St Mary's CE Primary School"),
    ("Phase", "2"),
    ("Age groups taught", ""),
    ("The school: optional questions", "more"),
    ("Name in running text", "St Mary's"),
    ("What the policy calls it", ""),
    ("What a stretch of teaching is called", ""),
    ("Is it in the area of Kent County Council?", "yes"),
    ("Motto", "Our aim: to be kind"),
    ("Website", "skip"),
    ("Brand colour", "#7a1f3d"),
    ("Who governs: optional questions", ""),
    ("The head's title", ""),
    ("Designated safeguarding leads, entry 1: Name", "Mrs A. O'Brien"),
    ("Designated safeguarding leads, entry 1: Job title", "Headteacher"),
    ("Designated safeguarding leads, entry 2: Name", "Mr B. Şahin"),
    ("Designated safeguarding leads, entry 2: Job title", ""),
    ("Designated safeguarding leads, entry 3: Name", ""),
    ("Named governors for safeguarding, entry 1: Name", "Ms C. Hill"),
    ("Named governors for safeguarding, entry 1: Job title", ""),
    ("Named governors for safeguarding, entry 2: Name", ""),
    ("Online safety lead", "Mr B. Şahin"),
    ("People: optional questions", ""),
    ("What children and young people are called", ""),
    ("Date written", "2018-10"),
    ("Date of next review", "2019-10"),
    ("Dates and document control: optional questions", ""),
    ("Other policies: optional questions", ""),
    ("Technology in the classroom: optional questions", ""),
    ("Broadband provider", "EiS"),
    ("Filtering product", "Lightspeed #2"),
    ("Internet connection and filtering: optional questions", ""),
    ("How internet use is monitored", "1, 2"),
    ("Monitoring: optional questions", ""),
    ("Who has a login of their own", ""),
    ("Logins and passwords: optional questions", ""),
    ("Who is told of an offensive message", "1"),
    ("Email: optional questions", ""),
    ("Learning platforms, entry 1: Name", "MyMaths"),
    ("Learning platforms, entry 1: Web address", "https://www.mymaths.co.uk"),
    ("Learning platforms, entry 1: What it is", ""),
    ("Learning platforms, entry 2: Name", ""),
    ("Apps that record children's progress, entry 1: Name", ""),
    ("Personal use by learners in school hours", "1"),
    ("Personal use by staff in school hours", "2"),
    ("Social media: optional questions", ""),
    ("Does the school hold public examinations?", ""),
    ("The rule for learners' own phones and devices", "1"),
    ("Phones and personal devices: optional questions", ""),
    ("Reporting a concern: optional questions", ""),
    ("Local services to turn to, entry 1: Name", ""),
    ("Bodies of the local authority: optional questions", ""),
]
"""The questions that the head of a primary school is asked, with what she answers."""

_SECONDARY_REPLIES = {
    "Full name": "The South School",
    "Phase": "3",
    "What children and young people are called": "5",
    "Personal use by learners in school hours": "2",
    "The rule for learners' own phones and devices": "3",
}


def secondary() -> list[tuple[str, str]]:
    """Return the questions of a secondary school: it calls its learners by a word of its own, and is Kent's."""
    script = []
    for title, reply in PRIMARY:
        if title == "The school: optional questions":
            script.append((title, ""))
        elif title not in MORE_OF_THE_SCHOOL:
            script.append((title, _SECONDARY_REPLIES.get(title, reply)))
        if title == "What children and young people are called":
            script += [(f"{title}: One of them", "young person"), (f"{title}: Several", "young people")]
    return script


MORE_OF_THE_SCHOOL = [title for title, _ in PRIMARY[5:12]]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project without schools; the editions come with the program."""
    (tmp_path / "schools").mkdir()
    return tmp_path


def policy(project: Path, *arguments: str, replies: str = "") -> Result:
    """Run the command in this process, with replies on its standard input, which is not a terminal."""
    with contextlib.chdir(project):
        return CliRunner(catch_exceptions=False).invoke(cli, arguments, input=replies, prog_name="policy")


def piped(project: Path, *arguments: str, replies: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own, with replies on its standard input, which is a pipe."""
    return subprocess.run(
        [sys.executable, "-m", "build_tools", *arguments],
        cwd=project,
        input=replies,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )


def answers(project: Path, name: str) -> dict[str, object]:
    found: dict[str, object] = yaml.safe_load((project / "schools" / name / "school.yml").read_text(encoding="utf-8"))
    return found


def _talk(terminal: Terminal, script: list[tuple[str, str]]) -> None:
    for title, reply in script:
        shown = terminal.prompt()
        assert f"\n{title}\n" in _bare(shown), f"{title!r} is not asked, but:\n{shown}"
        terminal.type(reply)


def _bare(shown: str) -> str:
    for style in ("\x1b[1m", "\x1b[1;4m", "\x1b[0m"):
        shown = shown.replace(style, "")
    return shown


@pytest.mark.parametrize(("name", "script"), [("st-marys", PRIMARY), ("the-south-school", secondary())])
def test_a_whole_interview_gives_a_school_without_mistakes(
    project: Path, name: str, script: list[tuple[str, str]]
) -> None:
    terminal = Terminal(project, "new", name)
    _talk(terminal, script)
    rest, status = terminal.end()
    assert (status, f"Written: schools/{name}/school.yml" in rest) == (0, True), rest
    assert policy(project, "check").stdout.startswith(f"{name}: no mistakes. Edition 2018-09, 0 amendments.\n")
    assert not (project / "schools" / name / "interview.yml").exists()
    assert policy(project, "build", name, "--pdf-engine", "typst").stdout.startswith(f"Built {name}: ")
    given = answers(project, name)
    if name == "st-marys":
        assert given["school"] == {
            "name": "St Mary's CE Primary School",
            "short_name": "St Mary's",
            "phase": "primary",
            "ages": ["early", "junior"],
            "in_kent": True,
            "motto": "Our aim: to be kind",
            "colour": "#7a1f3d",
        }
    else:
        assert given["learners"] == {"singular": "young person", "plural": "young people"}
        assert given["exams"] is True


def _interrupt(terminal: Terminal) -> None:
    # between showing a prompt and waiting there, Python notices Ctrl-C only with the next key
    time.sleep(0.2)
    terminal.process.sendintr()


def _end_input(terminal: Terminal) -> None:
    terminal.process.sendeof()


def _quit(terminal: Terminal) -> None:
    terminal.type("quit")


def _close(terminal: Terminal) -> None:
    terminal.process.kill(signal.SIGHUP)


@pytest.mark.parametrize("leave", [_interrupt, _end_input, _quit, _close])
def test_one_can_leave_a_terminal_and_go_on_there(project: Path, leave: Callable[[Terminal], None]) -> None:
    terminal = Terminal(project, "new", "st-marys")
    _talk(terminal, PRIMARY[:2])
    terminal.prompt()
    leave(terminal)
    rest, status = terminal.end()
    assert status == (-signal.SIGHUP if leave is _close else 130), rest
    assert leave is _close or "To continue: policy new st-marys" in rest
    assert "Traceback" not in terminal.shown
    terminal = Terminal(project, "new", "st-marys")
    _talk(terminal, PRIMARY[2:3])
    terminal.process.close(force=True)


class _Closed(BaseException):
    """The window is closed: nothing that the program does then is awaited."""


LEAVING = (KeyboardInterrupt, EOFError, "quit", _Closed)
"""Ctrl-C, Ctrl-D, a word, and closing the window, as the prompt meets them."""


def test_one_can_leave_at_every_question_and_go_on_there(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(project)
    for index, (title, reply) in enumerate(PRIMARY):
        leave = LEAVING[index % len(LEAVING)]
        typed = iter((reply, leave))
        shown: list[str] = []

        def prompt(text: str, typed: Iterator[Any] = typed, shown: list[str] = shown) -> str:
            shown.append(capsys.readouterr().out + text)
            meant = next(typed)
            if isinstance(meant, str):
                return meant
            raise meant

        monkeypatch.setattr("click.termui.visible_prompt_func", prompt)
        with pytest.raises((SystemExit, _Closed)) as ended:
            cli(["new", "st-marys"], prog_name="policy")
        assert f"\n{title}\n" in shown[0]
        if title == PRIMARY[-1][0]:
            assert (ended.value.args, len(shown)) == ((0,), 1)
            assert (project / "schools" / ".gitattributes").is_file()
            break
        assert f"\n{PRIMARY[index + 1][0]}\n" in shown[1]
        if leave is not _Closed:
            assert ended.value.args == (130,)
            assert "To continue: policy new st-marys" in capsys.readouterr().err
    assert answers(project, "st-marys")["people"] == {
        "head": "Headteacher",
        "dsl": [{"name": "Mrs A. O'Brien", "role": "Headteacher"}, {"name": "Mr B. Şahin"}],
        "governors": [{"name": "Ms C. Hill"}],
        "online_safety_lead": "Mr B. Şahin",
    }


def test_mistakes_are_explained_and_back_and_help_work(project: Path) -> None:
    terminal = Terminal(project, "new", "st-marys")
    _talk(terminal, [*PRIMARY[:2], ("Phase", "7")])
    assert "7 is not one of the answers. Type a number from 1 to 5." in terminal.prompt()
    terminal.type("?")
    shown = terminal.prompt()
    assert "The answer is used in 6 clauses:" in shown
    assert "Guidance: " in shown
    terminal.type("back")
    assert "Press Enter to keep: St Mary's CE Primary School" in terminal.prompt()
    terminal.type("St Mary's ☃")
    assert "the PDF's typeface does not contain ☃" in terminal.prompt()
    terminal.type('"quit"')
    _talk(terminal, [("Phase", "quit")])
    assert terminal.end()[1] == 130
    kept = yaml.safe_load((project / "schools/st-marys/interview.yml").read_text(encoding="utf-8"))
    assert kept["answers"] == {"edition": "2018-09", "school": {"name": "quit"}}


def test_a_question_and_its_answer_are_shown_in_their_sentence(project: Path) -> None:
    terminal = Terminal(project, "new", "st-marys", "--answers", _file(project))
    for reply in ("more", "", "the academy", "academy", "quit"):
        terminal.prompt()
        terminal.type(reply)
    terminal.end()
    question, answered = terminal.shown.split("Answer: academy\n")
    assert '"the the" has a word too many. Leave out "the": academy.' in question
    assert "anyone else who works for the school or" in " ".join(question.split())
    assert "anyone else who works for the academy or" in " ".join(answered.split())


def test_a_date_is_understood_as_it_is_typed(project: Path) -> None:
    typed = {"Date written": "3/4/2018", "Date of next review": "Spring term 2019"}
    replies = [typed.get(question, reply) for question, reply in PRIMARY]
    result = piped(project, "new", "st-marys", replies="".join(f"{reply}\n" for reply in replies))
    assert result.returncode == 0, result.stderr
    told = " ".join(result.stdout.split())
    assert "Your answer is understood as 3 April 2018: to correct it, type back." in told
    assert "Your answer is understood as January 2019: to correct it, type back." in told
    written = (project / "schools/st-marys/school.yml").read_text(encoding="utf-8")
    assert "  written: 2018-04-03\n" in written
    assert "  next_review: 2019-01\n" in written


def test_without_a_name_it_is_asked_for(project: Path) -> None:
    terminal = Terminal(project, "new")
    for name, message in (
        ("St Mary's", "lower-case words with hyphens"),
        ("template", "The site already uses the name template."),
        ("", "Type a name."),
    ):
        terminal.prompt()
        terminal.type(name)
        terminal.process.expect_exact(message)
    terminal.prompt()
    terminal.type("st-marys")
    _talk(terminal, PRIMARY[:1])
    terminal.prompt()
    assert (project / "schools/st-marys/interview.yml").exists()
    terminal.process.close(force=True)


# --- where there is no terminal ------------------------------------------------------------------


def test_replies_may_come_line_by_line(project: Path) -> None:
    result = piped(project, "new", "st-marys", replies="".join(f"{reply}\n" for _, reply in PRIMARY))
    assert (result.returncode, result.stderr) == (0, "")
    assert "\x1b" not in result.stdout
    assert not [line for line in result.stdout.splitlines() if line != line.rstrip() and not line.endswith(": ")]


def test_an_unfinished_interview_is_neither_school_nor_mistake(project: Path) -> None:
    policy(project, "new", "st-marys", "--answers", _file(project), "--no-input")
    policy(project, "new", "other", replies="\nOther School\n")
    assert policy(project, "check").stdout.splitlines() == [
        "st-marys: no mistakes. Edition 2018-09, 0 amendments.",
        "other: not finished yet. To continue: policy new other",
    ]
    assert policy(project, "missing", "other").exit_code == 1


def _file(project: Path, *without: str) -> str:
    """Return the name of a file with the answers of a primary school, but for some."""
    found = {
        "edition": "2018-09",
        "school": {"name": "St Mary's", "phase": "primary", "ages": ["early", "junior"]},
        "people": {
            "head": "Headteacher",
            "dsl": [{"name": "Mrs A"}],
            "governors": [{"name": "Ms C"}],
            "online_safety_lead": "Mrs A",
        },
        "learners": "pupils",
        "document": {"written": "2018-10", "next_review": "2019-10"},
        "filtering": {"broadband": "EiS", "product": "Lightspeed"},
        "monitoring": {"methods": ["supervision"]},
        "passwords": {"logins": "all"},
        "email": {"offensive_to": "head"},
        "social_media": {"learners_at_school": "not-permitted", "staff_at_school": "lunchtime"},
        "phones": {"learners": "at-home"},
    }
    kept = {name: value for name, value in found.items() if name not in without}
    (project / "answers.json").write_text(json.dumps(kept), encoding="utf-8")
    return "answers.json"


def test_all_answers_may_come_from_a_file(project: Path) -> None:
    result = piped(project, "new", "st-marys", "--answers", _file(project), "--no-input")
    assert (result.returncode, result.stderr) == (0, "")
    assert answers(project, "st-marys")["people"] == json.loads((project / "answers.json").read_bytes())["people"]
    assert policy(project, "missing", "st-marys").exit_code == 0


def test_what_a_file_lacks_is_listed_or_asked(project: Path) -> None:
    file = _file(project, "phones", "learners")
    result = policy(project, "new", "st-marys", "--answers", file, "--no-input")
    assert result.exit_code == 1
    assert "st-marys: 2 questions must still be answered." in result.stderr
    assert not (project / "schools/st-marys").exists()
    given = ["--answers", file, "--set", "phones.learners=at-home"]
    replies = "\n" * 4 + "2\n" + "\n" * 20
    result = policy(project, "new", "st-marys", *given, replies=replies)
    assert result.exit_code == 0, result.stdout + result.stderr
    assert answers(project, "st-marys")["learners"] == "pupils"
    assert "The rule for learners' own phones" not in result.stdout


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("--set", "school.phase=banned"), 1, '--set: school.phase (Phase): "banned" is not one of early-years'),
        (("--set", "school.name"), 2, "school.name has no answer."),
        (("--set", "document.written=3/4/2018"), 1, "If it means 3 April 2018, write 2018-04-03."),
        (("--answers", "nowhere.yml"), 2, "does not exist"),
    ],
)
def test_wrong_arguments_write_nothing(project: Path, arguments: tuple[str, ...], status: int, message: str) -> None:
    result = policy(project, "new", "st-marys", "--no-input", *arguments)
    assert result.exit_code == status
    assert message in result.stderr
    assert not (project / "schools/st-marys").exists()


def test_what_looks_wrong_is_listed_at_the_end(project: Path) -> None:
    result = piped(project, "new", "st-marys", "--answers", _file(project), "--no-input")
    assert "warning: people.dsl (Designated safeguarding leads): You have one DSL and no deputy" in result.stdout
    assert "It has no mistakes." in result.stdout


BODIES = (
    "Essex County Council", "Essex Police", "Essex Board", "EB", "https://www.eb.example", "Essex Team",
    "the Essex Service", "Essex Exploitation Team", "EET",
)  # fmt: skip


def test_an_answer_that_makes_others_necessary_is_followed_up(project: Path) -> None:
    elsewhere = ["--answers", _file(project), "--set", "school.in_kent=no"]
    result = policy(project, "new", "st-marys", *elsewhere, "--no-input")
    assert result.exit_code == 1
    assert "st-marys: 9 questions must still be answered." in result.stderr
    assert "Without your answers, your policy would name those of Kent." in result.stderr
    terminal = Terminal(project, "new", "st-marys", *elsewhere)
    while "\nCouncil\n" not in (shown := _bare(terminal.prompt())):
        terminal.type("")
    assert "Without your answers, your policy would name those of Kent." in " ".join(shown.split())
    terminal.type("skip")
    assert "This question needs an answer." in terminal.prompt()
    for body in BODIES:
        terminal.type(body)
        if body != BODIES[-1]:
            terminal.prompt()
    rest, status = terminal.end()
    assert status == 0, rest
    assert tuple(answers(project, "st-marys")["authority"].values()) == BODIES  # type: ignore[attr-defined]
    assert policy(project, "missing", "st-marys").exit_code == 0


UNFIT = ("--set", "passwords.logins=staff", "--set", "email.for_learners=yes")


def test_answers_that_do_not_fit_are_asked_again(project: Path) -> None:
    terminal = Terminal(project, "new", "st-marys", "--answers", _file(project), *UNFIT)
    while "Some answers do not fit together" not in (shown := _bare(terminal.prompt())):
        terminal.type("")
    assert "Only staff have a login, but pupils have email accounts." in " ".join(shown.split())
    assert "\nWho has a login of their own\n" in shown
    terminal.type("")
    _talk(terminal, [("Do learners have email accounts?", "no")])
    rest, status = terminal.end()
    assert (status, "It has no mistakes." in rest) == (0, True), rest
    assert answers(project, "st-marys")["email"] == {"offensive_to": "head", "for_learners": False}


def test_answers_that_do_not_fit_are_kept_all_the_same(project: Path) -> None:
    result = policy(project, "new", "st-marys", "--answers", _file(project), *UNFIT, replies="\n" * 40)
    assert result.exit_code == 1
    assert "Written: schools/st-marys/school.yml" in result.stdout
    assert "passwords.logins (Who has a login of their own): Only staff have a login" in result.stderr
    assert answers(project, "st-marys")["passwords"] == {"logins": "staff"}


def test_a_school_that_is_there_is_never_overwritten(project: Path) -> None:
    policy(project, "new", "st-marys", "--answers", _file(project), "--no-input")
    before = (project / "schools/st-marys/school.yml").read_bytes()
    result = policy(project, "new", "st-marys", "--no-input")
    assert result.exit_code == 2
    assert "schools/st-marys/school.yml already exists and will not be overwritten." in " ".join(result.stderr.split())
    assert "To list what is still to be answered: policy missing st-marys" in " ".join(result.stderr.split())
    assert (project / "schools/st-marys/school.yml").read_bytes() == before


def test_a_school_created_during_an_interview_is_kept(project: Path) -> None:
    terminal = Terminal(project, "new", "st-marys", "--answers", _file(project, "learners", "exams"))
    terminal.prompt()
    (project / "schools/st-marys/school.yml").write_text("edition: 2018-09\n", encoding="utf-8")
    for _ in range(30):
        terminal.type("")
    rest, status = terminal.end()
    assert status == 1
    assert "This file was created while you were answering. Delete it" in rest
    assert (project / "schools/st-marys/school.yml").read_text(encoding="utf-8") == "edition: 2018-09\n"
    assert "St Mary's" in (project / "schools/st-marys/interview.yml").read_text(encoding="utf-8")


def test_a_school_of_a_federation_is_not_asked_what_that_answers(project: Path) -> None:
    (project / "schools/coast").mkdir()
    federation = yaml.safe_load((project / _file(project, "school", "people")).read_text(encoding="utf-8"))
    (project / "schools/coast/federation.yml").write_text(yaml.safe_dump({"federation": "Coast", **federation}))
    terminal = Terminal(project, "new", "st-marys")
    _talk(terminal, [("Federation", "1"), ("Full name", "St Mary's"), ("Phase", "quit")])
    terminal.end()
    data = json.loads(policy(project, "missing", "st-marys", "--format", "json").stdout)
    assert [question["path"] for question in data["missing"]] == [
        "school.phase", "school.ages", "people.head", "people.dsl", "people.governors", "people.online_safety_lead"
    ]  # fmt: skip


# --- missing -------------------------------------------------------------------------------------


@pytest.mark.parametrize("left", ["", "  broadband:\n", '  broadband: ""\n'])
def test_missing_lists_questions_with_choices_and_clauses(project: Path, left: str) -> None:
    policy(project, "new", "st-marys", "--answers", _file(project), "--no-input")
    file = project / "schools/st-marys/school.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("  learners: at-home\n", "  office: x\n").replace("  broadband: EiS\n", left))
    result = policy(project, "missing", "st-marys")
    assert result.exit_code == 1
    assert result.stdout.startswith("""\
st-marys: 2 questions must still be answered.

filtering.broadband: Broadband provider
  For example: KPSN
  It will read: Our connection to the internet is educational broadband from [Broadband provider].
  Needed by 7.3(8), 7.3(10)

phones.learners: The rule for learners' own phones and devices
  at-home: Left at home unless a parent has asked in writing
  handed-in: Handed in at the start of the day and collected at the end
  off-and-away: Switched off and out of sight in lessons and between lessons
  Needed by 9.3(2), 9.3(4)

Not answered yet, so the edition's own answers apply:
""")
    data = json.loads(policy(project, "missing", "st-marys", "--format", "json").stdout)
    assert [question["path"] for question in data["missing"]] == ["filtering.broadband", "phones.learners"]
    assert data["missing"][1]["choices"][0] == {
        "value": "at-home",
        "title": "Left at home unless a parent has asked in writing",
    }
    assert data["missing"][0]["clauses"] == ["7.3(8)", "7.3(10)"]
    assert {"path": "phones.confiscation", "answer": "breach"}.items() <= next(
        question for question in data["by_default"] if question["path"] == "phones.confiscation"
    ).items()


def test_missing_reports_an_unknown_edition(project: Path) -> None:
    (project / "schools/x").mkdir()
    (project / "schools/x/school.yml").write_text("edition: 2030-01\n", encoding="utf-8")
    result = policy(project, "missing", "x")
    assert result.exit_code == 1
    assert result.stderr.startswith(
        'schools/x/school.yml:1: edition (Edition of the template): "2030-01" is not one of'
    )
    assert policy(project, "missing", "y").exit_code == 2


def test_control_a_question_that_is_not_asked_is_noticed(project: Path) -> None:
    terminal = Terminal(project, "new", "st-marys")
    with pytest.raises(AssertionError, match="'Motto' is not asked"):
        _talk(terminal, [("Motto", "")])
    terminal.process.close(force=True)
