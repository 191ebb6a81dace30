//! One claim a report and event: what headline, lead and body say three times is one claim with all its evidence.

use crate::casualty::take_over;
use crate::draft::Draft;
use crate::harm::place_at_head;
use crate::passage::Passage;
use crate::telling::{by_others, lend, says_itself};
use marsad_model::{ActorRole, ClaimActor, ClaimPlace, EventType, PlaceRole, Span};

/// Join a draft to an earlier one of the same sort where nothing it says sets it apart, and either it is told as known
/// ("the fighting", «الاشتباكات») or it repeats the earlier one's place or parties.
pub(crate) fn merge(passage: &Passage, drafts: Vec<Draft>) -> Vec<Draft> {
    let mut out: Vec<Draft> = Vec::new();
    for mut draft in drafts {
        let from = out.len().saturating_sub(WINDOW);
        match out[from..].iter().rposition(|earlier| same(passage, earlier, &draft)) {
            Some(i) if is_telling(passage, &out[from + i], &draft) => {
                lend(&out[from + i], &mut draft);
                out.push(draft);
            }
            Some(i) => join(&mut out[from + i], draft),
            None => out.push(draft),
        }
    }
    out
}

/// Does somebody else say so, in a sentence of their own?
fn is_telling(passage: &Passage, earlier: &Draft, later: &Draft) -> bool {
    earlier.sentence != later.sentence && by_others(passage, earlier, later) && says_itself(later)
}

/// Happenings told before that a draft is compared with. A report is shorter; a book of them costs no square of its length.
const WINDOW: usize = 120;

/// Two words of one sort this close, in items, speak of one happening.
const ADJACENT: usize = 3;

/// So many sentences later, a word may still go back to what was told.
const NEAR: usize = 3;

/// Types that speak of one happening in different words.
fn alike(a: EventType, b: EventType) -> bool {
    let fight = |t: EventType| t.class() == "battle" && matches!(t.kind(), "clash" | "other");
    let killing =
        |t: EventType| t.class() == "civilians" && matches!(t.kind(), "attack" | "targeted_killing" | "other") || t.class() == "execution";
    a == b
        || killing(a) && killing(b)
        || fight(a) && fight(b)
        || a.class() == "explosion" && b.class() == "explosion" && (open(a) || open(b))
}

/// Strike or shelling: left open.
fn open(t: EventType) -> bool {
    matches!(t.kind(), "air_or_artillery" | "other")
}

fn same(passage: &Passage, earlier: &Draft, later: &Draft) -> bool {
    if later.telling.is_some() {
        return false;
    }
    let (Some(a), Some(b)) = (earlier.event_type, later.event_type) else { return false };
    // "The attack began at eight, when they fired two grenades": how it was done is no attack of its own.
    let doer = |d: &Draft| d.actors.iter().any(|x| x.role == ActorRole::Initiator && !x.carried);
    // Who fires back in a sentence of his own does something else.
    let own = passage.language.grammar.verb_first && later.sentence != earlier.sentence && doer(later);
    // "In Tripoli a grenade was thrown at a café": somewhere else.
    let how = place_at_head(passage, later).is_none()
        && !own
        && later.how
        && !earlier.how
        && (a.class() == "battle" || alike(a, b))
        && later.sentence - earlier.sentence <= NEAR;
    if !(how || alike(a, b)) || earlier.modality != later.modality || earlier.polarity != later.polarity || earlier.status != later.status {
        return false;
    }
    if a.is_state() {
        return false;
    }
    let places = compare(&wheres(earlier), &wheres(later));
    let actors = compare(&ids(earlier), &ids(later));
    let times = match (&earlier.time, &later.time) {
        (Some(a), Some(b)) if a.span.is_some() && b.span.is_some() => Some(a.start == b.start && a.relative == b.relative),
        _ => None,
    };
    let counts_differ = earlier
        .casualties
        .iter()
        .any(|x| later.casualties.iter().any(|y| x.harm == y.harm && x.min.is_some() && y.min.is_some() && x.min != y.min));
    // «عبوة ناسفة استهدفت سيارتهم», "an explosion struck the market", «استهدف قصف حي الزيتون في الأتارب»: the verb tells what its
    // subject did, wherever in the clause each place stands.
    let told_of = earlier.sentence == later.sentence && (later.slots.subject_event == Some(earlier.at) || later.at == earlier.at + 1);
    if places == Some(false) && !told_of || actors == Some(false) || times == Some(false) || counts_differ {
        return false;
    }
    // "detonated four car bombs", «نفذ قصفا بقذائف»: one happening in two words.
    if a == b && earlier.sentence == later.sentence && later.at - earlier.at <= ADJACENT && !later.definite {
        return true;
    }
    // «أفرجوا عن عشرة ضمن صفقة تبادل»: in its own sentence, a noun that is only spoken of says the same again.
    if a == b && earlier.sentence == later.sentence && earlier.said && !later.said && !later.is_violent() {
        return true;
    }
    if how || told_of {
        return true;
    }
    // «خرج طلاب في مظاهرة ورددوا هتافات»: what one sentence tells of people who protest in one place is one protest.
    let against = |d: &Draft| d.actors.iter().any(|x| x.role == ActorRole::Target);
    if a == b && a.class() == "protest" && earlier.sentence == later.sentence && !(against(earlier) && against(later)) {
        return true;
    }
    // «ارتال التنظيم تجوب البوكمال، ودخول ارتال التنظيم إلى البوكمال»: one word twice, of the same who, and of nothing done to anybody.
    let done_to = |d: &Draft| d.actors.iter().any(|x| matches!(x.role, ActorRole::Target | ActorRole::Detainee | ActorRole::Affected));
    let repeated = earlier.sentence == later.sentence && earlier.trigger == later.trigger && actors == Some(true);
    if repeated && !done_to(earlier) && !done_to(later) {
        return true;
    }
    if same_victim(earlier, later) {
        return true;
    }
    let near = later.sentence - earlier.sentence <= NEAR;
    // Whoever came to harm by what was told adds nobody who did it.
    let harmed = |x: &ClaimActor<Span>| {
        passage.language.grammar.verb_first
            && x.role == ActorRole::Target
            && x.id.is_none()
            && later.casualties.iter().any(|c| c.span.overlaps(x.span))
    };
    let says_little = later.actors.iter().all(harmed) && !later.places.iter().any(|p| p.role == PlaceRole::Where && !p.carried);
    let retold = near && later.definite && (says_little || places == Some(true) || actors == Some(true));
    // A further word for it in the same paragraph that adds neither who nor where: "a firefight started".
    let elaborated = says_little && near && earlier.paragraph == later.paragraph && b.kind() == "clash";
    places == Some(true) && actors == Some(true) || retold || elaborated
}

/// `None` where one says nothing; else whether they share anything.
fn compare(a: &[&str], b: &[&str]) -> Option<bool> {
    (!a.is_empty() && !b.is_empty()).then(|| a.iter().any(|x| b.contains(x)))
}

fn wheres(draft: &Draft) -> Vec<&str> {
    let named = |p: &ClaimPlace<Span>| p.role == PlaceRole::Where && !p.carried;
    draft.places.iter().filter(|p| named(p)).map(|p| p.id.as_deref().unwrap_or(&p.name)).collect()
}

fn ids(draft: &Draft) -> Vec<&str> {
    let doer = |a: &&ClaimActor<Span>| matches!(a.role, ActorRole::Initiator | ActorRole::Party | ActorRole::Target);
    draft.actors.iter().filter(doer).filter_map(|a| a.id.as_deref()).collect()
}

/// Words by which someone is told apart from others of his sort: "judge Perez", "six Jesuits", not "soldiers".
const TELLING: usize = 2;

/// Do both tell of one and the same victim: all words of the one are among the other's, and these are enough to tell him
/// by, or the later one is told as known ("the Jesuits")?
fn same_victim(earlier: &Draft, later: &Draft) -> bool {
    if !earlier.is_violent() || !later.is_violent() {
        return false;
    }
    let victims = |d: &'_ Draft| {
        d.actors.iter().filter(|a| a.role == ActorRole::Target && a.id.is_none()).map(|a| words(&a.name)).collect::<Vec<_>>()
    };
    let (told, retold) = (victims(earlier), victims(later));
    retold.iter().any(|r| told.iter().any(|t| within(r, t) && (r.len() >= TELLING || later.definite) || within(t, r) && t.len() >= TELLING))
}

fn words(name: &str) -> Vec<String> {
    name.split_whitespace().map(marsad_text::fold).collect()
}

fn within(few: &[String], many: &[String]) -> bool {
    !few.is_empty() && few.iter().all(|w| many.contains(w))
}

fn join(earlier: &mut Draft, later: Draft) {
    let tells = says_itself(&later);
    earlier.told_again.push((later.sentence, later.at));
    earlier.told_again.extend(later.told_again);
    if later.evidence != earlier.evidence && !earlier.more_evidence.contains(&later.evidence) {
        earlier.more_evidence.push(later.evidence);
    }
    earlier.more_evidence.extend(later.more_evidence.into_iter().filter(|e| *e != earlier.evidence));
    for actor in later.actors {
        let known = earlier.actors.iter().any(|a| a.id.is_some() && a.id == actor.id);
        // Whoever did it may be told later than to whom.
        let lacking = !earlier.actors.iter().any(|a| a.role == actor.role || a.role == ActorRole::Party);
        if !known && (actor.id.is_some() || lacking) {
            earlier.actors.push(actor);
        }
    }
    if !earlier.places.iter().any(|p| p.role == PlaceRole::Where && !p.carried) {
        earlier.places.retain(|p| p.role != PlaceRole::Where);
        earlier.places.extend(later.places);
    }
    take_over(&mut earlier.casualties, later.casualties, |o, c| o.harm != c.harm);
    for m in later.means {
        if !earlier.means.iter().any(|o| o.kind == m.kind) {
            earlier.means.push(m);
        }
    }
    if earlier.time.as_ref().is_none_or(|t| t.span.is_none()) && later.time.as_ref().is_some_and(|t| t.span.is_some()) {
        earlier.time = later.time;
    }
    // «اعتقال اثنين على صلة بالهجوم»: whoever only speaks of it says nothing of how it was.
    if earlier.attribution.is_empty() && tells {
        earlier.attribution = later.attribution;
    }
    earlier.cause = earlier.cause.take().or(later.cause);
    earlier.outcome = earlier.outcome.take().or(later.outcome);
    earlier.intent = earlier.intent.or(later.intent);
    if let (Some(a), Some(b)) = (earlier.event_type, later.event_type)
        && open(a)
        && !open(b)
    {
        earlier.event_type = Some(b);
    }
    earlier.said |= later.said;
    earlier.because.extend(later.because);
}
