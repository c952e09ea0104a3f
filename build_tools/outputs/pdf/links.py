"""Descriptions of the links in a PDF (PDF/UA-1, 7.18.5: a link has a description)."""

from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

from pikepdf import String

from build_tools.outputs.pdf.tree import Annotation, Element


def describe_links(document: Element, citations: Mapping[str, str]) -> None:
    """Describe every link; `citations` has the number of each section and clause by id."""
    for element in document.walk():
        for annotation in element.annotations:
            annotation.dictionary.Contents = String(_description(annotation, citations))


def _description(annotation: Annotation, citations: Mapping[str, str]) -> str:
    if annotation.is_internal:
        return describe_citation(citations[annotation.target])
    address = urlsplit(annotation.target)
    match address.scheme:
        case "mailto":
            return f"email to {unquote(address.path)}"
        case "tel":
            return f"telephone {unquote(address.path)}"
    return f"web page at {address.netloc}"


def describe_citation(citation: str) -> str:
    """Return a number in words: "section 9.3" for 9.3, "section 9.3, clause 2(b)" for 9.3(2)(b)."""
    section, bracket, clause = citation.partition("(")
    if not bracket:
        return f"section {section}"
    first, _, deeper = clause.partition(")")
    return f"section {section}, clause {first}{deeper}"
