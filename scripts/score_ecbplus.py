#!/usr/bin/env python3
"""Measures events on `ecbplus`: news of all walks of life in which mentions of one happening are marked across documents.

Marsad reads all documents of a part together and is told neither topics nor mentions. A marked mention belongs to the
event of the claim whose trigger lies on it; a mention without one stands alone. Scored are all mentions in the sentences
that the set's makers reviewed, with the measures of the field: MUC, B-cubed, CEAF-e and their mean (CoNLL), and pairs, where
1 - P is the share of wrong merges and 1 - R that of missed ones. Since Marsad reads only reports of violence, protest and politics, and most
of the set is about other things, the mentions that it has an event for are scored apart (`read`). The usual baseline stands
beside it: mentions of one topic whose head has the same lemma (endings taken off by rule) are one. It is told the topics.

A document is held where its topic is. The set's figure is the CoNLL F1 over all mentions.

usage: score_ecbplus.py [--part train|held|all] [--gold DIR] [--marsad PROGRAM] [--limit N] [ecbplus]
"""
import collections
import csv
import gzip
import itertools
import re
import sys
import tarfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def tools():
    """The scorers' folder, which lies beside that of the gold data."""
    gold = Path(sys.argv[sys.argv.index("--gold") + 1]) if "--gold" in sys.argv else ROOT.parent / "shared" / "gold"
    return gold.resolve().parent / "tools"


sys.path.insert(0, str(tools()))
import harness  # noqa: E402


# The set

class Document:
    """One document: its lines, and the marked mentions of its reviewed sentences as (line, start, end) with their chains."""

    def __init__(self, name, xml, reviewed):
        self.name, self.topic = name, name.split("_")[0]
        # Each topic has two happenings of one kind: that of the first set, and that of what was added to it.
        self.story = (self.topic, name.endswith("ecbplus"))
        root, where, self.lines = ElementTree.fromstring(xml), {}, collections.defaultdict(str)
        for token in root.iter("token"):
            line = token.get("sentence")
            before = self.lines[line] + (" " if self.lines[line] else "")
            self.lines[line] = before + (token.text or "")
            where[token.get("t_id")] = (line, len(before), len(self.lines[line]))
        chain = {}
        for relation in root.find("Relations"):
            across = relation.tag == "CROSS_DOC_COREF"
            for source in relation.iter("source"):
                # Notes are unique inside a topic; what is one only inside a document is named by it.
                chain[source.get("m_id")] = (self.topic, relation.get("note")) if across else (name, relation.get("r_id"))
        self.mentions, self.chains = [], []
        for mark in root.find("Markables"):
            anchors = [where[a.get("t_id")] for a in mark.iter("token_anchor") if a.get("t_id") in where]
            if mark.tag.startswith(("ACTION", "NEG_ACTION")) and anchors and anchors[0][0] in reviewed:
                self.mentions.append((anchors[0][0], min(a[1] for a in anchors), max(a[2] for a in anchors)))
                self.chains.append(chain.get(mark.get("m_id"), (name, "alone", mark.get("m_id"))))

    def text(self):
        """Its lines without the address that stands before what was added."""
        return "\n".join(line for line in self.lines.values() if not line.startswith("http :"))

    def words(self, mention):
        line, start, end = mention
        return self.lines[line][start:end]


def documents(a, folder):
    """The documents of the part asked for."""
    reviewed = collections.defaultdict(set)
    with gzip.open(folder / "coreference_sentences.csv.gz", "rt", encoding="utf8", newline="") as file:
        for row in csv.DictReader(file):
            reviewed[f"{row['Topic']}_{row['File']}"].add(row["Sentence Number"])
    found = []
    with tarfile.open(folder / "ecbplus.tar.gz") as archive:
        for member in sorted(archive.getmembers(), key=lambda m: m.name):
            name = Path(member.name).stem
            if member.isfile() and reviewed.get(name) and harness.wanted(a, name.split("_")[0]):
                found.append(Document(name, archive.extractfile(member).read(), reviewed[name]))
    return found[: a.limit] if a.limit else found


# Answers

def answers(document, export):
    """The event of each mention of a document, or None."""
    report = export.report.get(document.name)
    if report is None:
        return [None] * len(document.mentions)
    at, start = {}, 0
    for number, line in document.lines.items():
        found = report["text"].find(line, start)
        if found >= 0:
            at[number], start = found, found + len(line)
    claims = [(c["trigger"]["start"], c["trigger"]["end"], c["event"]) for c in export.claims_of[document.name] if c.get("event")]

    def event(mention):
        line, first, last = mention
        if line not in at:
            return None
        span = (at[line] + first, at[line] + last)
        return next((e for s, t, e in sorted(claims) if harness.overlap((s, t), span)), None)

    return [event(m) for m in document.mentions]


IRREGULAR = dict(pair.split(":") for pair in (
    "said:say told:tell went:go gone:go died:die dying:die left:leave won:win shot:shoot struck:strike hit:hit fought:fight "
    "took:take taken:take gave:give given:give made:make held:hold found:find sold:sell bought:buy fell:fall fallen:fall "
    "killed:kill killing:kill was:be were:be is:be are:be been:be had:have has:have did:do done:do came:come broke:break "
    "broken:break stole:steal stolen:steal began:begin begun:begin led:lead met:meet lost:lose wrote:write spoke:speak "
    "death:death dead:dead").split())


def lemma(words):
    """The head of a mention, which is its last word that is no small one, with its ending off."""
    found = re.findall(r"[a-z]+", words.lower()) or [words]
    small = {"of", "the", "a", "an", "in", "on", "to", "up", "out", "off", "down", "over", "into", "for", "away", "back"}
    word = next((w for w in reversed(found) if w not in small), found[-1])
    if word in IRREGULAR:
        return IRREGULAR[word]
    for ending in ("ings", "ing", "ies", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word[: -len(ending)] + ("y" if ending == "ies" else "")
            break
    return word[:-1] if len(word) > 3 and (word[-1] == "e" or word[-1] == word[-2]) else word


# Measures

def prf(found, of_found, right, of_right):
    p, r = found / of_found if of_found else 0.0, right / of_right if of_right else 0.0
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def clusters(labels):
    """Sets of mentions by their labels."""
    sets = collections.defaultdict(set)
    for n, label in enumerate(labels):
        sets[label].add(n)
    return list(sets.values())


def muc(gold, found):
    """Links that must be added to join what is one, over both ways."""
    def kept(these, labels):
        return sum(len(c) - len({labels[n] for n in c}) for c in these), sum(len(c) - 1 for c in these)
    return prf(*kept(clusters(found), gold), *kept(clusters(gold), found))


def b_cubed(gold, found):
    """The mean over mentions of how much of its cluster is right."""
    both, ours, theirs = collections.Counter(zip(gold, found)), collections.Counter(found), collections.Counter(gold)
    n = len(gold)
    return prf(sum(c * c / ours[f] for (_, f), c in both.items()), n, sum(c * c / theirs[g] for (g, _), c in both.items()), n)


def ceaf(gold, found):
    """The best way of pairing clusters, by how like they are (CEAF-e)."""
    theirs, ours, both = collections.Counter(gold), collections.Counter(found), collections.Counter(zip(gold, found))
    like = {pair: 2 * c / (theirs[pair[0]] + ours[pair[1]]) for pair, c in both.items()}
    # Clusters that share nothing need not be paired, so each part that hangs together is solved for itself.
    beside = collections.defaultdict(list)
    for g, f in like:
        beside["gold", g].append(("found", f))
        beside["found", f].append(("gold", g))
    seen, total = set(), 0.0
    for start in list(beside):
        if start in seen:
            continue
        part, waiting = [], [start]
        seen.add(start)
        while waiting:
            node = waiting.pop()
            part.append(node)
            for other in beside[node]:
                if other not in seen:
                    seen.add(other)
                    waiting.append(other)
        rows = [label for side, label in part if side == "gold"]
        columns = [label for side, label in part if side == "found"]
        total += assignment([[like.get((g, f), 0.0) for f in columns] for g in rows])
    return prf(total, len(ours), total, len(theirs))


def assignment(worth):
    """The greatest sum of a table's cells of which no two share a row or column (Kuhn and Munkres)."""
    if len(worth) > len(worth[0]):
        worth = [list(row) for row in zip(*worth)]
    rows, columns = len(worth), len(worth[0])
    of_row, of_column, row_of, before = [0.0] * (rows + 1), [0.0] * (columns + 1), [0] * (columns + 1), [0] * (columns + 1)
    for row in range(1, rows + 1):
        row_of[0], column = row, 0
        least, used = [float("inf")] * (columns + 1), [False] * (columns + 1)
        while row_of[column]:
            used[column], here, step, following = True, row_of[column], float("inf"), 0
            for j in range(1, columns + 1):
                if not used[j]:
                    cost = -worth[here - 1][j - 1] - of_row[here] - of_column[j]
                    if cost < least[j]:
                        least[j], before[j] = cost, column
                    if least[j] < step:
                        step, following = least[j], j
            for j in range(columns + 1):
                if used[j]:
                    of_row[row_of[j]] += step
                    of_column[j] -= step
                else:
                    least[j] -= step
            column = following
        while column:
            row_of[column] = row_of[before[column]]
            column = before[column]
    return sum(worth[row_of[j] - 1][j - 1] for j in range(1, columns + 1) if row_of[j])


def pairs(gold, found):
    """Pairs of mentions that are one."""
    two = lambda counts: sum(c * (c - 1) // 2 for c in counts)
    both = two(collections.Counter(zip(gold, found)).values())
    return prf(both, two(collections.Counter(found).values()), both, two(collections.Counter(gold).values()))


def show(label, gold, found):
    """Print every measure; gives the CoNLL F1."""
    measures = [("MUC", muc), ("B-cubed", b_cubed), ("CEAF-e", ceaf)]
    values = [measure(gold, found) for _, measure in measures]
    for (name, _), value in zip(measures, values):
        harness.show(f"{label} {name}", *value, len(gold))
    harness.show(f"{label} pairs", *pairs(gold, found), sum(len(c) * (len(c) - 1) // 2 for c in clusters(gold)))
    conll = sum(v[2] for v in values) / len(values)
    harness.figure(f"{label} CoNLL F1", conll, len(gold))
    return conll


def stories(documents, events):
    """Documents joined where they share an event, as a label each."""
    group = {d.name: d.name for d in documents}

    def head(name):
        while group[name] != name:
            name = group[name]
        return name
    of_event = collections.defaultdict(list)
    for name, event in events:
        of_event[event].append(name)
    for names in of_event.values():
        for x, y in itertools.pairwise(names):
            x, y = head(x), head(y)
            group[max(x, y)] = min(x, y)
    return [head(d.name) for d in documents]


def main():
    """Run the set."""
    a = harness.arguments(__doc__)
    folder = a.gold / "ecbplus"
    if not folder.is_dir():
        print("skipped: ecbplus is not there")
        return
    read = documents(a, folder)
    limit, a.limit = a.limit, 0
    export = harness.run(a, [{"key": d.name, "text": d.text(), "language": "en"} for d in read], "ecbplus")
    a.limit = limit
    gold = [c for d in read for c in d.chains]
    told = [e for d in read for e in answers(d, export)]
    found = [e or ("alone", n) for n, e in enumerate(told)]
    baseline = [(d.topic, lemma(d.words(m))) for d in read for m in d.mentions]
    harness.figure("mentions that an event was read for", sum(e is not None for e in told) / (len(told) or 1), len(told))
    overall = show("all", gold, found)
    show("all, same lemma and topic", gold, baseline)
    covered = [n for n, e in enumerate(told) if e is not None]
    of = lambda labels: [labels[n] for n in covered]
    show("read", of(gold), of(found))
    show("read, same lemma and topic", of(gold), of(baseline))
    events = sorted((d.name, c["event"]) for d in read for c in export.claims_of[d.name] if c.get("event"))
    harness.show("documents B-cubed", *b_cubed([d.story for d in read], stories(read, events)), len(read))
    print(f"overall ecbplus {overall:.3f}")


if __name__ == "__main__":
    main()
