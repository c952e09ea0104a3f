"""The fields that the program itself reads from any edition: the one list of them.

Everything else in an edition is the edition's own: the program never asks for it by name.
"""

import dataclasses
import enum
from collections.abc import Mapping
from typing import Any

from build_tools.schema.answers import get
from build_tools.schema.fields import AUTHORITY_GROUP, PEOPLE_GROUP, SCHOOL_GROUP, FieldKind
from build_tools.text.yaml_file import KeyPath


class Need(enum.Enum):
    """Whether an edition must have a field."""

    REQUIRED = "required"
    """The edition must have it, and every school has a value for it."""
    OPTIONAL = "optional"
    """The edition can leave it out, and so can a school."""
    RECORDED = "optional, readOnly"
    """The edition can leave it out; only ratification gives it a value."""


@dataclasses.dataclass(frozen=True, slots=True)
class ReliedOn:
    """A field that the program reads by its path, or a group of fields that it goes through."""

    path: str
    kind: FieldKind
    need: Need
    use: str
    """What the program does with it: one sentence or two, for those who write editions."""

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition(".")[2]

    @property
    def key(self) -> KeyPath:
        """The path as a key, as in the places of a school's answers."""
        return tuple(self.path.split("."))

    def of(self, values: Mapping[str, Any]) -> Any:  # noqa: ANN401 - any answer
        """Return what a school answers here, None where it gives nothing."""
        return get(values, self.path)

    def holds(self, path: str) -> bool:
        """Return whether the field at a path is in this group."""
        return path.startswith(f"{self.path}.")


SCHOOL = ReliedOn(SCHOOL_GROUP, FieldKind.RECORD, Need.REQUIRED, "Holds the school's names.")
NAME = ReliedOn("school.name", FieldKind.TEXT, Need.REQUIRED, "Every page prints it, and so does the cover.")
SHORT_NAME = ReliedOn(
    "school.short_name", FieldKind.TEXT, Need.REQUIRED, "Pages print it in sentences, such as “Not used at …”."
)
MOTTO = ReliedOn("school.motto", FieldKind.TEXT, Need.OPTIONAL, "Every page prints it at the foot.")
COLOUR = ReliedOn("school.colour", FieldKind.COLOUR, Need.OPTIONAL, "It is the main colour of the site and the PDF.")
BODY = ReliedOn(
    "governance.body",
    FieldKind.TEXT,
    Need.OPTIONAL,
    "Every draft says that it has not agreed it yet. A school without one leaves it out, and a draft names nobody.",
)
PEOPLE = ReliedOn(
    PEOPLE_GROUP,
    FieldKind.RECORD,
    Need.OPTIONAL,
    "The key facts list the people in it, and the check compares their names.",
)
DOCUMENT = ReliedOn("document", FieldKind.RECORD, Need.REQUIRED, "The key facts list what is in it.")
TITLE = ReliedOn("document.title", FieldKind.TEXT, Need.REQUIRED, "It is the title of the policy.")
YEAR = ReliedOn("document.year", FieldKind.TEXT, Need.OPTIONAL, "It follows the title of the policy.")
WRITTEN = ReliedOn(
    "document.written",
    FieldKind.DATE,
    Need.OPTIONAL,
    "The check compares it with the other dates, and with the law and guidance that the policy cites.",
)
PUBLISHED = ReliedOn("document.published", FieldKind.DATE, Need.OPTIONAL, "The check compares it with the other dates.")
RATIFIED_ON = ReliedOn(
    "document.ratified",
    FieldKind.DATE,
    Need.RECORDED,
    "`policy ratify` fills it in: it shows that a policy is in force.",
)
AGREED_BY = ReliedOn(
    "document.agreed_by", FieldKind.TEXT, Need.RECORDED, "`policy ratify` fills it in: the PDF prints it."
)
NEXT_REVIEW = ReliedOn(
    "document.next_review",
    FieldKind.DATE,
    Need.REQUIRED,
    "The home page, the PDF, `policy status` and the calendar show when the next review is.",
)
AUTHORITY = ReliedOn(
    AUTHORITY_GROUP, FieldKind.RECORD, Need.OPTIONAL, "`edition.yml` answers the fields in it for every school."
)

RELIED_ON = (
    SCHOOL,
    NAME,
    SHORT_NAME,
    MOTTO,
    COLOUR,
    BODY,
    PEOPLE,
    DOCUMENT,
    TITLE,
    YEAR,
    WRITTEN,
    PUBLISHED,
    RATIFIED_ON,
    AGREED_BY,
    NEXT_REVIEW,
    AUTHORITY,
)
"""All of them, in the order in which they are listed."""

OF_ENTRIES = (
    ReliedOn(
        "name", FieldKind.TEXT, Need.OPTIONAL, "It is what the entry is called. Without it everything in the entry is."
    ),
    ReliedOn("role", FieldKind.TEXT, Need.OPTIONAL, "It follows the name of a person."),
    ReliedOn("url", FieldKind.ADDRESS, Need.OPTIONAL, "The filter `link` links the name to it."),
)
"""What it reads from the entries of every list of blocks."""

OF_OWN_WORDS = (
    ReliedOn("singular", FieldKind.TEXT, Need.REQUIRED, "Clauses print it where they speak of one."),
    ReliedOn("plural", FieldKind.TEXT, Need.REQUIRED, "Clauses print it where they speak of several."),
)
"""What it reads from the school's own word, which an option may take instead of one of its choices."""
