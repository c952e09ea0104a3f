"""The answers that a school has not given, although another answer makes them necessary."""

from collections.abc import Iterator
from typing import Any

from build_tools.schema.answers import in_words
from build_tools.schema.wording import named
from build_tools.template.edition import Edition
from build_tools.template.needs import answer_to, unmet_needs
from build_tools.text.problems import Problem, all_of
from build_tools.text.yaml_file import Places


def missing_answers(edition: Edition, typed: Any, places: Places) -> Iterator[Problem]:  # noqa: ANN401 - any YAML value
    """Yield a problem for each answer that makes others necessary which are missing, at its line.

    `typed` has the answers of the school and its federation, with the types of the schema.
    """
    schema = edition.schema
    for unmet in unmet_needs(edition.rules, schema, typed):
        path = unmet.need.when[0].field
        missing = all_of(named((name,), schema.lookup(name)) for name in unmet.missing)
        field = schema.lookup(path)
        key = tuple(path.split("."))
        assert field is not None  # noqa: S101 - as the reader of the rules found
        # only yes or no can satisfy a condition without an answer
        answer = in_words(field, answer_to(path, schema, typed) or False)
        message = f"{named(key, field)}: {answer}, so more must be answered. {unmet.need.because} Add {missing}."
        yield Problem(places.place(key), message)
