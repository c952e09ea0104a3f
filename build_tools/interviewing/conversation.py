"""The interview in a terminal, or line by line without one: a thin layer around `interview`.

Everything is plain lines from top to bottom: nothing is redrawn, so that screen readers and pipes can follow.
"""

import contextlib
import sys
import textwrap
from collections.abc import Iterable

import click
from rich.console import Console
from rich.text import Text

from build_tools.interviewing.asking import Question, next_question, question_before
from build_tools.interviewing.doubts import questions_about
from build_tools.interviewing.form import Form
from build_tools.interviewing.in_sentence import misfits_of, reads
from build_tools.interviewing.interview import MORE, Outcome, enter, skip
from build_tools.interviewing.question_help import help_on
from build_tools.interviewing.question_text import QuestionText, word_question
from build_tools.interviewing.replies import understood
from build_tools.interviewing.session import Interview, keep, unfit_name
from build_tools.project import Project
from build_tools.schema.paths import value_at

_WORDS = (
    "At any question you can type",
    "  ?     to see what the answer changes in the policy, and the council's guidance",
    "  back  to go back to the previous question",
    "  skip  to skip a question",
    "  quit  to stop: your answers are saved; the same command continues",
    "To answer with one of these words itself, put it in quotation marks.",
)


_INDENT = "  "


class Left(Exception):  # noqa: N818 - not an error
    """A person left the interview before its end."""


def ask_name(project: Project) -> str:
    """Return the name that a person gives to a new school's folder.

    Raises:
        Left: if they leave.
    """
    console = _console()
    console.print("What should the school's folder be called? It becomes part of the address of its pages.")
    _tell(console, "Lower-case words with hyphens, for example: st-marys")
    while True:
        name = _prompt("Name")
        if name == "quit":
            raise Left
        why = unfit_name(project, name) if name else "Type a name."
        if why is None:
            return name
        _tell_wrong(console, [why])


def converse(interview: Interview) -> Interview:
    """Ask until every question is answered or skipped, save each answer at once, and return the interview.

    Raises:
        Left: if the person leaves; the answers so far are saved.
    """
    console = _console()
    if interview.progress.answers:
        keep(interview)  # save the answers from a file like typed ones
    for line in _WORDS:
        console.print(line)
    interview = _ask_on(console, interview, next_question(interview.form, interview.progress))
    explained: set[str] = set()
    while doubt := next((one for one in interview.doubts if one.message not in explained), None):
        explained.add(doubt.message)
        _tell_doubt(console, doubt.message)
        for question in questions_about(interview.form, interview.progress, doubt):
            if doubt in interview.doubts:
                interview = _ask_on(console, interview, question)
    return interview


def _ask_on(console: Console, interview: Interview, question: Question | None) -> Interview:
    """Ask a question and all that follow from the replies, and return the interview."""
    around = None
    while question is not None:
        if question.around.path != around:
            around = question.around.path
            _tell_place(console, interview, question)
        interview, question = _ask(console, interview, question)
    return interview


def _ask(console: Console, interview: Interview, question: Question) -> tuple[Interview, Question | None]:
    """Ask one question until a reply moves the interview on; return the interview and the question to ask next."""
    form, progress = interview.form, interview.progress
    text = word_question(form, progress, question)
    _tell_question(console, text)
    while True:
        reply = _prompt(text.prompt)
        wrong: tuple[str, ...] = ()
        match reply.lower():
            case "quit":
                raise Left
            case "back":
                if before := question_before(form, progress, question.path):
                    return interview, before
                wrong = ("This is the first question.",)
            case "?":
                _tell_help(console, form, question)
                continue
            case "":
                after, wrong = _moved(interview, enter(form, progress, question))
            case "skip":
                after, wrong = _moved(interview, skip(progress, question))
            case _:
                after, wrong = interview.reply(question, reply)
        if not wrong:
            if note := understood(question.field, reply):
                _tell(console, note)
            keep(after)
            _tell_sentence(console, after, question, text)
            return after, next_question(after.form, after.progress)
        _tell_wrong(console, wrong)


def _moved(interview: Interview, outcome: Outcome) -> tuple[Interview, tuple[str, ...]]:
    progress, wrong = outcome
    return interview.after(progress), wrong


def _prompt(text: str) -> str:
    try:
        reply: str = click.prompt(text, default="", show_default=False, prompt_suffix=": ")
    except click.Abort:
        raise Left from None
    return reply.strip()


# --- what is shown -------------------------------------------------------------------------------


def _console() -> Console:
    if sys.stdin.isatty() and sys.stdout.isatty():
        # arrow keys and accents at the prompt, if available; in a pipe it may write control characters
        with contextlib.suppress(ImportError):
            import readline  # noqa: F401, PLC0415
    return Console(highlight=False, markup=False, emoji=False)


def _tell_place(console: Console, interview: Interview, question: Question) -> None:
    """Print which part of the questions begins."""
    parts = [field.path for field in interview.form.schema.root.children]
    part = question.around
    console.print()
    is_block = question.field is not part
    name = f": {part.title}" if is_block else ""
    console.print(Text(f"Part {parts.index(part.path) + 1} of {len(parts)}{name}", style="bold underline"))
    if is_block:
        _tell(console, part.description)


def _tell_question(console: Console, text: QuestionText) -> None:
    console.print()
    console.print(Text(text.title, style="bold"))
    for note in text.notes:
        _tell(console, note)
    for number, title in enumerate(text.choices, 1):
        _tell(console, f"{number:2}  {title}", 4)
    _tell(console, text.reads)
    _tell(console, text.enter)


def _tell_sentence(console: Console, interview: Interview, question: Question, asked: QuestionText) -> None:
    """Print how the answer will read, unless the question has already shown it."""
    if value_at(interview.progress.answers, question.path) is None:
        return
    sentence = reads(interview.form, interview.progress, question)
    if sentence != asked.reads:
        _tell(console, sentence)
        _tell_wrong(console, map(str, misfits_of(interview.form, interview.progress, question)))


def _tell_help(console: Console, form: Form, question: Question) -> None:
    """Print what the answer changes in the policy."""
    if question.rest:
        _tell(console, f"Type {MORE} first, then ? at the question that you want to know more about.")
        return
    path = question.entries.path if question.entries else question.field.path
    for line in help_on(form.edition, path) if form.edition else ():
        _tell(console, line)


def _tell_doubt(console: Console, message: str) -> None:
    """Print why some answers do not fit together, before they are asked again."""
    console.print()
    console.print(Text("Some answers do not fit together", style="bold underline"))
    _tell(console, message)


def _tell(console: Console, text: str, hanging: int = 0) -> None:
    """Print a text, indented; further lines are aligned with its words."""
    wrapped = textwrap.wrap(
        text,
        width=console.width,
        initial_indent=_INDENT,
        subsequent_indent=_INDENT + " " * hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )
    for line in wrapped:
        console.print(line)


def _tell_wrong(console: Console, messages: Iterable[str]) -> None:
    for message in messages:
        console.print(Text(message, style="red"))
