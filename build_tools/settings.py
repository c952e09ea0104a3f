"""The settings of a project that every command follows: part of its `mkdocs.yml`, read without MkDocs.

site_url: https://policies.example.org/    # the address at which the site is published
extra:
  schoolpolicy:
    bundled_editions: false    # only the editions in policy_src/ exist; default: true
    signed_from: 2026-12-01    # each line of the register about a decision from this day on must be signed
    stamp_authority: https://time.example.org/tsr    # gives each new line a time stamp (RFC 3161)
    stamp_certificate: certificates/time.pem    # the root certificate of that authority
    stamped_from: 2026-12-01   # each line about a decision from this day on must have a time stamp
"""

import dataclasses
import functools
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import yaml

from build_tools.text.dates import is_date, is_day
from build_tools.text.problems import Mistakes, Place, Problem, did_you_mean, one_of
from build_tools.text.source import read_text

MKDOCS_FILE = "mkdocs.yml"
SITE_URL = "site_url"
BUNDLED_EDITIONS = "bundled_editions"
SIGNED_FROM, STAMPED_FROM = "signed_from", "stamped_from"
STAMP_AUTHORITY, STAMP_CERTIFICATE = "stamp_authority", "stamp_certificate"
_BLOCK = ("extra", "schoolpolicy")
_NAME = ".".join((*_BLOCK, BUNDLED_EDITIONS))
_TRUE, _FALSE = ("true", "yes", "on"), ("false", "no", "off")
_NEEDED = {
    STAMP_AUTHORITY: (
        STAMP_CERTIFICATE,
        "a time stamp cannot be checked without the root certificate of its authority",
    ),
    STAMP_CERTIFICATE: (STAMP_AUTHORITY, "nobody knows which authority it is of"),
    STAMPED_FROM: (STAMP_AUTHORITY, "nobody knows which authority gives the time stamps"),
}
"""What each setting needs, and why."""

_TEXT = "tag:yaml.org,2002:str"
_PLAIN_ADDRESS = re.compile(
    r"https?://[a-z0-9-]+(\.[a-z0-9-]+)*(:[0-9]{1,5})?(/[\w.~%-]+)*/?", re.ASCII | re.IGNORECASE
)
"""An address to which the path of a page can be added."""

# MkDocs gives tags a meaning (!ENV, !!python/name), so nothing is made of them: only the nodes are read
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclasses.dataclass(frozen=True, slots=True)
class Settings:
    """What a project sets for every command."""

    bundled_editions: bool = True
    """Whether schools can use the editions that come with the program."""
    signed_from: str | None = None
    """The day from which lines of the register must be signed; None if none must."""
    stamp_authority: str | None = None
    """The address of the authority that gives time stamps; None if lines get none."""
    stamp_certificate: str | None = None
    """The file with the authority's root certificate, relative to the project's folder."""
    stamped_from: str | None = None
    """The day from which lines of the register must have a time stamp; None if none must."""
    site_url: str | None = None
    """The address at which the site is published, with a slash at its end; None if that is not known."""
    place: Place | None = None
    """Where `bundled_editions` is set; None if it is not."""

    def without_editions(self) -> Mistakes:
        """Return the mistake that no edition is left."""
        message = f"{_NAME} is false, but policy_src/ contains no edition. Add one there, or delete this line."
        return Mistakes([Problem(self.place or Place(""), message)])


def read_settings(file: Path, name: str) -> Settings:
    """Return the settings in an `mkdocs.yml`, which need not exist; `name` is the file in messages.

    Raises:
        Mistakes: if it is not YAML, or our part of it has mistakes.
    """
    if not file.exists():
        return Settings()
    stat = file.stat()
    return _read(file, name, (stat.st_mtime_ns, stat.st_size))


@functools.lru_cache(maxsize=8)
def _read(file: Path, name: str, _state: tuple[int, int]) -> Settings:
    """Return the settings in one state of the file, since every command asks for them several times."""
    whole = found = compose(file, name)
    site_url = _site_url(whole, name)
    for key in _BLOCK:
        found = next((value for said, value in entries(found) if said.value == key), None)
    if found is None:
        return Settings(site_url=site_url)
    if not isinstance(found, yaml.MappingNode):
        message = f"{'.'.join(_BLOCK)} must have lines below it. Write {BUNDLED_EDITIONS}: false below it, indented."
        raise Mistakes([Problem(place_of(name, found), message)])
    return dataclasses.replace(_settings(found, name), site_url=site_url)


def _site_url(whole: yaml.Node | None, name: str) -> str | None:
    """Return the address of the site, if a file gives one that pages can be found at.

    Raises:
        Mistakes: if it gives something else.
    """
    said = next((value for key, value in entries(whole) if key.value == SITE_URL), None)
    if said is None or (isinstance(said, yaml.ScalarNode) and said.value in ("", "null", "~")):
        return None
    text = said.value if isinstance(said, yaml.ScalarNode) and said.tag == _TEXT else ""
    if not _PLAIN_ADDRESS.fullmatch(text):
        message = (
            f"{SITE_URL} must be the full address at which the site is published, without ? and #. "
            f"Write it like this: {SITE_URL}: https://policies.example.org/"
        )
        raise Mistakes([Problem(place_of(name, said), message)])
    return f"{text.rstrip('/')}/"


def _settings(block: yaml.Node, name: str) -> Settings:
    """Return the settings in our part of a file.

    Raises:
        Mistakes: everything that is wrong in them.
    """
    problems = []
    values: dict[str, bool | str] = {}
    places: dict[str, Place] = {}
    for said, value in entries(block):
        key = said.value
        places[key] = place_of(name, said)
        if key not in _KINDS:
            hint = did_you_mean(key, _KINDS) or f" Write {one_of(_KINDS)}."
            problems.append(Problem(places[key], f"{'.'.join(_BLOCK)}.{key}: unknown setting.{hint}"))
            continue
        read, what = _KINDS[key]
        typed = read(value.value) if isinstance(value, yaml.ScalarNode) else None
        if typed is None:
            problems.append(Problem(places[key], f"{'.'.join(_BLOCK)}.{key} must be {what}."))
        else:
            values[key] = typed
    for key, (other, why) in _NEEDED.items():
        if key in places and other not in places:
            problems.append(Problem(places[key], f"{key} needs {other}: {why}. Add {other} below it."))
    if problems:
        raise Mistakes(problems)
    return Settings(**values, place=places.get(BUNDLED_EDITIONS))  # type: ignore[arg-type]  # as `_KINDS` reads them


def _truth(text: str) -> bool | None:
    return text.lower() in _TRUE if text.lower() in (*_TRUE, *_FALSE) else None


def _day(text: str) -> str | None:
    return text if is_date(text) and is_day(text) else None


def _address(text: str) -> str | None:
    return text if text.startswith(("https://", "http://")) else None


_KINDS: Mapping[str, tuple[Callable[[str], bool | str | None], str]] = {
    BUNDLED_EDITIONS: (_truth, "true or false"),
    SIGNED_FROM: (_day, "a day, such as 2026-12-01"),
    STAMP_AUTHORITY: (_address, "a web address, such as https://time.example.org/tsr"),
    STAMP_CERTIFICATE: (lambda text: text or None, "a file, such as certificates/time.pem"),
    STAMPED_FROM: (_day, "a day, such as 2026-12-01"),
}
"""How each setting is read, and what it must be."""


def compose(file: Path, name: str) -> yaml.Node | None:
    """Return what is in an `mkdocs.yml` as YAML writes it, without making anything of it; None if it is empty.

    Raises:
        Mistakes: if it is not YAML.
    """
    try:
        found: yaml.Node | None = yaml.compose(read_text(file, name), Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise Mistakes([Problem(Place(name, line), f"This is not valid YAML: {error.problem}.")]) from None
    return found


def entries(node: yaml.Node | None) -> Iterator[tuple[yaml.ScalarNode, yaml.Node]]:
    """Yield the keys and values of a block; nothing where there is none."""
    if isinstance(node, yaml.MappingNode):
        yield from ((key, value) for key, value in node.value if isinstance(key, yaml.ScalarNode))


def place_of(name: str, node: yaml.Node) -> Place:
    """Return where something is in a file."""
    return Place(name, node.start_mark.line + 1)
