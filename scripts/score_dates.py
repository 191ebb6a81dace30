#!/usr/bin/env python3
"""Measures what day of publication is read of pages and posts that carry one, against the day that others noted of them.

`trafilatura_eval` has pages with their day. Of `airwars_syria` the reports that came with a day of publication are read
without it, so that it must be found in address or text; a day that lies more than 60 days from each incident that the report
is tied to is a slip of the set (a year that was guessed) and is left out.

Shares of the reports that have a day: `right` is that day, or a month or year that holds it; `a day off` the day before or
after it (a page that prints no offset prints the day of where it was fetched); `wrong` any other; `unknown` none. A day that
the page's change is said to be of is counted as `changed`, where the set has noted that one.

usage: score_dates.py [--part train|held|all] [--gold DIR] [--marsad PROGRAM] [--limit N] [--verbose] [SET ...]
"""
import collections
import datetime
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SETS = ("trafilatura_eval", "airwars_syria")
FARTHEST = 60  # days


def tools():
    """The scorers' folder, which lies beside that of the gold data."""
    gold = Path(sys.argv[sys.argv.index("--gold") + 1]) if "--gold" in sys.argv else ROOT.parent / "shared" / "gold"
    return gold.resolve().parent / "tools"


sys.path.insert(0, str(tools()))
import harness  # noqa: E402
import score_lineage  # noqa: E402
import score_reading  # noqa: E402

day = datetime.date.fromisoformat


def pages(a):
    """Pages and their days."""
    gold, records = score_reading.load("trafilatura_eval", a.gold / "trafilatura_eval")
    records = [r for r in records if harness.wanted(a, r["key"]) and gold[r["key"]].get("date")]
    return records, {r["key"]: gold[r["key"]]["date"] for r in records}


def posts(a):
    """Reports and their days; how many days were left out is told."""
    reports, incidents, furniture = score_lineage.airwars(a, a.gold / "airwars_syria")
    records, days, slips = [], {}, 0
    for report in reports:
        record = score_lineage.record(report)
        if report["source_id"] in furniture or not (found := record.pop("published", None)):
            continue
        near = (abs((day(found) - day(incidents[i]["incident_date"])).days) <= FARTHEST for i in report["incident_ids"])
        if any(near):
            records.append(record)
            days[record["key"]] = found
        else:
            slips += 1
    harness.figure("days of the set left out", slips, slips + len(records))
    return records, days


def judged(gold, report):
    """How a report's day is to the day that was noted."""
    found = (report or {}).get("published")
    if not found:
        return "unknown"
    first, last = found["start"], found.get("end") or "9999-12-31"
    if first <= gold <= last:
        return "right"
    if abs((day(gold) - day(first)).days) == 1:
        return "a day off"
    changed = report.get("updated")
    return "changed" if changed and changed["start"] == gold else "wrong"


def score(a, name, records, days):
    """The shares of one set; returns that which is not wrong."""
    answers = harness.run(a, records, f"{name}_dates")
    tally, bases = collections.Counter(), collections.Counter()
    for key, gold in sorted(days.items()):
        report = answers.report.get(key)
        how = judged(gold, report)
        tally[how] += 1
        bases[how, report["published"]["basis"] if report and report["published"] else "none"] += 1
        if a.verbose and how == "wrong":
            print(f"  {gold}: {report['published']} {key}")
    n = len(days)
    for how in ("right", "a day off", "changed", "wrong", "unknown"):
        harness.figure(f"{name} dates: {how}", tally[how] / (n or 1), n)
    if a.verbose:
        print("  " + ", ".join(f"{how} by {basis}: {count}" for (how, basis), count in sorted(bases.items())))
    print(f"overall {name}_dates {1 - tally['wrong'] / (n or 1):.3f}")


def main():
    """Run the sets asked for."""
    a = harness.arguments(__doc__)
    for name, load in zip(SETS, (pages, posts)):
        if a.sets and name not in a.sets:
            continue
        if not (a.gold / name).is_dir():
            print(f"skipped: {name} is not there")
            continue
        records, days = load(a)
        score(a, name, records, days)


if __name__ == "__main__":
    main()
