"""What is found in a policy that other people wrote: clauses, answers, the school's own, and nothing else."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from rewritten import OWN, Rewritten, as_markdown, rewrite, shares, subject_of

from build_tools.adopting.adopt import Adoption, ClauseState, adopt_document
from build_tools.adopting.answer import Certainty
from build_tools.adopting.document import Document, Shape, Spot, TextBlock
from build_tools.adopting.reading import read_document
from build_tools.schema.answers import get
from build_tools.template.edition import Edition

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def written(editions: Mapping[str, Edition]) -> Rewritten:
    return rewrite(editions["2018-09"])


@pytest.fixture(scope="module")
def adoption(written: Rewritten, editions: Mapping[str, Edition], tmp_path_factory: pytest.TempPathFactory) -> Adoption:
    return _adopt(written, editions["2018-09"], tmp_path_factory.mktemp("policy"))


def _adopt(written: Rewritten, edition: Edition, folder: Path) -> Adoption:
    file = folder / "policy.md"
    file.write_text(as_markdown(written), encoding="utf-8")
    return adopt_document(read_document(file), edition, subject_of(edition))


def _lines(adoption: Adoption, written: Rewritten) -> Mapping[str, set[str]]:
    """Return for each text of the policy the clauses that were found on its line."""
    lines = as_markdown(written).split("\n")
    texts = {number: line.strip(" -") for number, line in enumerate(lines, 1)}
    found: dict[str, set[str]] = {}
    for finding in adoption.clauses:
        for evidence in finding.evidence:
            found.setdefault(texts[evidence.spot.number], set()).add(finding.clause.id)
    return found


def test_clauses_are_found_in_other_words(adoption: Adoption, written: Rewritten) -> None:
    right, complete = shares(_lines(adoption, written), written)
    assert right > 0.95
    assert complete > 0.95


@pytest.mark.slow
def test_clauses_are_found_in_another_order(
    written: Rewritten, editions: Mapping[str, Edition], tmp_path: Path
) -> None:
    edition = editions["2018-09"]
    moved = rewrite(edition, shuffle=7)
    assert [part.id for part in moved.parts] != [part.id for part in written.parts]
    right, complete = shares(_lines(_adopt(moved, edition, tmp_path), moved), moved)
    assert right > 0.93
    assert complete > 0.93


def test_what_was_dropped_is_missing(adoption: Adoption, written: Rewritten) -> None:
    missing = {finding.clause.id for finding in adoption.in_state(ClauseState.MISSING)}
    dropped = written.dropped & {finding.clause.id for finding in adoption.clauses}
    assert len(dropped & missing) >= 0.8 * len(dropped)
    assert len(missing - dropped) <= 0.02 * len(adoption.clauses)


def test_the_schools_own_is_found_and_little_else_is_called_so(adoption: Adoption) -> None:
    own = {finding.text for finding in adoption.own}
    assert set(OWN) <= own
    assert len(own - set(OWN)) <= 4


def _named(value: object) -> object:
    """Return an answer without the addresses, which other people leave out."""
    if isinstance(value, list):
        return [
            {name: text for name, text in one.items() if name != "url"} if isinstance(one, dict) else one
            for one in value
        ]
    return value


def test_every_answer_that_is_relied_on_is_right(adoption: Adoption, written: Rewritten) -> None:
    wrong = {
        answer.path: answer.value
        for answer in adoption.answers_of(Certainty.SURE, Certainty.LIKELY)
        if _named(answer.value) != _named(get(written.school.values, answer.path))
    }
    assert wrong == {}


@pytest.mark.parametrize(
    "path",
    [
        "school.name", "people.head", "people.dsl", "people.deputy_dsl", "people.governors",
        "people.online_safety_lead", "people.specialists", "learners", "document.written", "document.next_review",
        "filtering.broadband", "filtering.product", "filtering.categories", "passwords.change_every",
        "phones.learners", "phones.stored_in", "phones.returned", "phones.collected_from", "social_media.channels",
        "social_media.leavers", "governance.lead",
    ],
)  # fmt: skip
def test_an_answer_is_found(adoption: Adoption, written: Rewritten, path: str) -> None:
    found = {answer.path: answer for answer in adoption.answers}
    assert found[path].value == get(written.school.values, path)
    assert found[path].evidence


def test_nothing_is_found_in_a_text_about_something_else(editions: Mapping[str, Edition]) -> None:
    recipe = "Peel the turnips and boil them with bay leaves until a fork goes through them. Drain them well."
    blocks = tuple(TextBlock(recipe, Shape.ITEM, Spot(line), 1) for line in range(1, 30))
    found = adopt_document(Document("recipe.txt", blocks), editions["2018-09"], subject_of(editions["2018-09"]))
    assert [finding.clause.id for finding in found.clauses if finding.text] == []
    assert found.answers == ()


def test_the_measure_gives_full_marks_to_our_own_words(editions: Mapping[str, Edition], tmp_path: Path) -> None:
    edition = editions["2018-09"]
    same = rewrite(edition, other_words=False)
    assert min(shares(_lines(_adopt(same, edition, tmp_path), same), same)) > 0.98


def test_the_measure_gives_no_marks_to_a_guess(adoption: Adoption, written: Rewritten) -> None:
    lines = _lines(adoption, written)
    guessed = dict(zip(lines, [*list(lines.values())[1:], set()], strict=True))
    assert max(shares(guessed, written)) < 0.1
