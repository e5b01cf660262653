"""Draws docs/demo.svg: what `contested read` prints for one of the example reports, from a real run.

Usage::

    python docs/draw_demo.py
"""

from __future__ import annotations

import io
import re
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

from contested import pipeline
from contested.cli.table import render_report
from contested.types import Claims

DOCS = Path(__file__).parent
REPORT = DOCS.parent / "examples" / "reports" / "wire-2016-08-02.txt"
WIDTH = 100  # columns; the table is made to be readable at this width
LINES = 46  # of the output, as many as a page shows without scrolling: the disputes and the first sources


def main() -> None:
    """Read the report and write the picture."""
    (claims,) = pipeline.read([str(REPORT)])
    if not isinstance(claims, Claims):
        raise SystemExit(f"the report could not be read: {claims}")
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    with console.capture() as captured:
        console.print(render_report(claims))
    lines = captured.get().splitlines()
    picture = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True)
    picture.print(Text.from_ansi("\n".join([*lines[:LINES], *(["…"] if len(lines) > LINES else [])])))
    svg = picture.export_svg(title=f"contested read {REPORT.name}", theme=MONOKAI, unique_id="demo")
    # The picture must not load a font from anywhere: fall back to what the reader's machine has.
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.S)
    svg = svg.replace("Fira Code", "DejaVu Sans Mono").replace("<svg ", '<svg xml:space="preserve" ', 1)
    (DOCS / "demo.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
