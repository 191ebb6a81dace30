#!/usr/bin/env python3
"""Write invented reports as JSON Lines, to measure a large ledger with: many_reports.py COUNT [--from N] > reports.jsonl

Incidents are drawn from frames in English and Arabic with places and parties of `knowledge/`, days over ten years and
numbers. About half of the incidents have one report; the others a copy under a new headline, a translation, a second account
of their own, or an undated post. Every report has sentences beside it that are the examples of `knowledge/`'s triggers.
Nothing in them happened. The same COUNT gives the same bytes, and a larger one begins with the smaller one's.
"""
import argparse
import datetime
import gzip
import json
import pathlib
import random
import sys

KNOWLEDGE = pathlib.Path(__file__).resolve().parent.parent / "knowledge"
COUNTRIES = {"SY", "IQ", "YE", "SD", "LY", "LB"}
FIRST_DAY = datetime.date(2031, 1, 1)
WEEKDAYS = [
    ("Monday", "الاثنين"), ("Tuesday", "الثلاثاء"), ("Wednesday", "الأربعاء"), ("Thursday", "الخميس"), ("Friday", "الجمعة"),
    ("Saturday", "السبت"), ("Sunday", "الأحد"),
]
# What happened, in both languages.
HAPPENINGS = [
    ("{n} people were killed and {m} wounded on {day} when {a} shelled {p}, a doctor told our correspondent.",
     "قتل {n} أشخاص وجرح {m} آخرون يوم {day_ar} حين قصفت {a_ar} {p_ar}، كما روى طبيب لمراسلنا."),
    ("An air strike by {a} hit {p} on {day} and killed {n} people, residents said; {m} were pulled alive from the rubble.",
     "قتل {n} أشخاص يوم {day_ar} في غارة جوية شنتها {a_ar} على {p_ar}، بحسب سكان، وانتشل {m} أحياء من تحت الأنقاض."),
    ("Clashes between {a} and {b} near {p} on {day} left {n} fighters dead and {m} wounded.",
     "أسفرت اشتباكات بين {a_ar} و{b_ar} قرب {p_ar} يوم {day_ar} عن مقتل {n} مقاتلين وجرح {m}."),
    ("A car bomb exploded at a checkpoint of {b} in {p} on {day}, killing {n} and wounding {m}.",
     "انفجرت سيارة مفخخة عند حاجز تابع ل{b_ar} في {p_ar} يوم {day_ar} ما أدى إلى مقتل {n} وجرح {m}."),
    ("{a} arrested {n} people in a raid on {p} on {day} and released {m} of them later.",
     "اعتقلت {a_ar} {n} أشخاص في مداهمة نفذتها في {p_ar} يوم {day_ar} ثم أفرجت عن {m} منهم."),
]
# What else is told of it; the numbers differ each time.
DETAILS = [
    ("The hospital of {q} received {k} patients that night and asked for blood.", "واستقبل مشفى {q_ar} {k} مصابا تلك الليلة وطلب الدم."),
    ("The road from {p} to {q} was closed for {k} hours.", "وأغلق الطريق من {p_ar} إلى {q_ar} مدة {k} ساعة."),
    ("{k} families left for {q} with what they could carry.", "ونزحت {k} عائلة إلى {q_ar} بما استطاعت حمله."),
    ("The council of {q} counted {k} damaged houses by the evening.", "وأحصى مجلس {q_ar} {k} منزلا متضررا حتى المساء."),
    ("A driver who had come from {q} said that he had seen {k} vehicles by the bridge.", "وقال سائق قدم من {q_ar} إنه رأى {k} آلية عند الجسر."),
    ("Power was cut in {q}, and {k} shops stayed shut the next morning.", "وانقطعت الكهرباء في {q_ar} وظل {k} متجرا مغلقا في الصباح التالي."),
]


def rows(path):
    opened = gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else open(path, encoding="utf-8")
    with opened as file:
        lines = [line.rstrip("\n").split("\t") for line in file if line.strip() and not line.startswith("#")]
    return [dict(zip(lines[0], line)) for line in lines[1:]]


def examples(language):
    return sorted({r.get("example", "") for r in rows(KNOWLEDGE / language / "triggers.tsv")} - {""})


class Maker:
    def __init__(self):
        places = [r for r in rows(KNOWLEDGE / "gazetteer/geonames.tsv.gz") if r.get("country") in COUNTRIES]
        self.places = sorted({(r["name_en"], r["name_ar"]) for r in places if r.get("name_en") and r.get("name_ar")})
        actors = [r for r in rows(KNOWLEDGE / "world/actors.tsv") if r["kind"] in ("armed_group", "force", "militia")]
        self.actors = sorted({(r["name_en"], r["name_ar"]) for r in actors if r["name_en"] and r["name_ar"]})
        self.beside = [examples("en"), examples("ar")]

    def incident(self, n):
        chance = random.Random(f"incident {n}")
        (p, p_ar), (a, a_ar), (b, b_ar) = chance.choice(self.places), *chance.sample(self.actors, 2)
        day = FIRST_DAY + datetime.timedelta(days=chance.randrange(3650))
        weekday = WEEKDAYS[day.weekday()]
        given = {"p": p, "p_ar": p_ar, "a": a, "a_ar": a_ar, "b": b, "b_ar": b_ar, "day": weekday[0], "day_ar": weekday[1],
                 "n": chance.randrange(3, 11), "m": chance.randrange(3, 11)}
        happening = chance.choice(HAPPENINGS)
        told = self.telling(chance, happening, given)
        first = chance.randrange(2)
        yield self.report(n, 0, told, first, day, chance)
        if chance.random() < 0.25:  # a copy under a new headline, with a sentence left out
            copy = [list(s) for s in told]
            del copy[chance.randrange(1, len(copy))]
            yield self.report(n, 1, copy, first, day + datetime.timedelta(days=chance.randrange(2)), chance)
        if chance.random() < 0.25:
            yield self.report(n, 2, told, 1 - first, day + datetime.timedelta(days=1), chance)
        if chance.random() < 0.25:  # a second account
            other = {**given, "n": given["n"] + chance.randrange(2)}
            yield self.report(n, 3, self.telling(chance, happening, other), chance.randrange(2), day, chance)
        if chance.random() < 0.2:
            yield self.report(n, 4, [[s.format(**given) for s in happening]], chance.randrange(2), None, chance)

    def telling(self, chance, happening, given):
        """Sentences, each in both languages."""
        told = [[s.format(**given) for s in happening]]
        for detail in chance.sample(DETAILS, 4):
            q, q_ar = chance.choice(self.places)
            told.append([s.format(**given, q=q, q_ar=q_ar, k=chance.randrange(11, 400)) for s in detail])
        for _ in range(2):
            told.append([chance.choice(self.beside[0]), chance.choice(self.beside[1])])
        return told

    @staticmethod
    def report(n, version, told, language, day, chance):
        text = "\n\n".join(s[language] for s in told)
        source = chance.randrange(400)
        return {
            "key": f"invented-{n}-{version}", "url": f"https://outlet-{source}.example/{n}/{version}", "source": f"Outlet {source}",
            "published": day and day.isoformat(), "language": ("en", "ar")[language], "title": f"{n}: {told[0][language].split(',')[0]}", "text": text,
        }


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("count", type=int)
    arguments.add_argument("--from", type=int, default=0, dest="start", help="leave out so many reports first")
    arguments = arguments.parse_args()
    maker, written, n = Maker(), 0, 0
    while written < arguments.count:
        for report in maker.incident(n):
            if arguments.start <= written < arguments.count:
                sys.stdout.write(json.dumps({k: v for k, v in report.items() if v is not None}, ensure_ascii=False) + "\n")
            written += 1
        n += 1


if __name__ == "__main__":
    main()
