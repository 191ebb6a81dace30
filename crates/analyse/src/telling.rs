//! Tellings: one happening in the words of several speakers.
//!
//! "Hezbollah announced the death of two of its fighters. The ministry put the toll at four": one happening and two claims, for a
//! number stands under whoever says it. Who speaks second leaves unsaid what was told already; that is carried over.

use crate::draft::Draft;
use crate::passage::Passage;
use marsad_model::{ActorRole, Attribution, ClaimActor, ClaimPlace, ClaimTime, PlaceRole, Span};
use marsad_text::fold;

/// Does somebody else tell of it: has each speakers of its own and none in common, or does a party to the war follow what the report
/// says in its own voice?
pub(crate) fn by_others(passage: &Passage, told: &Draft, telling: &Draft) -> bool {
    let own = |d: &Draft| d.attribution.iter().any(|a| !a.carried);
    let one = |x: &Attribution<Span>, y: &Attribution<Span>| {
        x.id.is_some() && x.id == y.id || is_within(passage, x, y) || is_within(passage, y, x)
    };
    let party = |a: &Attribution<Span>| a.id.as_ref().and_then(|id| passage.knowledge.actors.get(id)).is_some_and(|a| a.kind.acts());
    if told.attribution.is_empty() {
        return own(telling) && telling.attribution.iter().all(party);
    }
    own(told) && own(telling) && !told.attribution.iter().any(|x| telling.attribution.iter().any(|y| one(x, y)))
}

/// «الشبكة» after «شبكة أطباء السودان», "the group" after "the rescue group": are all words of the one among the other's?
fn is_within(passage: &Passage, few: &Attribution<Span>, many: &Attribution<Span>) -> bool {
    let clitics = passage.language.lexicon.clitics();
    let words = |a: &Attribution<Span>| -> Vec<String> {
        let folded = a.span.of(passage.text).split_whitespace().map(fold);
        folded.map(|w| clitics.without_article(&w).map(str::to_owned).unwrap_or(w)).collect()
    };
    let many = words(many);
    words(few).iter().all(|w| many.contains(w))
}

/// Has a later telling something that it alone answers for: that it happened, or what harm was done?
pub(crate) fn says_itself(draft: &Draft) -> bool {
    draft.said || draft.casualties.iter().any(|c| c.min.is_some() || c.max.is_some())
}

/// Carry over to another's telling what it leaves unsaid: who, where and when. Whom it befell is for whoever speaks to say.
pub(crate) fn lend(told: &Draft, telling: &mut Draft) {
    let plays = |d: &Draft, role: ActorRole| d.actors.iter().any(|a| a.role == role || a.role == ActorRole::Party);
    let lacking: Vec<ClaimActor<Span>> = told
        .actors
        .iter()
        .filter(|a| matches!(a.role, ActorRole::Initiator | ActorRole::Party) && !plays(telling, a.role))
        .map(|a| ClaimActor { carried: true, ..a.clone() })
        .collect();
    telling.actors.extend(lacking);
    if !telling.places.iter().any(|p| p.role == PlaceRole::Where) {
        let places = told.places.iter().filter(|p| p.role == PlaceRole::Where);
        telling.places.extend(places.map(|p| ClaimPlace { carried: true, ..p.clone() }));
    }
    lend_time(told, telling);
}

/// The day that was told, where the later telling says none.
pub(crate) fn lend_time(told: &Draft, telling: &mut Draft) {
    let says = |d: &Draft| d.time.as_ref().is_some_and(|t| t.span.is_some());
    if says(told) && !says(telling) {
        telling.time = told.time.clone().map(|t| ClaimTime { carried: true, ..t });
    }
}
