#!/usr/bin/env python3
"""Keeps the output that README shows true: runs the examples and writes what the program prints between README's marks.

usage: readme.py [--check] [--marsad PROGRAM]

With `--check` nothing is written; the exit status is 1 where README shows something else than the program prints.
"""
import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
LEDGER = "examples.ledger"


def marsad(program, folder, *arguments):
    """What the program prints, as it does into a pipe: 80 columns, no colour."""
    done = subprocess.run([program, *arguments], cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf8")
    if done.returncode:
        sys.exit(f"marsad {' '.join(arguments)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout.strip("\n")


def blocks(program):
    """The text for each mark: the run, and the dossier that the run points to."""
    with tempfile.TemporaryDirectory() as folder:
        os.symlink(ROOT / "examples", Path(folder) / "examples")
        run = marsad(program, folder, "run", "examples", "--ledger", LEDGER)
        event = re.search(r"marsad show (\S+)", run)[1]
        show = marsad(program, folder, "show", event, "--ledger", LEDGER)
    return {
        "run": f"$ marsad run examples --ledger {LEDGER}\n{run}",
        "show": f"$ marsad show {event} --ledger {LEDGER}\n{show}",
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--marsad", default=Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release" / "marsad", type=Path)
    a = parser.parse_args()
    old = new = README.read_text(encoding="utf8")
    for mark, text in blocks(str(a.marsad.resolve())).items():
        pattern = re.compile(rf"(<!-- {mark} -->\n)```\n.*?\n```\n", re.DOTALL)
        if not pattern.search(new):
            sys.exit(f"README has no block after <!-- {mark} -->")
        new = pattern.sub(lambda found: f"{found[1]}```\n{text}\n```\n", new)
    if old == new:
        print("README shows what the program prints")
    elif a.check:
        sys.exit("README shows another output than the program prints; run scripts/readme.py and look at what changed")
    else:
        README.write_text(new, encoding="utf8")
        print("README.md written")


if __name__ == "__main__":
    main()
