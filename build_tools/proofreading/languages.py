"""Words in another script whose language nobody has given: programs that read aloud need it (WCAG 2.2, 3.1.2)."""

from collections.abc import Iterable, Iterator

from build_tools.policy.languages import UNDETERMINED, mark
from build_tools.policy.model import Phrase, Run
from build_tools.proofreading.own_words import Words
from build_tools.schools.phrases import KEY, usual_language
from build_tools.text.problems import Problem, Severity


def unnamed_languages(texts: Iterable[Words], phrases: tuple[Phrase, ...]) -> Iterator[Problem]:
    """Yield a warning for each script with words of no known language, where the first of them are."""
    seen = set()
    for words in texts:
        for run in mark((Run(words.text),), phrases):
            undetermined, _, script = (run.language or "").partition("-")
            if undetermined == UNDETERMINED and script not in seen:
                seen.add(script)
                code, name = usual_language(script)
                message = (
                    f"{words.name}: “{run.text}” is not in Latin letters. Name its language, for programs that read"
                    f" aloud. If it is {name}, write {code}: [{run.text}] under {KEY}."
                )
                yield Problem(words.place, message, Severity.WARNING)
