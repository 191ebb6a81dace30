#!/usr/bin/env python3
"""Learns which English and Arabic words stand for each other, for the comparing of texts across languages.

From sentences that others translated (`ntrex_en_ar` and `tatoeba_en_ar`, the part that may be learnt from) by the first model of
Brown and others (1993), in both directions; a pair is kept where each is the other's likeliest counterpart by a clear
measure and it was seen often enough. Names are left out, since their letters tell. Rows that rest on anything else stay as they are.

usage: learn_words.py [--shared DIR]      writes knowledge/world/word_pairs.tsv
"""
import argparse
import collections
import gzip
import json
import re
import unicodedata
import zlib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "knowledge" / "world" / "word_pairs.tsv"
COLUMNS = ("english", "arabic", "basis")
ROUNDS = 8
LEAST_SEEN = 3  # sentences in which both stand
LEAST_DOCUMENTS = 3  # that these are from: what one story is about stands for nothing elsewhere
LEAST_LIKELY = 0.12  # of either direction
LEAST_BOTH = 0.07  # product of the two
MOST_COMMON = 0.12  # share of sentences: what stands in more is a small word
NULL = ""
NAME = "@"


def held(document):
    return zlib.crc32(document.encode()) % 5 == 0


def sentences(gold):
    """Pairs of sentences with the set and the document that they are from."""
    for name in ("ntrex_en_ar", "tatoeba_en_ar"):
        with gzip.open(gold / name / "sentences.jsonl.gz", "rt", encoding="utf8") as file:
            for line in file:
                row = json.loads(line)
                document = row.get("document", row["en"])
                if not held(document):
                    yield name, document, row["en"], row["ar"]


def english(text):
    """Its words with their stems; those with capitals are marked, so that a name stands for itself and for nothing beside it."""
    for word in re.findall(r"[A-Za-z]+", text):
        if len(word) > 2:
            yield (stem_english(word) if word.islower() else NAME + word.lower()), word


def stem_english(word):
    for ending in ("ingly", "ings", "ing", "edly", "ed", "ies", "es", "s", "ly"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word[: -len(ending)]
            break
    return word.rstrip("ey") if len(word) > 4 else word


def arabic(text):
    """Its words with their stems."""
    text = "".join(c for c in unicodedata.normalize("NFKC", text) if not unicodedata.combining(c) and c != "\u0640")
    for word in re.findall(r"[\u0621-\u064a]+", text):
        if len(word) > 2:
            yield stem_arabic(word), bare(word)


def bare(word):
    """Without conjunction, preposition and article."""
    found = re.fullmatch(r"[وف]?(?:[بلك]?ال|لل)(.{3,})", word)
    return found[1] if found else word


def stem_arabic(word):
    word = bare(word).translate(str.maketrans("أإآىةؤئ", "ااايهوي"))
    for ending in ("تها", "اتها", "هما", "ات", "ون", "ين", "ان", "ها", "هم", "نا", "وا", "ية", "يه", "ه", "ي"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def likely(pairs):
    """For each word of the first side the likelihood of each word of the second, given it."""
    table = collections.defaultdict(lambda: 1.0)
    for _ in range(ROUNDS):
        counts, totals = collections.defaultdict(float), collections.defaultdict(float)
        for these, those in pairs:
            for b in those:
                whole = sum(table[a, b] for a in these)
                for a in these:
                    share = table[a, b] / whole
                    counts[a, b] += share
                    totals[a] += share
        table = collections.defaultdict(float, {(a, b): n / totals[a] for (a, b), n in counts.items()})
    return table


def learn(gold):
    """Rows of the table."""
    forms, pairs, sets = collections.defaultdict(collections.Counter), [], collections.defaultdict(set)
    for name, document, en, ar in sentences(gold):
        these, those = dict(english(en)), dict(arabic(ar))
        for stems in (these, those):
            for stem, word in stems.items():
                forms[stem][word] += 1
        pairs.append((list(these), list(those), name, document))
    forth = likely([([NULL, *e], a) for e, a, *_ in pairs])
    back = likely([([NULL, *a], e) for e, a, *_ in pairs])
    seen, alone, documents = collections.Counter(), collections.Counter(), collections.defaultdict(set)
    for e, a, name, document in pairs:
        alone.update(e)
        alone.update(a)
        for x in e:
            for y in a:
                seen[x, y] += 1
                sets[x, y].add(name)
                documents[x, y].add(document)
    rows = []
    for (x, y), n in seen.items():
        if x.startswith(NAME):
            continue
        common = max(alone[x], alone[y]) / len(pairs)
        p, q = forth[x, y], back[y, x]
        if n >= LEAST_SEEN and len(documents[x, y]) >= LEAST_DOCUMENTS and min(p, q) >= LEAST_LIKELY and p * q >= LEAST_BOTH and common <= MOST_COMMON:
            word = lambda stem: min(forms[stem], key=lambda w: (-forms[stem][w], w))
            rows.append((word(x), word(y), "gold:" + "|".join(sorted(sets[x, y]))))
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    a = parser.parse_args()
    head, kept = [], []
    if TABLE.exists():
        for line in TABLE.read_text(encoding="utf8").splitlines():
            if line.startswith("#"):
                head.append(line)
            elif line != "\t".join(COLUMNS) and "gold:" not in line.split("\t")[2]:
                kept.append(tuple(line.split("\t")))
    known = {(e, r) for e, r, _ in kept}
    rows = sorted({*kept, *(row for row in learn(a.shared / "gold") if row[:2] not in known)})
    TABLE.write_text("\n".join([*head, "\t".join(COLUMNS), *map("\t".join, rows)]) + "\n", encoding="utf8")
    print(f"{len(rows)} pairs, {len(rows) - len(kept)} of them learnt")


if __name__ == "__main__":
    main()
