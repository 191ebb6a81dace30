#!/usr/bin/env python3
"""What a thousand more reports cost in a ledger that grows.

    scripts/measure_growth.py --marsad target/release/marsad [--at 10000,20000,40000] [--more 1000]

Invented reports (`scripts/many_reports.py`) go into a new ledger up to each size; then so many more are added in a run of their
own, of which processor seconds and the most resident memory are told, and the slope against the first size. Last, the cost of
finding everything anew is told: a run that reads all into a ledger of its own at the largest size. The ledgers lie in a
temporary folder and go with it.
"""
import argparse
import os
import pathlib
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent


def reports(path: pathlib.Path, first: int, last: int) -> pathlib.Path:
    with path.open("wb") as out:
        subprocess.run([sys.executable, str(ROOT / "scripts/many_reports.py"), str(last), "--from", str(first)], stdout=out, check=True)
    return path


def measured(marsad: str, path: pathlib.Path, ledger: pathlib.Path) -> tuple[float, float, float]:
    """Seconds of processors, seconds, and MiB resident at most."""
    began = time.monotonic()
    process = subprocess.Popen([marsad, "run", str(path), "--ledger", str(ledger)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status):
        raise SystemExit(f"marsad run failed on {path}")
    return used.ru_utime + used.ru_stime, time.monotonic() - began, used.ru_maxrss / 1024


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--marsad", default=str(ROOT / "target/release/marsad"))
    arguments.add_argument("--at", default="10000,20000,40000")
    arguments.add_argument("--more", type=int, default=1000)
    asked = arguments.parse_args()
    sizes = sorted(int(size) for size in asked.at.split(","))
    with tempfile.TemporaryDirectory() as folder:
        here = pathlib.Path(folder)
        held, first = 0, None
        for size in sizes:
            measured(asked.marsad, reports(here / "grow.jsonl", held, size), here / "ledger")
            held = size + asked.more
            busy, seconds, most = measured(asked.marsad, reports(here / "more.jsonl", size, held), here / "ledger")
            first = first or busy
            print(f"{asked.more} reports after {size}: {busy:.1f} s of processors ({busy / first:.2f} ×), {seconds:.1f} s, at most {most:.0f} MiB", flush=True)
        busy, seconds, most = measured(asked.marsad, reports(here / "all.jsonl", 0, sizes[-1]), here / "whole")
        print(f"all of {sizes[-1]} in one run: {busy:.1f} s of processors, {seconds:.1f} s, at most {most:.0f} MiB")


if __name__ == "__main__":
    main()
