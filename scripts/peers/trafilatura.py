#!/usr/bin/env python3
"""Compares what Marsad takes for a page's text with what trafilatura takes, and writes docs/peers-reading.md.

trafilatura is no part of Marsad: it is put into a throw-away environment here. Both programs read the same pages of two sets
in the same run, and one scorer judges both. Needs pip and the shared gold data; says so and stops where one is missing.

usage: trafilatura.py [--marsad PROGRAM] [--shared DIR] [--print]

`--print` writes nothing but the terminal. Build both with `cargo build --release -p marsad` and `cargo build --release -p
marsad-read --example extract`.
"""
import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = ROOT / "docs" / "peers-reading.md"
PACKAGE = "trafilatura"
NEEDS = "lxml_html_clean"  # what it imports and newer releases of lxml no longer bring
SETS = ("article_extraction", "trafilatura_eval")
PARTS = ("train", "held")

HEAD = """# Text of pages, beside trafilatura

Written by `scripts/peers/trafilatura.py`: `{package}` and Marsad read the same pages in one run, and the same scorer judges both:
`article_extraction` by runs of four words shared with the article's body, `trafilatura_eval` by segments that must and must
not come out. Both sets are measured on only: nothing was learnt from them. trafilatura was tuned on the second. It is run
with its own settings, comments left out.

| set | part | Marsad P / R / F1 | trafilatura P / R / F1 | pages or segments |
| --- | --- | --- | --- | --: |
"""
TAIL = """
Speed in the same run, pages a second: {speed}. It hangs on the machine and on what else it does.
"""
FIGURES = r"^{label}\s+P\s+([\d.]+)\s+R\s+([\d.]+)\s+F1\s+([\d.]+)\s+n\s+(\d+)"


def environment(folder):
    """A throw-away environment with trafilatura in it: its Python, and the package with its version."""
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    python = Path(folder) / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", PACKAGE, NEEDS], check=True)
    listed = subprocess.run([python, "-m", "pip", "show", PACKAGE], check=True, capture_output=True, text=True).stdout
    return python, f"{PACKAGE}=={re.search(r'^Version: (.+)$', listed, re.M)[1]}"


def figures(output, label):
    """Precision, recall and F1 of a line of the scorer's, and how many it counted."""
    found = re.search(FIGURES.format(label=re.escape(label)), output, re.M)
    return found.groups() if found else sys.exit(f"the scorer printed no line for {label}:\n{output}")


def speed(output, label):
    """Pages a second as the scorer printed them."""
    return re.search(rf"^{re.escape(label)}:.*?([\d.]+) pages per second", output, re.M)[1]


def alone(example, kept):
    """Pages a second of Marsad's reading alone (the example `extract`), over the records that the scorer kept."""
    output = subprocess.run([example, kept], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True).stderr
    return re.search(r"([\d.]+) pages a second", output)[1]


def main():
    """Run both programs over all parts and write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--marsad", type=Path, default=ROOT / "target" / "release" / "marsad")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--print", action="store_true")
    arguments = parser.parse_args()
    scorer = arguments.shared / "tools" / "score_reading.py"
    example = arguments.marsad.parent / "examples" / "extract"
    for needed in (arguments.marsad, example, scorer):
        if not needed.exists():
            sys.exit(f"{needed} is not there")
    rows, speeds = [], []
    with tempfile.TemporaryDirectory() as folder:
        python, package = environment(folder)
        for part in PARTS:
            command = [python, scorer, *SETS, "--against", "trafilatura", "--marsad", arguments.marsad.resolve(), "--part", part]
            command += ["--keep", Path(folder) / part]
            output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            for name in SETS:
                ours, theirs = figures(output, name), figures(output, f"{name} (trafilatura)")
                cells = [" / ".join(values[:3]) for values in (ours, theirs)]
                rows.append(f"| {name} | {part} | {cells[0]} | {cells[1]} | {ours[3]} |")
                ours_alone = alone(example.resolve(), Path(folder) / part / name / "in.jsonl")
                theirs_alone = speed(output, f"{name} (trafilatura)")
                whole = speed(output, name)
                speeds.append(f"{name} {part} {ours_alone} by Marsad's reading alone ({whole} in a whole run), {theirs_alone} by trafilatura")
    page = HEAD.format(package=package) + "\n".join(rows) + "\n" + TAIL.format(speed="; ".join(speeds))
    print(page)
    if not arguments.print:
        PAGE.write_text(page, encoding="utf8")


if __name__ == "__main__":
    main()
