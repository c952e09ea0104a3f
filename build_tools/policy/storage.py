"""A policy as lossless JSON: a file that is written today can be read as the same tree in later years."""

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from build_tools.policy.model import (
    Basis,
    Blank,
    Citation,
    Condition,
    Freedom,
    Interval,
    Kind,
    Node,
    Origin,
    Phrase,
    Policy,
    Promise,
    Run,
    Text,
    plain,
)

_MARKS = ("strong", "emphasis", "code", "href", "target", "field")


def policy_data(policy: Policy, school: str) -> Mapping[str, Any]:
    """Return a policy as JSON values: the school's name, edition, title and the tree of sections.

    The plain words of a part are in `text` (of a clause) or `title`. If some of them are a value of the school, a
    link, a citation or emphasised, `runs` has the same words with these marks. `languages` is present if some words
    are not in the policy's language, `promise` in each clause that is a promise, `sources` if the edition says
    what its clauses rest on, and `handouts` if it has any.
    """
    return {
        "name": policy.name,
        "school": school,
        "edition": policy.edition,
        "title": policy.title,
        **_phrases_data(policy.phrases),
        **_sources_data(policy.sources),
        "sections": [_node_data(node) for node in policy.sections],
        **({"handouts": [_node_data(node) for node in policy.handouts]} if policy.handouts else {}),
    }


def policy_from_data(data: Mapping[str, Any]) -> Policy:
    """Return the policy that `policy_data` was given, without the places of its parts."""
    phrases = [Phrase(words, tag) for tag, said in data.get("languages", {}).items() for words in said]
    sections = tuple(map(_node_from_data, data["sections"]))
    sources = {name: Citation(**entry) for name, entry in data.get("sources", {}).items()}
    handouts = tuple(map(_node_from_data, data.get("handouts", ())))
    return Policy(data["name"], data["edition"], data["title"], sections, tuple(phrases), sources, handouts)


def render_json(data: object) -> str:
    """Return data as JSON that people can read too: UTF-8, indented, keys in the given order."""
    return msgspec.json.format(msgspec.json.encode(data), indent=2).decode() + "\n"


def _phrases_data(phrases: Iterable[Phrase]) -> Mapping[str, Any]:
    found: dict[str, list[str]] = {}
    for phrase in phrases:
        found.setdefault(phrase.language, []).append(phrase.words)
    return {"languages": found} if found else {}


def _sources_data(sources: Mapping[str, Citation]) -> Mapping[str, Any]:
    found = {name: _without_empty(dataclasses.asdict(citation)) for name, citation in sources.items()}
    return {"sources": found} if found else {}


def _without_empty(data: Mapping[str, Any]) -> Mapping[str, Any]:
    return {key: value for key, value in data.items() if value is not None}


def _node_data(node: Node) -> Mapping[str, Any]:
    data: dict[str, Any] = {"kind": node.kind.value, "id": node.id, "number": node.number, "citation": node.citation}
    data |= _text_data("text" if node.kind is Kind.CLAUSE else "title", "runs", node.text)
    data["origin"] = node.origin.value
    if node.provision is not None and node.provision != node.id:
        data["provision"] = node.provision
    if node.by is not None:
        data["by"] = node.by
    if node.reason is not None:
        data["reason"] = node.reason
    if node.was is not None:
        data |= _text_data("template", "template_runs", node.was)
    if node.when:
        data["when"] = [_condition_data(condition) for condition in node.when]
    data |= _marks_data(node)
    data["children"] = [_node_data(child) for child in node.children]
    return data


def _marks_data(node: Node) -> Mapping[str, Any]:
    """Return what the edition says about a part besides its words."""
    marks = {
        "promise": _promise_data(node.promise) if node.promise else None,
        "rests_on": [_without_empty(msgspec.structs.asdict(basis)) for basis in node.rests_on],
        "freedom": node.freedom.value if node.freedom else None,
        "from": node.begins,
        "says": list(node.says),
        "blank": node.blank.value if node.blank else None,
        "choices": list(node.choices),
    }
    return {name: mark for name, mark in marks.items() if mark}


def _node_from_data(data: Mapping[str, Any]) -> Node:
    kind, origin = Kind(data["kind"]), Origin(data["origin"])
    return Node(
        kind=kind,
        id=data["id"],
        text=_text_from_data(data, "text" if kind is Kind.CLAUSE else "title", "runs"),
        origin=origin,
        provision=None if origin.traits.is_added else data.get("provision", data["id"]),
        number=data["number"],
        citation=data["citation"],
        reason=data.get("reason"),
        by=data.get("by"),
        was=_text_from_data(data, "template", "template_runs") if "template" in data else None,
        when=tuple(map(_condition_from_data, data.get("when", ()))),
        children=tuple(map(_node_from_data, data["children"])),
        promise=_promise_from_data(data["promise"]) if "promise" in data else None,
        rests_on=tuple(Basis(**basis) for basis in data.get("rests_on", ())),
        freedom=Freedom(data["freedom"]) if "freedom" in data else None,
        begins=data.get("from"),
        says=tuple(data.get("says", ())),
        blank=Blank(data["blank"]) if "blank" in data else None,
        choices=tuple(data.get("choices", ())),
    )


def _promise_data(promise: Promise) -> Mapping[str, Any]:
    data: dict[str, Any] = {**_text_data("who", "who_runs", promise.who)}
    if promise.every:
        data["every"] = promise.every.value
    if promise.by:
        data["by"] = promise.by
    return data


def _promise_from_data(data: Mapping[str, Any]) -> Promise:
    every = Interval(data["every"]) if "every" in data else None
    return Promise(_text_from_data(data, "who", "who_runs"), every, data.get("by"))


def _text_data(words: str, runs: str, text: Text) -> Mapping[str, Any]:
    data: dict[str, Any] = {words: plain(text)}
    if any(getattr(run, mark) for run in text for mark in _MARKS):
        data[runs] = [_run_data(run) for run in text]
    return data


def _run_data(run: Run) -> Mapping[str, Any]:
    return {"text": run.text} | {mark: value for mark in _MARKS if (value := getattr(run, mark))}


def _text_from_data(data: Mapping[str, Any], words: str, runs: str) -> Text:
    if runs in data:
        text = tuple(Run(**run) for run in data[runs])
        if plain(text) != data[words]:
            raise ValueError(f"{words} and {runs} have different words")
        return text
    return (Run(data[words]),) if data[words] else ()


def _condition_data(condition: Condition) -> Mapping[str, Any]:
    answers: Iterable[str] | None = condition.answers
    return {"field": condition.field, "answers": None if answers is None else sorted(answers)}


def _condition_from_data(data: Mapping[str, Any]) -> Condition:
    return Condition(data["field"], None if data["answers"] is None else frozenset(data["answers"]))
