"""Keep Material's notice about its own end of life off the terminal of people who can do nothing about it.

`mkdocs.yml` names `QUIET` in its theme, so that this module is loaded while the file is read, before the theme is.
"""

import os

os.environ["NO_MKDOCS_2_WARNING"] = "true"
QUIET = True
