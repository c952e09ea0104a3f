"""The preview as people use it: a browser, a file that is saved, and nobody else who could read along."""

import contextlib
import dataclasses
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from folders import ROOT
from playwright.sync_api import Browser, Page, expect
from sites import make_project

pytestmark = pytest.mark.slow

BEFORE, AFTER = "learners: at-home", "learners: handed-in"
AFTER_SHOWN = "at the start of the day"
WITHIN = 20_000
"""Milliseconds after which a page that did not change by itself counts as never changing, however busy the machine."""


@dataclasses.dataclass
class Served:
    """A preview that runs."""

    address: str
    """That of the page which the command names."""
    file: Path
    """The school's own."""
    process: subprocess.Popen[str]
    told: Path
    """What the terminal shows besides the address."""

    @property
    def port(self) -> int:
        return urlsplit(self.address).port or 0

    def save(self, old: str, new: str) -> None:
        """Change the school's file as many editors do: a file aside, put in its place."""
        text = self.file.read_text(encoding="utf-8")
        assert old in text
        aside = self.file.with_suffix(".tmp")
        aside.write_text(text.replace(old, new), encoding="utf-8")
        aside.replace(self.file)

    def wait_until_told(self, words: str) -> None:
        """Wait until the last that the terminal shows are these words."""
        for _ in range(WITHIN // 100):
            if self.told.read_text(encoding="utf-8").endswith(words):
                return
            time.sleep(0.1)
        pytest.fail(f"{words} was not told, but: {self.told.read_text(encoding='utf-8')}")


def _command(folder: Path, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "build_tools", "serve", "--project", str(folder), *arguments]


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    make_project(tmp_path)
    told = tmp_path / "told.txt"
    with told.open("w", encoding="utf-8") as terminal:
        process = subprocess.Popen(
            _command(tmp_path, "trottiscliffe", "--port", "0"),
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=terminal,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        assert process.stdout
        address = process.stdout.readline().split()[1]
        yield Served(address, tmp_path / "schools/trottiscliffe/school.yml", process, told)
        process.kill()
        process.communicate()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Return a tab in which nothing is stopped: the pages' own rules allow what the preview adds to them."""
    said: list[str] = []
    context = browser.new_context()
    tab = context.new_page()
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    yield tab
    context.close()
    assert [line for line in said if "Failed to load resource" not in line] == []


@pytest.mark.parametrize("path", ["devices/", "policy.html"])
def test_a_saved_change_shows_by_itself(served: Served, page: Page, path: str) -> None:
    page.goto(served.address + path)
    assert page.get_by_text(AFTER_SHOWN).count() == 0
    served.save(BEFORE, AFTER)
    expect(page.get_by_text(AFTER_SHOWN).first).to_be_visible(timeout=WITHIN)
    served.save(AFTER, BEFORE)
    expect(page.get_by_text(AFTER_SHOWN)).to_have_count(0, timeout=WITHIN)


def test_a_mistake_shows_in_page_and_terminal_until_fixed(served: Served, page: Page) -> None:
    page.goto(f"{served.address}devices/")
    served.save(BEFORE, 'learners: "banned\n  <b>no</b>: yes')
    expect(page.get_by_role("heading", name="There are mistakes")).to_be_visible(timeout=WITHIN)
    first, second = page.get_by_role("main").get_by_role("listitem").all_inner_texts()
    assert first.startswith("schools/trottiscliffe/school.yml:")
    assert "is not closed. Write:" in first
    assert "phones.<b>no</b>: unknown question." in second
    served.wait_until_told(f"{first}\n{second}\nMistakes: 2.\n")
    served.save('learners: "banned\n  <b>no</b>: yes', 'learners: "<b>banned</b>"')
    expect(page.get_by_role("listitem").first).to_contain_text('"<b>banned</b>" is not one of', timeout=WITHIN)
    served.save('learners: "<b>banned</b>"', AFTER)
    expect(page.get_by_text(AFTER_SHOWN).first).to_be_visible(timeout=WITHIN)
    served.wait_until_told("No mistakes are left.\n")


def test_it_leads_through_the_site_and_says_what_is_not_there(served: Served, page: Page) -> None:
    page.goto(served.address)
    page.get_by_role("link", name="The version in force").click()
    assert page.get_by_text("In force since").count()
    page.goto(served.address.replace("/draft/", ""))  # a folder without the slash at its end
    assert page.url == served.address.replace("draft/", "")
    page.goto(f"{served.address}nowhere.html")
    assert page.get_by_role("heading", name="This page does not exist").is_visible()


def test_assets_never_get_the_page_of_mistakes(served: Served) -> None:
    served.save(BEFORE, "learners: banned")
    for wanted, media_type, is_told in (("style", "text/css", False), ("document", "text/html", True)):
        connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=60)
        connection.request("GET", "/trottiscliffe/draft/assets/fonts/fonts.css", headers={"Sec-Fetch-Dest": wanted})
        answer = connection.getresponse()
        assert (answer.status, answer.headers.get_content_type()) == (500, media_type)
        assert (b"There are mistakes" in answer.read()) == is_told
        connection.close()


def _answers(address: str, port: int) -> bool:
    with contextlib.suppress(ConnectionRefusedError), socket.create_connection((address, port), timeout=10):
        return True
    return False


def test_it_is_reached_at_no_other_address(served: Served) -> None:
    # every address of 127.0.0.0/8 is this machine's, so a server that listened everywhere would answer at all of them
    with socket.create_server(("0.0.0.0", 0)) as everywhere:  # noqa: S104 - the control
        assert _answers("127.0.0.2", everywhere.getsockname()[1])
    assert _answers("127.0.0.1", served.port)
    assert not _answers("127.0.0.2", served.port)


def test_a_port_in_use_is_one_message(served: Served) -> None:
    folder = served.file.parents[2]
    done = subprocess.run(
        _command(folder, "--port", str(served.port)), cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == (
        f"Error: Port {served.port} is not available: Address already in use. Choose another with --port."
    )


def test_ctrl_c_ends_it(served: Served, page: Page) -> None:
    page.goto(served.address)  # which waits for changes
    served.process.send_signal(signal.SIGINT)
    assert served.process.wait(timeout=30) == 0
    assert served.told.read_text(encoding="utf-8") == ""
    assert not _answers("127.0.0.1", served.port)


PRESSED_WHILE_A_REQUEST_IS_TAKEN = """
import os, signal, time
from build_tools.cli import main
from build_tools.serving.server import Server

take = Server.process_request

def press_and_take(server, *request):
    time.sleep(0.5)  # until it waits to be interrupted
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(0.5)
    take(server, *request)
    print("taken", flush=True)

Server.process_request = press_and_take
main()
"""


def test_ctrl_c_does_not_strike_while_a_request_is_taken(tmp_path: Path) -> None:
    make_project(tmp_path)
    command = [sys.executable, "-c", PRESSED_WHILE_A_REQUEST_IS_TAKEN, *_command(tmp_path, "--port", "0")[3:]]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        port = urlsplit(process.stdout.readline().split()[1]).port or 0
        assert _answers("127.0.0.1", port)
        assert process.communicate(timeout=30) == ("taken\n", "")
    assert process.returncode == 0
