//! Origins: which reports are one telling, from whom each claim comes, and whose voice an origin is.

use crate::corpus::Corpus;
use crate::disjoint::Disjoint;
use crate::facet::Facet;
use crate::rules::Rules;
use crate::ruling::{Rulings, Tellings};
use crate::tie::Tie;
use crate::{Claimed, Teller};
use marsad_model::{Access, AttributionKind, ClaimId, OriginId, Relation, Span, Support};
use marsad_name::Skeletons;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

/// The origins of reports and claims.
#[derive(Debug, Default)]
pub(crate) struct Origins<'a> {
    /// Each origin's id. Reports and claims have the place of theirs.
    ids: Vec<OriginId>,
    places: FxHashMap<OriginId, u32>,
    /// By the report's place in the corpus.
    pub(crate) of_report: Vec<u32>,
    of_claim: FxHashMap<&'a ClaimId, u32>,
    /// Whose voice each origin is; those without one are their own.
    voices: FxHashMap<u32, String>,
    /// Origins in which a report shows access of its own.
    independent: FxHashSet<u32>,
}

impl<'a> Origins<'a> {
    /// The place of the origin with this id.
    fn place(&mut self, id: OriginId) -> u32 {
        let next = self.ids.len() as u32;
        *self.places.entry(id).or_insert_with_key(|id| {
            self.ids.push(id.clone());
            next
        })
    }

    /// The origin of the report at this place in the corpus.
    pub(crate) fn id_of_report(&self, entry: usize) -> Option<&OriginId> {
        self.ids.get(*self.of_report.get(entry)? as usize)
    }

    /// The origin of a claim.
    pub(crate) fn id_of_claim(&self, claim: &ClaimId) -> Option<&OriginId> {
        self.ids.get(*self.of_claim.get(claim)? as usize)
    }

    pub(crate) fn trace(corpus: &Corpus<'a>, ties: &[Tie], tellings: &Tellings, rules: &Rules) -> Self {
        let mut sets = Disjoint::new(corpus.len());
        let own = |t: &Tie| tellings.is_independent(t.a) || tellings.is_independent(t.b);
        for tie in ties.iter().filter(|t| joins(corpus, t, rules) && !own(t)) {
            sets.join(tie.a, tie.b);
        }
        for &(later, earlier) in &tellings.depends {
            sets.join(later, earlier);
        }
        let mut origins = Self::default();
        let components = sets.sets();
        origins.of_report = vec![0; corpus.len()];
        let within = ties.iter().filter(|t| t.is_one_telling()).filter_map(|t| Some((t.a, t.later?)));
        let mut descended: FxHashSet<usize> =
            within.filter(|&(a, later)| sets.find(a) == sets.find(later)).map(|(_, later)| later).collect();
        descended.extend(tellings.depends.iter().map(|d| d.0));
        for members in &components {
            // Entries are sorted by id, so the first member has the smallest.
            let id = origins.place(OriginId::of(&[corpus.get(members[0]).report.id.as_str().as_bytes()]));
            if let Some(voice) = &corpus.entries[teller(corpus, &descended, members)].voice {
                origins.voices.insert(id, voice.clone());
            }
            for &m in members {
                origins.of_report[m] = id;
            }
        }
        let quoted = Quoted::of(ties, tellings);
        let names = Names::of(corpus, rules);
        for i in 0..corpus.len() {
            let only = names.only_teller(corpus, i);
            for claim in &corpus.get(i).claims {
                let origin = origins.claim_origin(corpus, i, claim, &quoted, &names, ties);
                // What a report tells without saying from whom is its own, unless it has nothing but another's.
                let nobody = claim.attribution.is_empty() && origin == origins.of_report[i];
                let origin = only.filter(|_| nobody).map_or(origin, |named| origins.attributed(named, &names));
                origins.of_claim.insert(&claim.id, origin);
            }
        }
        origins
    }

    fn claim_origin(&mut self, corpus: &Corpus<'_>, i: usize, claim: &Claimed, quoted: &Quoted, names: &Names<'_>, ties: &[Tie]) -> u32 {
        if claim.access != Access::Own {
            if let Some(&from) = quoted.claims.get(&(i, claim.trigger)) {
                return self.of_report[from];
            }
            if let Some(named) = named_teller(claim).filter(|n| !names.is_own(corpus, i, n)) {
                return self.attributed(named, names);
            }
        }
        // What stands in a passage taken from a short report is that report's, whatever else the long one tells; of two that
        // have only a passage in common, the later has it from the earlier.
        let taken = quoted.excerpts.get(&i).into_iter().flatten().filter_map(|&t| {
            let tie = &ties[t];
            let (other, inside) = if tie.a == i {
                (tie.b, tie.spans.iter().any(|s| s.0.contains(claim.trigger)))
            } else {
                (tie.a, tie.b == i && tie.spans.iter().any(|s| s.1.contains(claim.trigger)))
            };
            let size = |n: usize| (corpus.entries[n].length, n);
            let descends = tie.later.filter(|_| tie.passage).map_or(size(other) < size(i), |later| later == i);
            (inside && descends).then_some(other)
        });
        // Of several that have it, the one that told it first, so that all lead to one.
        let first = |n: &usize| {
            let published = corpus.get(*n).report.published.as_deref();
            (published.is_none(), published.map(|p| p.start), corpus.entries[*n].length, *n)
        };
        taken.min_by_key(first).map_or(self.of_report[i], |other| self.of_report[other])
    }

    /// The origin of what is taken from whom it names.
    fn attributed(&mut self, named: &Teller, names: &Names<'_>) -> u32 {
        let key = named.id.as_deref().map_or_else(|| marsad_text::fold(&named.name), str::to_owned);
        let origin = self.place(OriginId::of(&[b"attributed", key.as_bytes()]));
        self.voices.entry(origin).or_insert_with(|| names.voice(named));
        origin
    }

    /// Claims that stand in aligned passages of one telling come from one place, however each was read: what most of them
    /// say, else the telling itself.
    pub(crate) fn unify(&mut self, facets: &[Facet<'_>], siblings: &[(usize, usize)]) {
        let mut sets = Disjoint::new(facets.len());
        for &(a, b) in siblings.iter().filter(|(a, b)| self.of_report[facets[*a].entry] == self.of_report[facets[*b].entry]) {
            sets.join(a, b);
        }
        for members in sets.sets().into_iter().filter(|m| m.len() > 1) {
            let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
            for origin in members.iter().filter_map(|&m| self.of_claim.get(&facets[m].claim.id)) {
                *counts.entry(*origin).or_default() += 1;
            }
            let most = counts.iter().find(|(_, n)| **n * 2 > members.len()).map(|(origin, _)| *origin);
            let origin = most.unwrap_or_else(|| self.of_report[facets[members[0]].entry]);
            for &m in &members {
                if let Some(of_claim) = self.of_claim.get_mut(&facets[m].claim.id) {
                    *of_claim = origin;
                }
            }
        }
    }

    /// An origin is independent where a claim that belongs to it, and that nobody rejected, shows its report's own access, or
    /// people ruled so.
    pub(crate) fn mark_independent(&mut self, corpus: &Corpus<'_>, tellings: &Tellings, rulings: &Rulings) {
        let made = corpus.entries.iter().flat_map(|e| &e.analysed.claims).filter_map(|c| rulings.ruled(c));
        let own = made.filter(|c| c.access == Access::Own);
        self.independent = own.filter_map(|c| self.of_claim.get(&c.id).copied()).collect();
        self.independent.extend(tellings.independent().map(|i| self.of_report[i]));
    }

    /// The voice of an origin: what counts once.
    fn voice(&self, origin: u32) -> &str {
        let own = || self.ids.get(origin as usize).map_or("", OriginId::as_str);
        self.voices.get(&origin).map_or_else(own, String::as_str)
    }

    /// The voice behind a claim.
    pub(crate) fn voice_of(&self, claim: &ClaimId) -> &str {
        self.of_claim.get(claim).map_or("", |o| self.voice(*o))
    }

    /// How many voices stand behind these claims, and how many of them have access of their own.
    pub(crate) fn support<'c>(&self, claims: impl IntoIterator<Item = &'c ClaimId>) -> Support {
        let mut voices: BTreeMap<&str, bool> = BTreeMap::new();
        for origin in claims.into_iter().filter_map(|c| self.of_claim.get(c)) {
            *voices.entry(self.voice(*origin)).or_default() |= self.independent.contains(origin);
        }
        let independent = voices.values().filter(|&&own| own).count() as u32;
        Support { independent, untraced: voices.len() as u32 - independent }
    }
}

/// Does the tie make one telling of two reports? A short report inside a roundup does not make the roundup's other
/// stories its own.
fn joins(corpus: &Corpus<'_>, tie: &Tie, rules: &Rules) -> bool {
    tie.is_one_telling() && !tie.passage && (tie.relation != Relation::Excerpt || !is_roundup(corpus, tie, rules))
}

/// A report that is much longer than what it took is a roundup, unless what it took is most of what it tells: then the rest
/// is talk.
fn is_roundup(corpus: &Corpus<'_>, tie: &Tie, rules: &Rules) -> bool {
    let (a, b) = (&corpus.entries[tie.a], &corpus.entries[tie.b]);
    let (short, long) = (a.length.min(b.length), a.length.max(b.length));
    if short as f64 >= long as f64 * rules.copies.roundup {
        return false;
    }
    let longer = if a.length > b.length { a } else { b };
    let taken = |at: Span| tie.spans.iter().any(|s| (if std::ptr::eq(longer, a) { s.0 } else { s.1 }).contains(at));
    let told: Vec<bool> = longer.analysed.claims.iter().filter(|c| c.makes_event()).map(|c| taken(c.trigger)).collect();
    told.iter().filter(|t| **t).count() * 2 <= told.len()
}

/// Who of one telling told it first, as far as dates and directions show; else the smallest id. `descended` are reports that
/// have it from another of their telling.
fn teller(corpus: &Corpus<'_>, descended: &FxHashSet<usize>, members: &[usize]) -> usize {
    if members.len() == 1 {
        return members[0];
    }
    let start = |i: usize| corpus.get(i).report.published.as_deref().map(|p| p.start);
    let first = members.iter().min_by_key(|&&i| (descended.contains(&i), start(i).is_none(), start(i), i));
    first.copied().unwrap_or(members[0])
}

/// Reports and claims that are taken from elsewhere.
struct Quoted {
    claims: FxHashMap<(usize, Span), usize>,
    /// Ties of excerpts by each of their reports.
    excerpts: FxHashMap<usize, Vec<usize>>,
}

impl Quoted {
    fn of(ties: &[Tie], tellings: &Tellings) -> Self {
        let mut claims = FxHashMap::default();
        for tie in ties.iter().filter(|t| t.relation == Relation::Quotes) {
            let Some(later) = tie.later.filter(|&l| !tellings.is_independent(l)) else { continue };
            let from = if later == tie.a { tie.b } else { tie.a };
            for s in &tie.spans {
                let at = claims.entry((later, if later == tie.a { s.0 } else { s.1 })).or_insert(from);
                *at = from.min(*at);
            }
        }
        let own = |t: &Tie| tellings.is_independent(t.a) || tellings.is_independent(t.b);
        let mut excerpts: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
        for (n, tie) in ties.iter().enumerate().filter(|(_, t)| t.relation == Relation::Excerpt && !own(t)) {
            excerpts.entry(tie.a).or_default().push(n);
            excerpts.entry(tie.b).or_default().push(n);
        }
        Self { claims, excerpts }
    }
}

/// The link of the chain whose telling this is: the last one that has a name of its own. "Activists", "a source" and
/// "residents" are nobody in particular: two outlets that name them so need not have asked the same.
pub(crate) fn named_teller(claim: &Claimed) -> Option<&Teller> {
    use AttributionKind::{NamedPerson, Organisation, Outlet};
    claim
        .attribution
        .iter()
        .rev()
        .find(|a| a.id.is_some() || matches!(a.kind, Organisation | Outlet | NamedPerson) && !a.name.trim().is_empty())
}

/// Which voices go by which names, as the loaded reports show.
struct Names<'r> {
    voices: FxHashMap<String, String>,
    /// The same by the consonants of names of several words, which the other writing shares; `None` where several share them.
    heard: FxHashMap<String, Option<String>>,
    loaded: FxHashSet<&'r str>,
    skeletons: &'r Skeletons,
}

/// Fewer consonants are shared by chance.
const HEARD: usize = 5;

impl<'r> Names<'r> {
    fn of(corpus: &'r Corpus<'_>, rules: &'r Rules) -> Self {
        let skeletons = rules.spelling.skeletons();
        let mut voices = FxHashMap::default();
        let mut heard: FxHashMap<String, Option<String>> = FxHashMap::default();
        for entry in &corpus.entries {
            let Some(voice) = &entry.voice else { continue };
            let source = &entry.analysed.report.source;
            let keys =
                source.id.iter().map(|i| format!("id:{i}")).chain(source.name.iter().map(|n| format!("name:{}", marsad_text::fold(n))));
            for key in keys.chain(entry.analysed.side.iter().map(|s| format!("id:{s}"))) {
                voices.entry(key).or_insert_with(|| voice.clone());
            }
            for key in source.name.iter().flat_map(|name| heard_as(name, skeletons)) {
                let of_key = heard.entry(key).or_insert_with(|| Some(voice.clone()));
                if of_key.as_ref().is_some_and(|other| other != voice) {
                    *of_key = None;
                }
            }
        }
        let loaded = corpus.entries.iter().filter_map(|e| e.voice.as_deref()).collect();
        Self { voices, heard, loaded, skeletons }
    }

    fn voice(&self, named: &Teller) -> String {
        let name = format!("name:{}", marsad_text::fold(&named.name));
        match &named.id {
            Some(id) => self.voices.get(&format!("id:{id}")).cloned().unwrap_or_else(|| format!("source:{id}")),
            None => self.voices.get(&name).cloned().or_else(|| self.heard(&named.name)).unwrap_or(name),
        }
    }

    /// The one voice whose name sounds so: "Furat Net" is «فرات نت».
    fn heard(&self, name: &str) -> Option<String> {
        let mut voices = heard_as(name, self.skeletons).filter_map(|key| self.heard.get(&key));
        let first = voices.next()?.clone()?;
        voices.all(|other| other.as_ref() == Some(&first)).then_some(first)
    }

    /// The other loaded source from which a report has all that it says who tells, where it shows no access of its own.
    fn only_teller<'c>(&self, corpus: &'c Corpus<'_>, i: usize) -> Option<&'c Teller> {
        let claims = || corpus.get(i).claims.iter().filter(|c| c.makes_event());
        if claims().any(|c| c.access == Access::Own) {
            return None;
        }
        let said = || claims().filter(|c| !c.attribution.is_empty());
        let first = said().next().and_then(named_teller)?;
        let voice = self.source(first)?;
        let one = said().all(|c| named_teller(c).and_then(|n| self.source(n)).as_ref() == Some(&voice));
        (one && !self.is_own(corpus, i, first)).then_some(first)
    }

    /// The voice of a loaded source of this name; who fights speaks for itself alone.
    fn source(&self, named: &Teller) -> Option<String> {
        let voice = self.voice(named);
        (self.loaded.contains(voice.as_str()) && !voice.starts_with("side:")).then_some(voice)
    }

    /// Does the report name itself ("according to the correspondent of" its own outlet)?
    fn is_own(&self, corpus: &Corpus<'_>, i: usize, named: &Teller) -> bool {
        let entry = &corpus.entries[i];
        crate::tie::is_source(named.id.as_deref(), &named.name, &entry.analysed.report.source)
            || entry.voice.as_deref() == Some(self.voice(named).as_str())
            || named.kind == AttributionKind::Correspondent
    }
}

/// The consonants of a name of several words, in each way to read it.
fn heard_as(name: &str, skeletons: &Skeletons) -> impl Iterator<Item = String> {
    let several = name.split_whitespace().nth(1).is_some();
    let folded = marsad_text::fold(name.trim());
    let all = if several { skeletons.names(name) } else { Vec::new() };
    all.into_iter().filter(move |key| *key != folded && key.chars().count() >= HEARD)
}
