"""What the rules of an edition say of answers that differ a little from those that fit."""

import copy
from collections.abc import Mapping
from typing import Any

import yaml
from folders import ROOT, SOUND

from build_tools.proofreading.rules import broken_by
from build_tools.resolving.resolve import Resolved, resolve
from build_tools.schools.school import parse_school
from build_tools.template.edition import Edition
from build_tools.text.problems import Problem
from build_tools.text.yaml_file import parse_yaml

EMPTY = SOUND / "schools/x"
"""A folder without a crest."""


def broken_rules(answers: Mapping[str, Any], editions: Mapping[str, Edition]) -> tuple[Problem, ...]:
    """Return what the rules say of answers as a file would have them."""
    school = parse_school(parse_yaml(yaml.safe_dump(answers), "school.yml"), EMPTY, ROOT, editions)
    edition = editions[school.edition]
    return tuple(broken_by(Resolved(edition, school, resolve(edition, school))))


def with_changes(sound: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return sound answers with others; `a__b` is the path a.b, and None deletes an answer."""
    answers = copy.deepcopy(dict(sound))
    for key, value in changes.items():
        group, _, name = key.partition("__")
        block = answers.setdefault(group, {}) if name else answers
        block[name or group] = value
        if value is None:
            del block[name or group]
    return answers
