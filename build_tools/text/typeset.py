"""Plain words with the quotation marks and apostrophes of a printed page."""

import re

_QUOTED = re.compile(r'"([^"]*)"|(?<!\w)\'([^\']*)\'(?!\w)')


def typeset(words: str) -> str:
    """Return words that were typed with straight apostrophes and quotation marks, with curly ones."""

    def curly(match: re.Match[str]) -> str:
        return f"“{match[1]}”" if match[1] is not None else f"‘{match[2]}’"

    return _QUOTED.sub(curly, words).replace("'", "’")
