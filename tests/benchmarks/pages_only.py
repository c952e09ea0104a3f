"""The command `policy`, but that every PDF is an empty file: so pages are measured without them.

Nothing else differs, and the fingerprints are those of the true command, which takes what it finds for its own.
Workers are forked, so they print nothing either.
"""

from unittest import mock

from build_tools.cli import main


def _print_nothing(*_: object, **__: object) -> bytes:
    return b""


if __name__ == "__main__":
    with mock.patch("build_tools.outputs.pdf.render_pdf", _print_nothing):
        main()
