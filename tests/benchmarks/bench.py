"""What the rows of one run share: how it is run, the counties, and their sites as far as they are built."""

import dataclasses
import functools
import shutil
from pathlib import Path

from county import write_county
from measuring import WORK, Taken, emptied, run_build, run_pages

from build_tools.building.manifest import manifest_file
from build_tools.project import Project

DEFAULT, FAST = "weasyprint", "typst"
ENGINES = (DEFAULT, FAST)


@dataclasses.dataclass(eq=False)
class Bench:
    """One run of the benchmark."""

    schools: int
    """How many the county has."""
    rounds: int
    """How often what is compared is measured."""
    is_whole: bool
    """Whether the county is also built from nothing with WeasyPrint."""
    notes: list[str] = dataclasses.field(default_factory=list)
    """What is told below the table."""
    built: set[str] = dataclasses.field(default_factory=set)
    """The engines with which the county's site stands."""

    @functools.cache  # noqa: B019 - there is one run
    def county(self, number: int) -> Project:
        """Return a county of so many schools."""
        folder = WORK / f"county-{number}"
        shutil.rmtree(folder, ignore_errors=True)
        return write_county(folder, number)

    @property
    def whole(self) -> Project:
        """The county."""
        return self.county(self.schools)

    def site(self, engine: str) -> Path:
        """Return where the county's site of an engine stands, or will: that of the default where `policy` looks."""
        folder = self.whole.site_folder
        return folder if engine == DEFAULT else folder.with_name(f"site-{engine}")

    def build_county(self, engine: str) -> Taken:
        """Build the county from nothing and return what it took."""
        self._begin(engine)
        return run_build(self.whole.root, self.site(engine), engine)

    def built_site(self, engine: str) -> Path:
        """Return the site of an engine; if no row has built it, its PDFs are empty, which no later build can tell."""
        if engine not in self.built:
            self._begin(engine)
            run_pages(self.whole.root, self.site(engine), engine)
        return self.site(engine)

    def _begin(self, engine: str) -> None:
        emptied(self.site(engine)).rmdir()
        manifest_file(self.site(engine)).unlink(missing_ok=True)
        self.built.add(engine)
