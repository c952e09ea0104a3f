"""The answers of an interview that do not fit together, and the questions to ask again because of them.

What only looks wrong is reported by the check of the finished file.
"""

from collections.abc import Iterator

from build_tools.interviewing.asking import Progress, Question, trail
from build_tools.interviewing.form import Form, with_shared
from build_tools.resolving.contradictions import Contradiction, chosen_by, contradictions
from build_tools.schema.answers import coerce, complete
from build_tools.schema.paths import value_at
from build_tools.text.problems import Severity


def doubts(form: Form, progress: Progress) -> tuple[Contradiction, ...]:
    """Return the rules of the edition that the answers certainly break; every required question must have an answer."""
    edition = form.edition
    if edition is None:
        return ()
    given = coerce(form.schema, with_shared(form, progress.answers))
    values = complete(edition.schema, given, edition.authority)
    found = contradictions(edition, values, chosen_by(edition, values))
    return tuple(one for one in found if one.rule.severity is Severity.MISTAKE)


def questions_about(form: Form, progress: Progress, doubt: Contradiction) -> Iterator[Question]:
    """Yield the questions whose answers do not fit together; lists, and what a federation answers, are left out."""
    asked = {question.path: question for question in trail(form, progress)}
    for path in doubt.rule.fields:
        key, field = tuple(path.split(".")), form.schema.lookup(path)
        around = form.schema.root.child(key[0])
        is_shared = value_at(progress.answers, key) is None and value_at(form.shared, key) is not None
        if field and around and not field.kind.traits.has_entries and not is_shared:
            yield asked.get(key, Question(key, field, is_needed=False, around=around))
