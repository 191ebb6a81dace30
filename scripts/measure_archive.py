#!/usr/bin/env python3
"""How fast a large web archive is read, and in how much memory.

    scripts/measure_archive.py --marsad target/release/marsad [--megabytes 1024] [--pages FOLDER] [--packed]

Makes an archive of so many megabytes from the pages of a folder (the examples, unless another is named): every tenth
record is one of them with a line of its own, the others have the pages' words in a new order, for else all would be
copies of a few. Reads it into a new ledger, and tells for reading (with analysis, sealing and entering) and for comparing how
long each took and the most memory that was resident meanwhile, of reading for each quarter of the archive. Archive and ledger lie in a temporary folder and go with it.
"""

import argparse
import gzip
import os
import pathlib
import random
import re
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent


def record(url: str, page: bytes) -> bytes:
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
    head = (
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2031-05-18T07:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


# Most of a page on the web is no text: padding of script brings each to the 60 kB that are usual.
PADDING = b"<script>" + b"var a=0;" * 7000 + b"</script></body>"


def write_archive(path: pathlib.Path, pages: list[bytes], length: int, packed: bool) -> int:
    chance = random.Random(1)
    texts = [re.sub(rb"(?s)<script.*?</script>|<style.*?</style>|<[^>]*>", b" ", page).split() for page in pages]
    count = written = 0
    with path.open("wb") as out:
        while written < length:
            page = pages[count % len(pages)]
            if count % 10:
                words = texts[count % len(pages)]
                lines = [b" ".join(chance.choices(words, k=24)) + b"." for _ in range(12)]
                page = b"<html><body><article><p>" + b"</p><p>".join(lines) + b"</p></article></body></html>"
            page = page.replace(b"</body>", f"<p>Ledger line {count}.</p>".encode() + PADDING)
            whole = record(f"https://outlet{count % 97}.example/{count}", page)
            written += len(whole)
            out.write(gzip.compress(whole, 1) if packed else whole)
            count += 1
    return count


def busy_seconds(process: pathlib.Path) -> float:
    fields = (process / "stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident(process: pathlib.Path) -> float:
    return int(re.search(r"VmRSS:\s+(\d+)", (process / "status").read_text())[1]) / 1024


def place(process: pathlib.Path, archive: pathlib.Path) -> int | None:
    """How far the process has read in the archive; None where it has it not open."""
    for fd in (process / "fd").iterdir():
        if os.path.realpath(fd) == str(archive):
            return int(re.search(r"pos:\s+(\d+)", (process / "fdinfo" / fd.name).read_text())[1])
    return None


def watched(command: list[str], archive: pathlib.Path) -> tuple[list[tuple[str, float, float, float]], list[float], str]:
    """Run it; for reading (until the archive is closed) and comparing: seconds, seconds of processors, most memory. For each
    quarter of the archive the most memory."""
    began = time.monotonic()
    run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    process = pathlib.Path(f"/proc/{run.pid}")
    reading = [0.0, 0.0, 0.0]
    whole = [0.0, 0.0, 0.0]
    quarters = [0.0] * 4
    length = archive.stat().st_size
    begun = False
    while run.poll() is None:
        try:
            seen = [time.monotonic() - began, busy_seconds(process), resident(process)]
            at = place(process, archive)
        except (OSError, TypeError):  # it ended meanwhile
            break
        opened = at is not None
        if opened:
            quarter = min(3, 4 * at // length)
            quarters[quarter] = max(quarters[quarter], seen[2])
        begun = begun or opened
        if opened or not begun:
            reading = [*seen[:2], max(reading[2], seen[2])]
        else:
            whole[2] = max(whole[2], seen[2])
        whole[:2] = seen[:2]
        time.sleep(0.05)
    told = re.sub(r"\s+", " ", run.communicate()[0].partition(" EVENT")[0].partition("\n\n")[0].strip())
    comparing = ("comparing", whole[0] - reading[0], whole[1] - reading[1], whole[2])
    return [("reading", *reading), comparing], quarters, told


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--marsad", default=str(ROOT / "target/release/marsad"))
    arguments.add_argument("--megabytes", type=int, default=1024)
    arguments.add_argument("--pages", type=pathlib.Path, default=ROOT / "examples")
    arguments.add_argument("--packed", action="store_true", help="each record a gzip member of its own")
    asked = arguments.parse_args()
    pages = [p.read_bytes() for p in sorted(asked.pages.rglob("*.html"))]
    if not pages:
        raise SystemExit(f"no .html under {asked.pages}")
    with tempfile.TemporaryDirectory() as folder:
        archive = pathlib.Path(folder).resolve() / ("measure.warc.gz" if asked.packed else "measure.warc")
        count = write_archive(archive, pages, asked.megabytes << 20, asked.packed)
        print(f"{count} records, {archive.stat().st_size >> 20} MiB in {archive.name}")
        ledger = pathlib.Path(folder) / "ledger"
        for what in ("first run", "second run"):
            command = [asked.marsad, "run", str(archive), "--ledger", str(ledger)]
            steps, quarters, told = watched(command, archive)
            for step, seconds, busy, peak in steps:
                print(
                    f"{what}, {step}: {seconds:.1f} s ({busy:.1f} s of processors), {count / max(seconds, 0.1):.0f} reports/s, "
                    f"{asked.megabytes / max(seconds, 0.1):.1f} MiB/s, at most {peak:.0f} MiB resident"
                )
            print(f"{what}, reading, by quarter of the archive: at most {', '.join(f'{q:.0f}' for q in quarters)} MiB resident")
            print(f"{what}: {told}")


if __name__ == "__main__":
    main()
