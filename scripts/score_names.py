#!/usr/bin/env python3
"""Measures how well names are found across scripts, on pairs of names in Latin and Arabic letters; learns from them, too.

For each name of the asked part, the right name is hidden among all names of the same file in the other script: accuracy at 1
and mean reciprocal rank (the first ten count). Where a file pairs a name with several, each of them is right. Spellings that
fold to the same letters are one name. For matching, each pair of the part is to be told from a pair of the same name with
another name of the file: F1 of what `crates/name` calls one name.

Pairs fall into parts by a hash of the Latin name. Learnt from are the `train` parts of the two files that their makers set
apart for that (`wikidata_64`, `wikipedia_train`); `wikidata_16` and `wikipedia_eval` are learnt from in neither part.

usage: score_names.py [--part train|held|all] [--gold DIR] [--marsad PROGRAM] [--limit N] [--verbose] [SET]
       score_names.py --learn            writes knowledge/world/letters.tsv
"""
import argparse
import gzip
import re
import subprocess
import sys
import tempfile
import unicodedata
import zlib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LETTERS = ROOT / "knowledge" / "world" / "letters.tsv"
FILES = ("wikidata_64", "wikidata_16", "wikipedia_train", "wikipedia_eval")
LEARNT = ("wikidata_64", "wikipedia_train")
# So many names of a large file are asked for; all its names are there to be found.
ASKED = 2000


def held(latin):
    return zlib.crc32(latin.encode()) % 5 == 0


def read(gold, name):
    """A file's pairs: Latin name, Arabic name, how often it was seen."""
    pairs = []
    with gzip.open(gold / "names_ar_en" / f"{name}.tsv.gz", "rt", encoding="utf8") as lines:
        for line in lines:
            cells = line.rstrip("\n").split("\t")
            if name.startswith("wikidata"):
                pairs.append((cells[0], cells[1].replace(" ", ""), int(cells[2])))
            else:
                pairs.append((cells[1], cells[0], 1))
    return pairs


def fold(name):
    """What spellings of one name share: letters without marks, Arabic variants as one."""
    name = "".join(c for c in unicodedata.normalize("NFKD", name).casefold() if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", "", name.translate(str.maketrans("أإآٱىةؤئکیہ", "ااااي" + "هويكيه"))).replace("ء", "")


def program(a):
    """The ranking program, built with the profile that the measured program was built with."""
    profile = Path(a.marsad).resolve().parent.name if a.marsad else "release"
    profile = profile if profile in ("release", "measure") else "release"
    build = ["cargo", "build", "--quiet", "--profile", profile, "-p", "marsad-name", "--example", "names", "--message-format", "json"]
    done = subprocess.run(build, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    found = re.findall(r'"executable":"([^"]+)"', done.stdout)
    if done.returncode or not found:
        sys.exit(f"building the ranking program failed:\n{done.stderr[-2000:]}")
    return found[-1]


def ask(command, lines):
    done = subprocess.run(command, input="".join(f"{line}\n" for line in lines), capture_output=True, text=True, encoding="utf8", check=True)
    return done.stdout.splitlines(), done.stderr.strip()


def ranked(names, pairs, wanted, verbose):
    """Accuracy at 1 and mean reciprocal rank of the wanted names, from the first column into the second."""
    right = {}
    for name, other in pairs:
        right.setdefault(name, set()).add(fold(other))
    others = sorted({other for _, other in pairs})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "names"
        path.write_text("".join(f"{o}\n" for o in others), encoding="utf8")
        lines, told = ask([names, "rank", str(path)], wanted)
    hits = ranks = 0.0
    for name, line in zip(wanted, lines):
        found = list(dict.fromkeys(fold(f) for f in line.split("\t")[1::2]))
        place = next((i for i, f in enumerate(found) if f in right[name]), None)
        hits += place == 0
        ranks += 0 if place is None else 1 / (place + 1)
        if verbose and place != 0:
            print(f"  missed\t{name}\t{'|'.join(sorted(right[name]))}\t{line.split(chr(9))[1:7]}")
    n = max(1, len(wanted))
    if verbose:
        print(f"  {told}")
    return hits / n, ranks / n, len(wanted)


def matched(names, pairs, verbose):
    """Precision, recall and F1 of telling each pair from one with another name of the file."""
    shift = max(1, len(pairs) // 2)
    wrong = [(latin, pairs[(i + shift) % len(pairs)][1]) for i, (latin, _) in enumerate(pairs)]
    lines, _ = ask([names, "match"], [f"{latin}\t{arabic}" for latin, arabic in pairs + wrong])
    same = [line.split("\t")[1] == "1" for line in lines]
    hits, false = sum(same[: len(pairs)]), sum(same[len(pairs) :])
    if verbose:
        scores = [int(line.split("\t")[0]) for line in lines]
        for least in range(200, 900, 100):
            good, bad = (sum(s >= least for s in part) for part in (scores[: len(pairs)], scores[len(pairs) :]))
            print(f"  score {least}: right {good}, wrong {bad} of {len(pairs)}")
        for (latin, arabic), yes in zip(wrong, same[len(pairs) :]):
            if yes:
                print(f"  taken for one\t{latin}\t{arabic}")
    precision, recall = hits / max(1, hits + false), hits / max(1, len(pairs))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def learn(a):
    pairs = [p for name in LEARNT for p in read(a.gold, name) if not held(p[0])]
    rows, _ = ask([program(a), "learn"], [f"{latin}\t{arabic}\t{often}" for latin, arabic, often in pairs])
    head = [line for line in LETTERS.read_text(encoding="utf8").splitlines() if line.startswith(("# ", "latin\t"))]
    LETTERS.write_text("".join(f"{line}\n" for line in head + rows), encoding="utf8")
    print(f"{LETTERS.relative_to(ROOT)}: {len(rows)} rows, learnt from {len(pairs)} pairs")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*")
    parser.add_argument("--part", choices=("all", "train", "held"), default="all")
    parser.add_argument("--gold", type=Path, default=ROOT.parent / "shared" / "gold")
    parser.add_argument("--marsad")
    parser.add_argument("--limit", type=int, default=ASKED)
    parser.add_argument("--learn", action="store_true")
    parser.add_argument("--verbose", "-v", action="store_true")
    a = parser.parse_args()
    a.gold = a.gold.resolve()
    if not (a.gold / "names_ar_en").is_dir():
        print(f"skipped: no pairs of names at {a.gold}")
        return
    if a.learn:
        return learn(a)
    names, accuracies = program(a), []
    for file in FILES:
        pairs = [(latin, arabic) for latin, arabic, _ in read(a.gold, file) if fold(latin) and fold(arabic)]
        part = [p for p in pairs if a.part == "all" or held(p[0]) == (a.part == "held")]
        # The order of a hash, so that a limit takes names from everywhere.
        part.sort(key=lambda p: zlib.crc32(("order " + p[0]).encode()))
        part = part[: a.limit or ASKED]
        for way, turned in (("en to ar", False), ("ar to en", True)):
            turn = lambda ps: [p[::-1] for p in ps] if turned else ps
            wanted = list(dict.fromkeys(p[0] for p in turn(part)))
            accuracy, rank, n = ranked(names, turn(pairs), wanted, a.verbose)
            print(f"{'names_ar_en ' + file + ' ' + way + ' accuracy at 1':60} {accuracy:8.3f}  n {n}", flush=True)
            print(f"{'names_ar_en ' + file + ' ' + way + ' reciprocal rank':60} {rank:8.3f}  n {n}", flush=True)
            if file.startswith("wikidata"):
                accuracies.append(accuracy)
        precision, recall, f1 = matched(names, part, a.verbose)
        print(f"{'names_ar_en ' + file + ' matching':60} P {precision:6.3f}  R {recall:6.3f}  F1 {f1:6.3f}  n {len(part)}", flush=True)
    print(f"overall names_ar_en {sum(accuracies) / len(accuracies):.4f}")


if __name__ == "__main__":
    sys.exit(main())
