#!/usr/bin/env python3
"""Reads an export of every format with the readers that people use, and checks that the formats agree.

    scripts/check_exports.py --marsad target/release/marsad LEDGER

Needs the packages duckdb, pandas, pyarrow, geojson and bagit; where one is absent it says that it checks nothing and ends with
status 0.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

FORMATS = "jsonl,csv,parquet,geojson,acled,ged,plover,dossier"
TABLES = ("events", "claims", "victims", "reports")
faults = []


def check(holds, what):
    if not holds:
        faults.append(what)


def lines(path):
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def tables(folder, duckdb, pandas):
    """Every table in every form: as many rows, the same columns, the same sums."""
    for table in TABLES:
        records = len(lines(folder / f"{table}.jsonl"))
        parquet = pandas.read_parquet(folder / f"{table}.parquet")
        text = pandas.read_csv(folder / f"{table}.csv")
        by_duckdb = {}
        for form in ("parquet", "csv"):
            reader = f"read_parquet('{folder}/{table}.parquet')" if form == "parquet" else f"read_csv('{folder}/{table}.csv', header=true)"
            by_duckdb[form] = duckdb.sql(f"SELECT count(*) FROM {reader}").fetchall()[0][0]
        counts = {"jsonl": records, "pandas parquet": len(parquet), "pandas csv": len(text)}
        counts |= {f"duckdb {form}": count for form, count in by_duckdb.items()}
        check(len(set(counts.values())) == 1, f"{table}: {counts}")
        check(list(parquet.columns) == list(text.columns), f"{table}: the columns of Parquet and CSV differ")
        sums = {}
        for column in parquet.select_dtypes("number").columns:
            a, b = parquet[column].sum(), pandas.to_numeric(text[column]).sum()
            check(abs(a - b) < 1e-6 * max(1, abs(a)), f"{table}.{column}: {a} in Parquet, {b} in CSV")
            sums[column] = a
        print(f"{table}: {records} rows in {', '.join(counts)}; {len(parquet.columns)} columns, {len(sums)} sums agree")


def did_not_happen(event):
    """All who speak of it say so; such events have no row in the shapes of others."""
    return any(a["attribute"] == "occurrence" and a["value"] == "did not happen" for a in event["agreed"])


def shapes(folder, pandas):
    """The shapes of others hold the same events and the same dead."""
    events = pandas.read_parquet(folder / "events.parquet")
    denied = [event["id"] for event in lines(folder / "events.jsonl") if did_not_happen(event)]
    told = f"{len(denied)} × all who speak of it say that it did not happen: left out"
    for shape in ("acled", "ged", "plover"):
        losses = (folder / f"{shape}.losses.txt").read_text(encoding="utf-8")
        check((told in losses) == bool(denied), f"{shape}.losses.txt does not tell of the {len(denied)} that did not happen")
    events = events[~events["id"].isin(denied)]
    killed = int(events["killed_min"].sum())
    acled, ged = pandas.read_csv(folder / "acled.csv"), pandas.read_csv(folder / "ged.csv")
    plover = lines(folder / "plover.jsonl")
    dead = {
        "events": killed,
        "acled": int(acled["fatalities"].sum()),
        "ged": int(ged["best"].sum()),
        "ged by side": int(ged[["deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"]].sum().sum()),
    }
    check(len(set(dead.values())) == 1, f"dead: {dead}")
    check(len(acled) == len(events), f"acled.csv has {len(acled)} rows for {len(events)} events")
    check((acled.shape[1], ged.shape[1]) == (31, 49), f"{acled.shape[1]} and {ged.shape[1]} columns, not 31 and 49")
    unknown = acled["tags"].str.contains("fatalities=unknown").sum()
    check(unknown == events["killed_min"].isna().sum(), "what is unknown is not tagged in every row")
    check(all(event["event"] and event["quad_code"] in (1, 2, 3, 4) for event in plover), "an event of PLOVER without category")
    print(f"acled: {len(acled)} rows, ged: {len(ged)}, plover: {len(plover)}; {killed} dead in each, {unknown} rows tagged as unknown")


def shapes_on_the_map(folder, geojson):
    """RFC 7946, as far as a collection of points goes, and as the package geojson knows it."""
    text = (folder / "events.geojson").read_text(encoding="utf-8")
    collection = json.loads(text)
    read = geojson.loads(text)
    check(read.is_valid, f"geojson finds: {read.errors()}")
    check(collection.get("type") == "FeatureCollection" and isinstance(collection.get("features"), list), "no FeatureCollection")
    check("crs" not in collection, "`crs` is no part of RFC 7946")
    points = 0
    for feature in collection["features"]:
        name = feature.get("id")
        check(feature.get("type") == "Feature" and "geometry" in feature and "properties" in feature, f"{name}: no feature")
        check(isinstance(name, str) and isinstance(feature["properties"], dict), f"{name}: id or properties")
        shape = feature["geometry"]
        if shape is None:
            continue
        points += 1
        at = shape.get("coordinates", [])
        check(shape.get("type") == "Point" and len(at) == 2, f"{name}: no point")
        check(len(at) == 2 and -180 <= at[0] <= 180 and -90 <= at[1] <= 90, f"{name}: {at} is no longitude and latitude")
        check(at == [feature["properties"]["lon"], feature["properties"]["lat"]], f"{name}: longitude does not stand first")
        check(feature["properties"]["place_precision"] not in ("region", "country"), f"{name}: a point for a region")
    check(len(collection["features"]) == len(lines(folder / "events.jsonl")), "a feature too many or too few")
    print(f"geojson: {len(collection['features'])} features, {points} of them points")


def page(folder):
    """The dossier has a section for each event and each report, and runs nothing."""
    text = (folder / "dossier.html").read_text(encoding="utf-8")
    for start, table in (("e:", "events"), ("r:", "reports")):
        sections, records = text.count(f'<section id="{start}'), len(lines(folder / f"{table}.jsonl"))
        check(sections == records, f"dossier.html has {sections} sections for {records} {table}")
    check("<script" not in text.lower(), "dossier.html holds a script")
    print("dossier: a section for each event and each report")


def bags(marsad, ledger, folder, bagit):
    """A bundle as a folder and as a zip is a bag to the Library of Congress's own reader, with every file's hash."""
    for name in ("bag", "bag.zip"):
        subprocess.run([marsad, "export", "--ledger", ledger, "--bundle", "--out", folder / name], check=True, stdout=subprocess.DEVNULL)
    with zipfile.ZipFile(folder / "bag.zip") as packed:
        packed.extractall(folder / "unpacked")
    inside = folder / "unpacked"
    # A zip may hold the bag itself, or a folder that is the bag.
    inside = inside if (inside / "bagit.txt").exists() else next(inside.iterdir())
    for name in (folder / "bag", inside):
        bag = bagit.Bag(str(name))
        try:
            bag.validate()
        except bagit.BagError as error:
            check(False, f"bagit finds in {name.name}: {error}")
        print(f"bagit: {len(bag.entries)} files of {name.name} hold")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--marsad", default="marsad", help="the program")
    parser.add_argument("ledger", help="the ledger's folder")
    arguments = parser.parse_args()
    try:
        import bagit
        import duckdb
        import geojson
        import pandas
        import pyarrow  # noqa: F401  pandas reads Parquet with it
    except ImportError as missing:
        print(f"SKIPPED, nothing was checked: {missing}")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        command = [arguments.marsad, "export", "--ledger", arguments.ledger, "--out", folder, "--format", FORMATS]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        folder = Path(folder)
        tables(folder, duckdb, pandas)
        shapes(folder, pandas)
        shapes_on_the_map(folder, geojson)
        page(folder)
        bags(arguments.marsad, arguments.ledger, folder, bagit)
    for fault in faults:
        print(f"FAULT: {fault}")
    print(f"{len(faults)} faults, read with duckdb {duckdb.__version__} and pandas {pandas.__version__}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
