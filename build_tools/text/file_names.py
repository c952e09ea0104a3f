"""Names of files and folders that every computer accepts.

Windows keeps the names of its devices for itself, whatever follows them after a dot, and by default opens no path of
260 characters or more (Microsoft, "Naming Files, Paths, and Namespaces").
"""

import re

LONGEST = 80
"""The most characters in the name of a folder.

The longest names of schools fit, and with the longest path below such a folder (`draft/SECTION/index.html`, whose
section may have as many) about 70 characters are left for the folder in which somebody keeps the site.
"""

_DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)


def unfit_name(name: str) -> str | None:
    """Return why a folder cannot have a name on every computer, and what to do; None if it can."""
    if _DEVICE.fullmatch(name):
        device = name.partition(".")[0]
        return f"Windows cannot make a folder named {name}. Choose a longer name, such as {device}-1."
    if len(name) > LONGEST:
        return (
            f"This name has {len(name)} characters, and Windows cannot open long paths."
            f" Choose a name of at most {LONGEST} characters."
        )
    return None
