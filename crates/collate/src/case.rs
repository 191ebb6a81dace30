//! One event's claims as they are weighed: who affirms, who denies, who speaks for itself; and whose voices they are.

use crate::World;
use crate::corpus::Corpus;
use crate::dates::Dates;
use crate::facet::Facet;
use crate::origin::Origins;
use crate::position;
use crate::rules::Events;
use crate::tie::Tie;
use jiff::civil::Date;
use marsad_model::{Agreement, Attribute, ClaimId, Disagreement, DisagreementRelation, Position, Relation, Support, SupportedValue};
use std::collections::{BTreeMap, BTreeSet};

/// What stands fixed before events are reconciled.
pub(crate) struct Scene<'a> {
    pub(crate) corpus: &'a Corpus<'a>,
    pub(crate) dates: &'a Dates,
    pub(crate) origins: &'a Origins<'a>,
    pub(crate) world: &'a dyn World,
    pub(crate) rules: &'a Events,
    /// Translations by the places of their two reports, with the one that descends, where known.
    translations: BTreeMap<(usize, usize), Option<usize>>,
    /// Pairs of reports of which one corrects the other.
    corrections: BTreeSet<(usize, usize)>,
    /// Reports on whose origin people ruled, with what they ruled.
    pub(crate) ruled: BTreeMap<usize, &'static str>,
    /// How many voices are loaded at all.
    pub(crate) voices: usize,
}

impl<'a> Scene<'a> {
    pub(crate) fn new(
        corpus: &'a Corpus<'a>,
        dates: &'a Dates,
        origins: &'a Origins<'a>,
        ties: &[Tie],
        ruled: BTreeMap<usize, &'static str>,
        world: &'a dyn World,
        rules: &'a Events,
    ) -> Self {
        let translations = ties.iter().filter(|t| t.relation == Relation::Translation).map(|t| ((t.a, t.b), t.later)).collect();
        let corrections = ties.iter().filter(|t| t.relation == Relation::Correction).map(|t| (t.a, t.b)).collect();
        let named: BTreeSet<&str> = corpus.entries.iter().filter_map(|e| e.voice.as_deref()).collect();
        let nameless: BTreeSet<u32> =
            (0..corpus.len()).filter(|&i| corpus.entries[i].voice.is_none()).map(|i| origins.of_report[i]).collect();
        Self { corpus, dates, origins, world, rules, translations, corrections, ruled, voices: named.len() + nameless.len() }
    }

    /// When the report was published, as far as known.
    pub(crate) fn published(&self, entry: usize) -> Option<Date> {
        self.dates.published[entry].as_deref().map(|p| p.start)
    }

    /// Was the first report surely published before the second?
    pub(crate) fn first(&self, a: usize, b: usize) -> bool {
        let [a, b] = [a, b].map(|i| self.dates.published[i].as_deref());
        a.zip(b).and_then(|(a, b)| crate::tie::before(a, b)).unwrap_or(false)
    }

    /// Is one of the two reports a translation of the other?
    pub(crate) fn translated(&self, a: usize, b: usize) -> bool {
        self.translations.contains_key(&(a.min(b), a.max(b)))
    }

    /// Does one of the two reports correct the other?
    pub(crate) fn corrected(&self, a: usize, b: usize) -> bool {
        self.corrections.contains(&(a.min(b), a.max(b)))
    }

    /// Do the two reports belong to one telling?
    pub(crate) fn one_telling(&self, a: &Facet<'_>, b: &Facet<'_>) -> bool {
        self.origins.of_report[a.entry] == self.origins.of_report[b.entry]
    }
}

/// The claims of one event.
pub(crate) struct Case<'a> {
    pub(crate) scene: &'a Scene<'a>,
    /// All, the earliest published first.
    pub(crate) claims: Vec<&'a Facet<'a>>,
    /// Those that say it happened and are not a party's word on its own deeds: the only ones that support.
    pub(crate) affirming: Vec<&'a Facet<'a>>,
    /// Those that say it did not happen, and are no party to it.
    pub(crate) denying: Vec<&'a Facet<'a>>,
    pub(crate) positions: Vec<Position>,
    pub(crate) agreed: Vec<Agreement>,
    pub(crate) disagreements: Vec<Disagreement>,
}

/// A value as some claims give it.
pub(crate) struct Value<'a> {
    pub(crate) label: String,
    pub(crate) by: Vec<&'a Facet<'a>>,
}

impl<'a> Case<'a> {
    pub(crate) fn new(scene: &'a Scene<'a>, mut claims: Vec<&'a Facet<'a>>) -> Self {
        claims.sort_by_key(|f| (scene.published(f.entry).is_none(), scene.published(f.entry), f.entry, f.claim.trigger));
        let positions = position::all(scene, &claims);
        let own: BTreeSet<&ClaimId> = positions.iter().map(|p| &p.claim).collect();
        let others = || claims.iter().copied().filter(|f| !own.contains(&f.claim.id));
        let affirming = others().filter(|f| !f.denies()).collect();
        let denying = others().filter(|f| f.denies()).collect();
        Self { scene, affirming, denying, claims, positions, agreed: Vec::new(), disagreements: Vec::new() }
    }

    /// The claims that say it happened; where only parties say so, theirs.
    pub(crate) fn telling(&self) -> Vec<&'a Facet<'a>> {
        if self.affirming.is_empty() {
            let positive: Vec<_> = self.claims.iter().copied().filter(|f| !f.denies()).collect();
            return if positive.is_empty() { self.claims.clone() } else { positive };
        }
        self.affirming.clone()
    }

    pub(crate) fn support(&self, by: &[&Facet<'_>]) -> Support {
        self.scene.origins.support(by.iter().map(|f| &f.claim.id))
    }

    /// How many voices give a value.
    pub(crate) fn voices(&self, by: &[&Facet<'_>]) -> u32 {
        let support = self.support(by);
        support.independent + support.untraced
    }

    fn value(&self, value: &Value<'_>) -> SupportedValue {
        let mut claims: Vec<ClaimId> = value.by.iter().map(|f| f.claim.id.clone()).collect();
        claims.sort();
        claims.dedup();
        SupportedValue { value: value.label.clone(), support: self.support(&value.by), claims }
    }

    /// Put down what the claims give: one value is agreed on, several are a disagreement.
    pub(crate) fn put(&mut self, attribute: Attribute, values: &[Value<'_>], relation: DisagreementRelation) {
        let told: Vec<SupportedValue> = values.iter().map(|v| self.value(v)).collect();
        match told.len() {
            0 => {}
            1 => self.agreed.extend(told.into_iter().map(|value| Agreement { attribute, value })),
            _ => self.disagreements.push(Disagreement { attribute, relation, values: told }),
        }
    }

    /// Do values that differ stem from a translation alone: the other telling being the same, or all values but one those
    /// of translations of which the original says otherwise?
    pub(crate) fn is_translation_error(&self, values: &[Value<'_>]) -> bool {
        let mistaken = |v: &Value<'_>| v.by.iter().all(|f| values.iter().flat_map(|w| &w.by).any(|g| self.is_original(g, f, v)));
        if values.iter().filter(|v| !mistaken(v)).count() == 1 {
            return true;
        }
        values.iter().enumerate().all(|(n, v)| {
            values[n + 1..].iter().all(|w| v.by.iter().all(|f| w.by.iter().all(|g| self.scene.one_telling(f, g))))
                && values
                    .iter()
                    .enumerate()
                    .any(|(m, w)| m != n && v.by.iter().any(|f| w.by.iter().any(|g| self.scene.translated(f.entry, g.entry))))
        })
    }
}

impl Case<'_> {
    /// Was the second claim's report translated from the first's, which does not share the value?
    fn is_original(&self, first: &Facet<'_>, second: &Facet<'_>, value: &Value<'_>) -> bool {
        let (a, b) = (first.entry.min(second.entry), first.entry.max(second.entry));
        self.scene.one_telling(first, second)
            && self.scene.translations.get(&(a, b)) == Some(&Some(second.entry))
            && !value.by.iter().any(|f| f.entry == first.entry)
    }
}

/// Group claims by whether their values can be one: a claim joins the first group all of whose members it fits.
pub(crate) fn group<'a, T>(
    claims: impl IntoIterator<Item = (&'a Facet<'a>, T)>,
    fits: impl Fn(&T, &T) -> bool,
) -> Vec<Vec<(&'a Facet<'a>, T)>> {
    let mut groups: Vec<Vec<(&'a Facet<'a>, T)>> = Vec::new();
    for (facet, value) in claims {
        match groups.iter_mut().find(|g| g.iter().all(|(_, other)| fits(other, &value))) {
            Some(found) => found.push((facet, value)),
            None => groups.push(vec![(facet, value)]),
        }
    }
    groups
}
