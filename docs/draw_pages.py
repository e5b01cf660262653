"""Takes the two pictures of the pages in the README: `python docs/draw_pages.py`; needs Chromium and playwright.

Reads the example reports into a new store, serves it, and looks at the most widely told incident and at the wire report
with the words of one value lit. Nothing in the pictures is drawn by hand.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
REPORTS = HERE.parent / "examples" / "reports"
SIZE = {"width": 1280, "height": 900}


def main() -> None:
    """Write `pages-incident.png` and `pages-report.png` beside this file."""
    chromium = shutil.which("chromium") or sys.exit("no Chromium (Debian: apt-get install chromium)")
    contested = [sys.executable, "-m", "contested.cli.main"]
    with tempfile.TemporaryDirectory() as folder:
        store = f"{folder}/examples.db"
        subprocess.run([*contested, "add", REPORTS.name, "--store", store], check=True, cwd=REPORTS.parent)
        serve = [*contested, "serve", "--store", store, "--port", "0", "--no-browser"]
        with subprocess.Popen(serve, stderr=subprocess.PIPE, text=True) as running:
            address = next(line.strip() for line in running.stderr or () if "token=" in line)
            try:
                _draw(address, chromium)
            finally:
                running.terminate()


def _draw(address: str, chromium: str) -> None:
    base = address.split("/?")[0]
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport=SIZE)  # type: ignore[arg-type]  # its type is private
        page.goto(address)
        page.goto(f"{base}/incidents")
        page.goto(base + str(page.locator("table.incidents tbody a").first.get_attribute("href")))
        page.screenshot(path=HERE / "pages-incident.png")
        page.goto(f"{base}/sources")
        page.goto(base + str(page.locator("tbody th a", has_text="storm").first.get_attribute("href")))
        page.locator(".found a.value-link", has_text="several army positions").first.hover()
        page.screenshot(path=HERE / "pages-report.png")
        browser.close()


if __name__ == "__main__":
    main()
