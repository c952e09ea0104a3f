"""Blanks: what people type where an answer is missing, such as "N/A", "to be confirmed" or "Insert name".

A blank is a whole text. Longer texts that only contain such a word are left alone: a pre-school may be called None
Such School, and a person N. A. Patel. `FORMS` finds what can only be a blank inside a longer text.
"""

import functools
import re
import unicodedata
from collections.abc import Iterator

ASKED_FOR = r"(?:insert|enter|add|state|specify|complete|amend|choose|select|type|give|provide)"
"""How the author of a form asks for something."""
PLACE = r"(?:school|setting|academy|college|nursery|pre-?school)"

_CALL = "(?:tele)?" + "telephone".removeprefix("tele") + r"|mobil\w+"  # a tool, and also a subject of policies
_THING = (
    r"(?:names?|dates?|titles?|job title|roles?|details|contacts?|contact details|address|e-?mails?|e-?mail address|"
    rf"website|link|logo|text|here|numbers?|(?:{_CALL})(?: numbers?)?)"
)

FORMS = re.compile(
    "|".join(
        (
            rf"(?i:\[\s*(?:please\s+)?{ASKED_FOR}\b[^\]]{{0,80}}\])",
            r"(?i:\[[^\]\[]{0,80}\bname(?:s|\(s\))?\b[^\]]{0,80}\])",
            rf"(?i:\[\s*(?:your\s+)?(?:{PLACE}(?:['’]s)?\s+)?(?:{_THING}|{PLACE})\s*\])",
            r"\[(?:\s*|…|\.+|_+|[xX]+)\]",
            rf"(?i:\(\s*(?:please\s+)?insert\b[^)]{{0,80}}\b(?:{_THING}|{PLACE})\b[^)]{{0,80}}\))",
            rf"(?i:<\s*(?:please\s+)?(?:{ASKED_FOR}\b[^<>]*|[^<>]*\bname)\s*>)",
            r"(?i:\binsert\s+(?:[\w’'/-]+\s+){0,4}here\b)",
            (
                rf"(?i:\binsert\s+(?:the\s+|your\s+)?(?:{PLACE}(?:['’]s)?\s+)?(?:names?|dates?|e-?mail(?:\s+address)?)\b"
                r"(?!\s+(?:badge|card|tag|stamp)))"
            ),
            r"(?i:[(\[]\s*(?:to\s+be\s+(?:confirmed|advised|agreed|announced|appointed|decided)|vacan(?:t|cy))\s*[)\]])",
            r"(?<![\w./-])(?:X{3,}|x{3,})(?![\w-])",
            r"\b(?:(?:19|20)XX|XX+(?:[/.-]XX+)+|DD?[/.-]MM?[/.-]YY(?:YY)?)\b",
            r"(?i:(?<![\w.@-])tb[acd](?![\w.@-]*\w))",
            r"_{3,}|\.{5,}|…{2,}|\?{3,}",
            r"\{\{[^{}]*\}\}|\{\{|\}\}|\{%|%\}",
            r"«\w+»",
            r"(?i:\bclick(?:\s+or\s+tap)?\s+here\s+to\s+enter\s+(?:text|a\s+date)\b)",
            r"(?i:\blorem\s+ipsum\b)",
        )
    )
)
"""Blanks inside any text; each was found in a policy that a school had published."""

_MONTH = (
    r"(?:(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*|spring|summer|autumn|easter|christmas)"
    r"(?: term)?(?: [0-9]{2,4})?"
)
_WHEN = (
    r"(?:currently|at present|at the moment|at this (?:time|stage)|for now|yet|as yet|so far|still|today|"
    rf"(?:until|from|in|by) (?:\w+ ?){{1,3}}|{_MONTH})"
)
_EXPECTED = (
    r"(?:added|advised|agreed|announced|appointed|arranged|assigned|completed|confirmed|decided|determined|elected|"
    r"filled|finalised|identified|inserted|notified|provided|recruited|specified|stated|supplied|updated)"
)
_DONE = (
    rf"(?:{_EXPECTED}|applicable|available|established|given|known|named|needed|required|sent|set|sure|used|"
    r"in (?:place|use))"
)
_NOBODY = r"(?:none|nobody|no[ -]?one|nothing)"
_OF_WHAT = rf"(?: {_DONE}| {_WHEN}| of (?:the )?(?:above|these|them))"
_POST = r"(?:the|this|post|position|role|currently|is)"
_ELSEWHERE = (
    r"(?:above|attached|attachment|below|documents?|front page|handbook|intranet|list|notice ?board|office|other|"
    r"overleaf|policy|policies|previous|prospectus|reception|sheet|staff list|web ?page|web ?site)"
)
_WHOSE = rf"(?:the|our|your|its|separate|full|{PLACE}s?)"
_WHOLE = (
    # none of it
    r"n/a\b.*|na|no|an other|nil|null|void|undefined|blank|empty|unknown",
    rf"(?:(?:there (?:is|are)|we have|we use|currently|at present) )?{_NOBODY}{_OF_WHAT}*",
    rf"(?:(?:currently|still|details|this is) )*not (?:yet )?{_DONE}(?: {_WHEN})*",
    r"(?:we )?(?:do not|dont|does not) (?:have|use)(?: (?:any|one|it|this|them))?",
    # later
    r"tb[acdn]\b.*|pending|todo|to do|fixme|awaiting\b.*",
    rf"(?:(?:names?|details|dates?|role|post|currently|still|is|are|yet) )*to be {_EXPECTED}(?: {_WHEN})*",
    rf"(?:{_POST} )*(?:vacan(?:t|cy)|unfilled)(?: (?:post|position|role|to be {_EXPECTED}|{_WHEN}))*",
    r"(?:currently )?recruit(?:ing|ment)(?: (?:now|underway|in progress|in process))?",
    rf"pending (?:\w+ )?(?:appointment|approval|confirmation|election|recruitment)|(?:{_DONE} )?later",
    # elsewhere
    r"ditto|idem|(?:the )?(?:same )?as (?:above|before|below|previous(?:ly)?|last (?:time|year))",
    rf"(?:please )?(?:see|refer to|check|consult) (?:{_WHOSE} )*{_ELSEWHERE}(?: .{{0,40}})?",
    # what a form asks for
    rf"(?:please )?{ASKED_FOR} (?:[\w-]+ ){{0,5}}{_THING}(?: (?:here|below))?",
    r"(?:please )?(?:insert|type|write|enter)(?: here)?|(?:please )?insert [\w-]+|click(?: or tap)? here\b.*",
    rf"your (?:{PLACE}s? )?(?:{PLACE}|own|full|first|last)?(?: ?{_THING})?(?: here)?",
    rf"(?:the )?{PLACE}s? names?(?: here)?|names? of (?:the |your |our )?(?:\w+ ?){{1,3}}|{_THING} (?:goes )?here",
    # only to try it
    r"x{2,}(?: x+)*|test|testing|example|sample|dummy|placeholder|asdf\w*|qwerty\w*|lorem(?: ipsum\b.*)?",
)
_IS_WHOLE = re.compile("|".join(_WHOLE))
_NAMELESS = (
    rf"(?:(?:full|first|last|family|given|contact) ?)?{_THING}",
    r"(?:sur|fore)name|first ?name (?:last ?name|surname)|(?:name|initials?) (?:and )?surname",
    r"(?:\w+ ){1,3}names?",
    r"an ?other|another(?: person)?|some(?:one|body)(?: else)?|any(?:one|body)",
    r"(?:joe?|jane|fred) bloggs|(?:john|jane) doe",
    r"(?:any|some|our|example|sample|test) ?(?:town )?school",
)
_IS_NAMELESS = re.compile("|".join(_NAMELESS))
_AFTER_TITLE = re.compile(r"x+|tb[acdn]|vacan(?:t|cy)|name|surname")
_TITLED = re.compile(r"(?:mr|mrs|miss|ms|mx|dr|prof|revd?|sir|dame) ")
_BRACKETED = re.compile(r"(?<=\w)\W*[(\[{][^()\[\]{}]*[)\]}]\W*$")


@functools.lru_cache(maxsize=8192)  # many schools give the same answers
def is_blank(text: str, *, is_name: bool = False) -> bool:
    """Return whether a text as a whole is a blank, ignoring case, spaces, brackets, quotation marks and full stops.

    If it `is_name` of a person or a school, the words for what a form asks ("Name", "Email") and for anybody
    ("A. N. Other", "Joe Bloggs") are blanks, too. One letter is a blank, and so is a text without letters and digits.
    """
    words = folded(text)
    if len(words) <= 1 and not words.isdigit() and not _is_ideograph(words):
        return True
    forms = {words, folded(_BRACKETED.sub("", text.strip()))}
    return any(_IS_WHOLE.fullmatch(form) or (is_name and _is_nobody(form)) for form in forms)


def unfilled(option: str, text: str, advice: str, *, is_name: bool = False) -> Iterator[str]:
    """Yield what is wrong with the text of an option of a command that is empty or a blank, with advice."""
    if not text.strip():
        yield f"{option} is empty. {advice}"
    elif is_blank(text, is_name=is_name):
        yield f'{option}: "{text}" is a blank. {advice}'


@functools.lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """Return the words of a text in lower case between single spaces, without punctuation; N. A. and N A become na."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("’", "'").replace("'", "")
    words = re.sub(r"[^\w/-]+|_+|(?<!\w)[/-]+|[/-]+(?!\w)", " ", re.sub(r"\s*/\s*", "/", plain)).strip()
    return re.sub(r"\b([^\W\d]) (?=[^\W\d]\b)", r"\1", words)


def _is_nobody(words: str) -> bool:
    """Return whether folded words name nobody; after a title nearly every word is a surname, such as No."""
    untitled = _TITLED.sub("", words, count=1)
    if untitled == words or " " in untitled or "/" in untitled:
        return bool(_IS_NAMELESS.fullmatch(untitled) or _IS_WHOLE.fullmatch(untitled))
    return _AFTER_TITLE.fullmatch(untitled) is not None


def _is_ideograph(words: str) -> bool:
    """Return whether a single character is a whole word, as in Chinese."""
    return bool(words) and unicodedata.category(words) == "Lo"
