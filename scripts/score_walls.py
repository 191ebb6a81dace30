#!/usr/bin/env python3
"""Measures how well log-in walls and menus are told from reports, on the catches of `airwars_syria`.

The set does not say what is a wall. A text that stands under three incidents or more is one (432 of its 2,290 catches);
of these, `recognised` is the share that is set aside as no report. Of all others, `set aside` is the share that is: an
upper bound of the reports that are taken for a wall, since walls caught once are among them. The set's figure is the smaller
of the walls recognised and the others kept.

usage: score_walls.py [--part train|held|all] [--gold DIR] [--marsad PROGRAM] [--limit N] [--verbose] [airwars_syria]
"""
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def tools():
    """The scorers' folder, which lies beside that of the gold data."""
    gold = Path(sys.argv[sys.argv.index("--gold") + 1]) if "--gold" in sys.argv else ROOT.parent / "shared" / "gold"
    return gold.resolve().parent / "tools"


sys.path.insert(0, str(tools()))
import harness  # noqa: E402
import score_lineage  # noqa: E402


def main():
    """Run the set."""
    a = harness.arguments(__doc__)
    folder = a.gold / "airwars_syria"
    if not folder.is_dir():
        print("skipped: airwars_syria is not there")
        return
    reports, _, furniture = score_lineage.airwars(a, folder)
    answers = harness.run(a, [score_lineage.record(r) for r in reports], "airwars_syria_walls")
    read = {key for report in answers.reports for key in report["keys"]} | {late for late, early in answers.same_text.items() if early in answers.report}
    walls = [r for r in reports if r["source_id"] in furniture]
    others = [r for r in reports if r["source_id"] not in furniture]
    recognised = sum(r["source_id"] not in read for r in walls) / (len(walls) or 1)
    aside = [r for r in others if r["source_id"] not in read]
    taken = len(aside) / (len(others) or 1)
    harness.figure("walls and menus recognised", recognised, len(walls))
    harness.figure("others set aside", taken, len(others))
    if a.verbose:
        for report in aside:
            print(f"  set aside: {report['url']}")
    print(f"overall airwars_walls {min(recognised, 1 - taken):.3f}")


if __name__ == "__main__":
    main()
