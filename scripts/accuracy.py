#!/usr/bin/env python3
"""Measures Marsad against gold data and writes docs/accuracy.md.

Runs every scorer of the shared tools with the release program, one after the other, for the documents that a learner may
see (`train`) and for those that it may not (`held`), and keeps what they print. Nothing that hangs on the machine or the
day is written: the same program gives the same page.

usage: accuracy.py [NAME ...] [--part train|held|both] [--limit N] [--check | --pin] [--marsad PROGRAM] [--shared DIR]

NAME is one of seeds, claims, mentions, places_times, reading, dates, walls, lineage, incidents, ecbplus, names, or a set's name; without any, all run.
A part or set that is not asked for keeps the figures that stand in docs/accuracy.md. `--limit` takes the first N items of
each set, for a quick look, and writes nothing. `--check` writes no page either, measures `held` alone and fails below the
floors of scripts/floors.tsv. `--pin` raises these floors to what is measured on `held`, cut to two digits, and fails where
a figure is below its own; to lower one, edit the file and say why. Where the shared folder is not there, nothing is measured and nothing fails.
"""
import argparse
import csv
import hashlib
import math
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "accuracy.md"
FLOORS = ROOT / "scripts" / "floors.tsv"
PARTS = ("train", "held")

# Each scorer and the sets it takes on its command line.
SCORERS = {
    "claims": ("arabic_event_gsr", "plover_gsr", "muc34"),
    "mentions": ("re3d", "cleananercorp", "newsfane", "wojood_sample", "aqmar"),
    "places_times": ("geo", "idrisi_ar", "wikiwars", "recognizers_specs", "arabic_timex"),
    "reading": ("article_extraction", "trafilatura_eval"),
    "dates": ("trafilatura_eval", "airwars_syria"),
    "walls": ("airwars_syria",),
    "lineage": ("ntrex_en_ar", "airwars_syria"),
    "incidents": ("airwars_syria",),
    "ecbplus": ("ecbplus",),
    "names": ("names_ar_en",),
}

# What hangs on the machine is no accuracy.
TIMES = ("seconds", "reports per second")

PRF = re.compile(r"^(?P<label>\S.*?)\s+P\s+(?P<p>[\d.]+)\s+R\s+(?P<r>[\d.]+)\s+F1\s+(?P<f>[\d.]+)\s+n (?P<n>\d+)$")
FIGURE = re.compile(r"^(?P<label>\S.*?)\s+(?P<value>-?[\d.]+)(?P<unit>(?: \w+)?)\s+n (?P<n>\d+)$")
OVERALL = re.compile(r"^overall (?P<set>\S+) (?P<value>\S+)$")
SEED_KIND = re.compile(r"^(?P<kind>\S.*?)\s+(?P<good>\d+)/(?P<total>\d+)\s+(?P<share>[\d.]+)%$")
SEED_PRECISION = re.compile(r"^claim precision\s+(?P<share>[\d.]+)% of (?P<judged>\d+)")


class Figures:
    """What was measured: a set's overall value, its precision-recall-F1 lines and its other figures, by part."""

    def __init__(self):
        self.overall = {}  # (set, part): value
        self.prf = {}  # (set, label, part): (P, R, F1, n)
        self.other = {}  # (set, label, part): (value with its unit, n)
        self.seeds = {}  # kind: (passed, of, share)

    def forget(self, name, part):
        """Drop what stood for a set and part, before it is measured anew."""
        self.overall.pop((name, part), None)
        for table in (self.prf, self.other):
            for key in [k for k in table if k[0] == name and k[2] == part]:
                del table[key]

    def take(self, lines, part):
        """Take over a scorer's printed lines; figures belong to the `overall` line that ends their set."""
        waiting = []
        for line in map(str.strip, lines):
            if end := OVERALL.match(line):
                name = end["set"]
                self.forget(name, part)
                self.overall[name, part] = end["value"]
                for kind, label, value in waiting:
                    label = label.removeprefix(name).strip() or label
                    table = self.prf if kind == "prf" else self.other
                    table[name, label, part] = value
                waiting = []
            elif line.startswith("== "):
                waiting = []
            elif found := PRF.match(line):
                waiting.append(("prf", found["label"], (found["p"], found["r"], found["f"], found["n"])))
            elif (found := FIGURE.match(line)) and found["label"] not in TIMES:
                waiting.append(("other", found["label"], (found["value"] + found["unit"], found["n"])))

    def take_seeds(self, lines):
        """Take over what the scorer of the seeds printed."""
        self.seeds = {}
        for line in lines:
            if found := SEED_PRECISION.match(line):
                self.seeds["claim precision"] = ("", found["judged"], found["share"])
            elif found := SEED_KIND.match(line):
                self.seeds[found["kind"]] = (found["good"], found["total"], found["share"])


# The page

HEAD = """# Accuracy

Written by `scripts/accuracy.py`; do not edit. The gold data are other people's, are not part of this repository, and each
keeps its licence. The documents of every set fall into two parts by a hash of their id: rules and words may be learnt from
`train` only, so `held`, a fifth of the documents, tells how Marsad does on what no rule was made from. Sets marked † are for
measuring only: nothing is learnt from either part. These are figures of development, not of a comparison with other
programs. What each scorer counts as right is said in the scorer.
"""

MEASURE_ONLY = ("airwars", "arabic_timex", "cleananercorp", "geo", "article_extraction", "trafilatura_eval")


def marked(name):
    return name + (" †" if name.startswith(MEASURE_ONLY) else "")


def table(columns, rows):
    lines = ["| " + " | ".join(columns) + " |", "| " + " | ".join("---" if i < 1 or c == "figure" else "--:" for i, c in enumerate(columns)) + " |"]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def page(figures):
    """The page of all figures, sorted by set and by label."""
    sets = sorted({name for name, _ in figures.overall})
    out = [HEAD]
    out.append("## Each set's own figure\n\nBetween 0 and 1; the higher the better.\n")
    out.append(table(("set", *PARTS), [[marked(s), *(figures.overall.get((s, p), "") for p in PARTS)] for s in sets]))
    out.append("## The five seed reports\n\nShare of checks passed; `claim precision` is the share of judged claims that are right.\n")
    out.append(table(("check", "passed", "of", "per cent"), [[k, *v] for k, v in sorted(figures.seeds.items(), key=seed_order)]))
    out.append("## Precision, recall, F1\n\n`n` is the number of gold items.\n")
    out.append(table(("set", "figure", *(f"{p} {c}" for p in PARTS for c in ("P", "R", "F1", "n"))), detail(figures.prf, 4)))
    out.append("## Wrong and missed\n\nOf what comparing ties and joins: the share that is wrong, and the share of what should be that is missed.\n")
    out.append(table(("set", "figure", *(f"{p} {c}" for p in PARTS for c in ("wrong", "missed"))), wrong_and_missed(figures)))
    out.append("## Other figures\n")
    out.append(table(("set", "figure", *(f"{p} {c}".strip() for p in PARTS for c in ("", "n"))), detail(figures.other, 2)))
    return "\n".join(out)


def wrong_and_missed(figures):
    """Rows of ties and merges: what is wrong among those made, and what is missed of those there are."""
    rows = {}
    for (name, label, part), (p, r, _, _) in figures.prf.items():
        if label.endswith((" pairs", " edge", " one origin")) and "same lemma" not in label:
            rows.setdefault((name, label), {})[part] = (1 - float(p), 1 - float(r))
    for (name, label, part), (value, _) in figures.other.items():
        if found := re.fullmatch(r"\S+ (exact|near) copies: (.*)", label):
            rows.setdefault((name, f"{found[1]} copies, {found[2]}"), {})[part] = (None, 1 - float(value))
        elif found := re.fullmatch(r"\S+ false among (.*)", label):
            rows.setdefault((name, f"reports of different incidents, {found[1]}"), {})[part] = (float(value), None)
    told = lambda value: "" if value is None else f"{value:.3f}"
    return [[name, label, *(told(v) for p in PARTS for v in of.get(p, (None, None)))] for (name, label), of in sorted(rows.items())]


def seed_order(item):
    return (item[0] == "overall", item[0])


def detail(found, width):
    keys = sorted({(name, label) for name, label, _ in found})
    return [[name, label, *(cell for p in PARTS for cell in found.get((name, label, p), ("",) * width))] for name, label in keys]


def read_page(text):
    """The figures of a page, so that a part that is not measured anew stays as it was."""
    figures, section = Figures(), ""
    for line in text.splitlines():
        if line.startswith("## "):
            section = line[3:]
        cells = [c.strip() for c in line.strip("|").split("|")] if line.startswith("| ") else None
        if not cells or cells[0] in ("set", "check", "---"):
            continue
        name = cells[0].removesuffix(" †")
        if section.startswith("Each"):
            figures.overall |= {(name, p): v for p, v in zip(PARTS, cells[1:]) if v}
        elif section.startswith("The five"):
            figures.seeds[name] = tuple(cells[1:])
        elif section.startswith("Precision"):
            figures.prf |= {(name, cells[1], p): tuple(cells[2 + 4 * i : 6 + 4 * i]) for i, p in enumerate(PARTS) if cells[5 + 4 * i]}
        elif section.startswith("Other"):
            figures.other |= {(name, cells[1], p): tuple(cells[2 + 2 * i : 4 + 2 * i]) for i, p in enumerate(PARTS) if cells[3 + 2 * i]}
    return figures


# Running

def run(command):
    """Run a scorer, show what it prints, and give back its lines and whether it came to its end."""
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, encoding="utf8", cwd=ROOT)
    lines = []
    for line in process.stdout:
        print("  " + line, end="", flush=True)
        lines.append(line.rstrip("\n"))
    return lines, process.wait() == 0


def score_seeds(a, figures):
    with tempfile.TemporaryDirectory() as folder:
        for command in (["run", str(a.shared / "seeds"), "--ledger", f"{folder}/ledger"], ["export", "--ledger", f"{folder}/ledger", "--out", f"{folder}/export"]):
            done = subprocess.run([a.marsad, *command], stdin=subprocess.DEVNULL, capture_output=True, text=True)
            if done.returncode not in (0, 1):
                print(f"marsad {command[0]} failed on the seeds:\n{done.stderr}")
                return False
        lines, ended = run([sys.executable, str(a.shared / "tools" / "score_seeds.py"), f"{folder}/export"])
    figures.take_seeds(lines)
    return ended and bool(figures.seeds)


# Floors

FLOOR_COLUMNS = ("set", "figure", "floor", "digest")


def folder_of(name):
    """The folder of the shared data that a set's figures are measured on."""
    return "seeds" if name == "seeds" else "gold/airwars_syria" if name.startswith("airwars") else f"gold/{name.removesuffix('_dates')}"


def digest(shared, name):
    """The beginning of a hash of all files of a set: a floor holds for the documents that it was pinned on."""
    total = hashlib.sha256()
    folder = shared / folder_of(name)
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        total.update(f"{path.relative_to(folder)}\0".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()[:16]


def read_floors():
    """The rows of the table of floors."""
    with FLOORS.open(encoding="utf8", newline="") as file:
        return list(csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t"))


def measured(figures, row):
    """What was measured for a floor's figure on `held` (the seeds: in all), as a number; None where nothing was."""
    name, figure = row["set"], row["figure"]
    if name == "seeds":
        found = figures.seeds.get(figure)
        return float(found[2]) if found else None
    if figure == "overall":
        found = figures.overall.get((name, "held"))
    elif prf := figures.prf.get((name, figure, "held")):
        found = prf[2]
    else:
        found = figures.other.get((name, figure, "held"), (None,))[0]
    return None if found is None else float(found.split()[0])


def below_floors(a, figures, chosen):
    """The floors that what was measured in this run misses, in words."""
    asked = {s for scorer, sets in chosen.items() for s in (sets or SCORERS.get(scorer, (scorer,)))}
    missed, digests = [], {}
    for row in read_floors():
        if folder_of(row["set"]).rpartition("/")[2] not in asked:
            continue
        found = digests.setdefault(folder_of(row["set"]), digest(a.shared, row["set"]))
        value, what = measured(figures, row), f"{row['set']}, {row['figure']}"
        if found != row["digest"]:
            print(f"skipped: the floor of {what} was pinned on other documents")
        elif value is None:
            missed.append(f"{what}: nothing was measured")
        elif value < float(row["floor"]):
            missed.append(f"{what}: {value:g}, its floor is {row['floor']}")
    return missed


def pin(a, figures):
    """Raise each floor to what is measured, cut to two digits (whole per cents for the seeds)."""
    remarks = [line for line in FLOORS.read_text(encoding="utf8").splitlines() if line.startswith("#")]
    lines = ["\t".join(FLOOR_COLUMNS)]
    for row in read_floors():
        scale, value = (1, measured(figures, row)) if row["set"] == "seeds" else (100, measured(figures, row))
        now = digest(a.shared, row["set"])
        if value is not None:
            kept = float(row["floor"]) if row["digest"] == now else 0.0
            row |= {"floor": f"{max(kept, math.floor(value * scale + 1e-9) / scale):g}", "digest": now}
        lines.append("\t".join(row[c] for c in FLOOR_COLUMNS))
    FLOORS.write_text("\n".join([*remarks, *lines]) + "\n", encoding="utf8")


def wanted(names):
    """Which scorers run, each with the sets it is asked for (none: all it knows)."""
    known = {"seeds", *SCORERS, *(s for sets in SCORERS.values() for s in sets)}
    if unknown := sorted(set(names) - known):
        sys.exit(f"no scorer or set is called {', '.join(unknown)}; there are {', '.join(sorted(known))}")
    if not names:
        return {"seeds": [], **{scorer: [] for scorer in SCORERS}}
    chosen = {"seeds": []} if "seeds" in names else {}
    for scorer, sets in SCORERS.items():
        asked = [] if scorer in names else [s for s in sets if s in names]
        if scorer in names or asked:
            chosen[scorer] = asked
    return chosen


def program(a):
    """The release program: the one named, or that of the build folder."""
    if a.marsad:
        return str(Path(a.marsad).resolve())
    built = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release" / "marsad"
    if not built.exists():
        sys.exit(f"{built} is not there; build it: cargo build --release -p marsad")
    return str(built.resolve())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--part", choices=(*PARTS, "both"), default="both")
    parser.add_argument("--limit", type=int, default=0)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--pin", action="store_true")
    parser.add_argument("--marsad")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    a = parser.parse_args()
    a.shared = a.shared.resolve()
    if not (a.shared / "tools").is_dir():
        print(f"skipped: ../shared absent (no scorers, no gold data at {a.shared})")
        return 0
    a.marsad = program(a)
    chosen, begun, failed = wanted(a.names), time.monotonic(), []
    figures = read_page(PAGE.read_text(encoding="utf8")) if PAGE.exists() else Figures()
    if "seeds" in chosen and not score_seeds(a, figures):
        failed.append("seeds")
    for part in ("held",) if a.check else PARTS if a.part == "both" else (a.part,):
        for scorer, sets in chosen.items():
            if scorer == "seeds":
                continue
            print(f"{scorer}, {part}", flush=True)
            limit = ["--limit", str(a.limit)] if a.limit else []
            # The scorers of names, dates, walls and ecbplus are the repository's own.
            own = ROOT / "scripts" / f"score_{scorer}.py"
            scorer_file = own if own.exists() else a.shared / "tools" / f"score_{scorer}.py"
            command = [sys.executable, str(scorer_file), "--marsad", a.marsad, "--gold", str(a.shared / "gold")]
            lines, ended = run([*command, "--part", part, *limit, *sets])
            figures.take(lines, part)
            if not ended:
                failed.append(f"{scorer}, {part}")
    if a.check or a.pin:
        failed += below_floors(a, figures, chosen)
    if not a.check and not a.limit:
        if a.pin:
            pin(a, figures)
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text(page(figures), encoding="utf8")
        print(f"{PAGE.relative_to(ROOT)} written; {time.monotonic() - begun:.0f} s")
    for what in failed:
        print(f"failed: {what}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
