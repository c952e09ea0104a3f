"""What an invented school changes so that its answers fit one another and the clauses, as the edition's rules ask."""

from typing import Any

_MEMBERS = {"committee": "committee members", "trustees": "trustees"}
REPLACED = {
    "access-aup": {
        "replace": "access-aup",
        "with": "Parents sign an AUP before their children use our devices. Staff and visitors sign it themselves.",
        "because": "Our children are too young to sign.",
    },
    "parent-duty-systems": {
        "replace": "parent-duty-systems",
        "with": "Use our systems in a safe and appropriate way.",
        "because": "We have no learning platform.",
    },
}
"""Clauses that are not true of every school, with what some say instead."""


def agree(found: dict[str, Any], phase: str, *, has_platforms: bool) -> None:
    """Change the answers of a school that do not fit; it may leave `has_platforms` to its federation."""
    _fit_ages(found, phase)
    _fit_logins(found, phase)
    _fit_technology(found, has_platforms=has_platforms)
    monitoring = found["monitoring"]
    watched = monitoring.get("extremism", "supervision")
    monitoring["methods"] = list(dict.fromkeys((*monitoring["methods"], watched)))
    if found["phones"]["learners"] == "off-and-away" and "confiscation" in found["phones"]:
        found["phones"]["confiscation"] = "breach"
    governance = found.get("governance", {})
    for word, members in _MEMBERS.items():
        if word in governance.get("body", "").lower():
            governance["members"] = members
    amended = [REPLACED["access-aup"]] if phase == "early-years" else []
    amended += [] if has_platforms else [REPLACED["parent-duty-systems"]]
    if amended:
        found["amendments"] = [*found.get("amendments", ()), *map(dict, amended)]


def _fit_ages(found: dict[str, Any], phase: str) -> None:
    ages = {"early-years": ["early"], "secondary": [age for age in found["school"]["ages"] if age != "early"]}
    found["school"]["ages"] = ages.get(phase, found["school"]["ages"]) or ["senior"]
    if "senior" not in found["school"]["ages"]:
        found["social_media"]["learners_at_school"] = "not-permitted"
        found.pop("exams", None)


def _fit_logins(found: dict[str, Any], phase: str) -> None:
    if found["passwords"]["logins"] == "staff":
        found["passwords"].pop("from_year", None)
    if found["passwords"]["logins"] == "staff" or phase == "early-years":
        found["email"]["for_learners"] = False


def _fit_technology(found: dict[str, Any], *, has_platforms: bool) -> None:
    used = found.setdefault("technology", {}).get("used", ["computers", "internet", "cameras"])
    wanted = [name for name, is_used in (("platform", has_platforms), ("email", True)) if is_used]
    found["technology"]["used"] = [*(name for name in used if name not in ("platform", "email")), *wanted]
