"""The browser that the tests open: Debian's Chromium, or the one that is named."""

import os

CHROMIUM = os.environ.get("POLICY_CHROMIUM", "/usr/bin/chromium")
