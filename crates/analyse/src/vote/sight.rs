//! What the vote sees of a claim in the making: named features, each a template and a value.

use super::sign::Sign;
use crate::draft::Draft;
use crate::item::{Item, Mark, Party};
use crate::passage::Passage;
use marsad_knowledge::{ActorKind, Entry, Field, FieldWord, PartOfSpeech, Saying, Slot};
use marsad_model::{ClaimActor, Modality, PlaceRole, Polarity, Span, Status};
use marsad_text::WordKind;

/// Takes a feature: its template, and what was seen.
pub(crate) type Take<'t> = dyn FnMut(&'static str, &str) + 't;

/// Letters that must be left of a word without its first ones.
const LEFT: usize = 3;
/// First letters that may come off a word of a script without capitals: what is written together with it.
const STRIPPED: usize = 2;

/// What is seen of a sentence, whichever of its triggers is asked about.
pub(crate) fn of_sentence(passage: &Passage, sentence: usize, take: &mut Take) {
    let row = &passage.rows[sentence];
    let words = passage.sentences[sentence].words.clone();
    let length = words.len();
    take("length", bucket(length, &[6, 12, 20, 30, 45]));
    for i in words {
        if passage.words[i].kind == WordKind::Letters {
            word(passage, i, "word", take);
        }
    }
    let armed = row.iter().filter(|i| i.party.as_ref().is_some_and(|p| is_armed(passage, p))).count();
    take("armed", bucket(armed, &[0, 1, 2]));
    let places = row.iter().filter(|i| i.place.is_some()).count();
    take("places", bucket(places, &[0, 1, 2]));
    let weapons = row.iter().filter(|i| i.means().is_some()).count();
    take("weapons", bucket(weapons, &[0, 1]));
    for item in row {
        cues(item, take);
    }
    if passage
        .text
        .get(passage.sentences[sentence].span.start as usize..passage.sentences[sentence].span.end as usize)
        .is_some_and(|s| s.contains(['«', '“', '"']))
    {
        take("quoted", "");
    }
}

/// The other walk of life that an item's word belongs to.
pub(crate) fn field(item: &Item) -> Option<FieldWord> {
    item.entries.iter().find_map(|e| if let Entry::OtherField(word) = e { Some(*word) } else { None })
}

/// The cues of an item.
fn cues(item: &Item, take: &mut Take) {
    for entry in &item.entries {
        match entry {
            Entry::Saying(Saying::Cue(_, force)) => take("saying", &format!("{force:?}")),
            Entry::Saying(Saying::Holder(kind)) => take("holder", &format!("{kind:?}")),
            Entry::Modality(cue) => take("cue", &format!("{:?}", cue.effect)),
            Entry::Support(kind) => take("support", &format!("{kind:?}")),
            _ => {}
        }
    }
}

/// A word as it stands and without its first letters, one template: «والقصف» and «القصف» share a feature.
pub(super) fn word(passage: &Passage, i: usize, template: &'static str, take: &mut Take) {
    let folded = passage.words.folded(i);
    take(template, folded);
    if passage.words[i].case == marsad_text::Case::None {
        let letters = folded.chars().count();
        for n in 1..=STRIPPED.min(letters.saturating_sub(LEFT)) {
            if let Some(rest) = folded.char_indices().nth(n).and_then(|(at, _)| folded.get(at..)) {
                take(template, rest);
            }
        }
    }
}

/// What is seen of one draft.
pub(crate) fn of_draft(passage: &Passage, draft: &Draft, sign: Sign, take: &mut Take) {
    // Those who march bear no arms, and those who talk need name none.
    match draft.event_type.map_or("", |t| t.class()) {
        "protest" => {}
        "politics" => take("talk", sign.word()),
        _ => take("sign", sign.word()),
    }
    let row = &passage.rows[draft.sentence];
    let trigger = &passage.language.triggers[draft.trigger as usize];
    let kind = draft.event_type.map_or_else(String::new, |t| t.to_string());
    take("type", &kind);
    take("class", draft.event_type.map_or("", |t| t.class()));
    if draft.event_type.is_some_and(|t| t.kind() == "other" && t.class() != "explosion") {
        take("only harm", sign.word());
    }
    take("lemma", &trigger.lemma);
    take("frame", &trigger.frame);
    let noun = trigger.pos == PartOfSpeech::Noun;
    let manner = match (noun, draft.said, draft.definite) {
        (false, _, _) if draft.slots.passive => "passive",
        (false, _, _) => "verb",
        (true, true, true) => "definite noun that says so",
        (true, true, false) => "noun that says so",
        (true, false, true) => "definite noun spoken of",
        (true, false, false) => "noun spoken of",
    };
    take("manner", manner);
    if draft.slots.supported {
        take("light verb", "");
    }
    if draft.slots.subject_event.is_some() {
        take("event as subject", "");
    }
    take("drafts", draft.doubts.first().copied().unwrap_or("none"));
    around(passage, draft, take);
    roles(passage, row, draft, take);
    told(draft, take);
    bare(passage, row, draft, take);
    other_fields(passage, row, draft, sign, take);
}

/// Signs that nothing in particular is told: nobody at all and no harm, or nobody who is known or bears arms, nowhere.
fn bare(passage: &Passage, row: &[Item], draft: &Draft, take: &mut Take) {
    if !draft.casualties.is_empty() {
        return;
    }
    let placed = draft.places.iter().any(|p| p.role == PlaceRole::Where);
    if draft.actors.is_empty() {
        take("bare", if placed { "somewhere" } else { "nowhere" });
    }
    let known = |a: &ClaimActor<Span>| a.id.is_some() || sort_of_actor(passage, row, a).starts_with(ARMED);
    if !placed && !draft.actors.iter().any(known) {
        take("vague", "");
    }
}

/// The sort of people who bear arms, in knowledge's word, and of bodies of such.
const ARMED: &str = "armed";

/// Words of other walks of life in the sentence: of those in which war is a figure of speech, and of those in which people
/// come to harm by nobody's hand.
fn other_fields(passage: &Passage, row: &[Item], draft: &Draft, sign: Sign, take: &mut Take) {
    let protest = draft.event_type.is_some_and(|t| t.class() == "protest");
    // People do march against prices and taxes.
    let found = row.iter().filter_map(field).filter(|w| !(protest && w.field == Field::Business));
    let (mishaps, figures): (Vec<FieldWord>, Vec<FieldWord>) = found.partition(|w| w.field.is_mishap());
    let points = |words: &[FieldWord]| words.iter().map(|w| w.points()).sum::<usize>();
    let named = row.iter().any(|i| i.party.as_ref().is_some_and(|p| bears_arms(passage, p)));
    // A nationality bears no arms by itself: frost in Brazil is weather.
    let soldiers = |p: &Party| is_armed(passage, p) && p.actor.is_none();
    let armed = named || row.iter().any(|i| i.means().is_some() || i.party.as_ref().is_some_and(soldiers));
    match points(&figures) / FieldWord::SURE {
        0 if figures.is_empty() || armed => {}
        0 => take("field", "weak"),
        sure => {
            take("field", if sure == 1 { "1" } else { "2" });
            if named {
                take("field", "armed");
            }
        }
    }
    // An air strike is one in the rain, too.
    let nobodys =
        sign.is_unarmed() || draft.event_type.is_some_and(|t| t.kind() == "other" || matches!(t.class(), "property" | "movement"));
    if nobodys && !armed && !mishaps.is_empty() {
        take("mishap", if points(&mishaps) < FieldWord::SURE { "weak" } else { "sure" });
    }
}

/// Is it an actor that is there to fight: no state, no nationality?
pub(super) fn bears_arms(passage: &Passage, party: &Party) -> bool {
    let kind = party.actor.map(|a| passage.knowledge.actors.list[a as usize].kind);
    kind.is_some_and(|k| k.is_armed() && k != ActorKind::State)
}

/// The words beside the trigger.
fn around(passage: &Passage, draft: &Draft, take: &mut Take) {
    let row = &passage.rows[draft.sentence];
    let item = &row[draft.at];
    let sentence = passage.sentences[draft.sentence].words.clone();
    if let Some(i) = item.first.checked_sub(1).filter(|i| sentence.contains(i)) {
        word(passage, i, "before", take);
    }
    if sentence.contains(&(item.last + 1)) {
        word(passage, item.last + 1, "after", take);
    }
    let beside = |at: Option<usize>| at.and_then(|j| row.get(j)).map_or("edge", sort);
    take("sort before", beside(draft.at.checked_sub(1)));
    take("sort after", beside(Some(draft.at + 1)));
}

/// What an item is to the frames, in a word.
fn sort(item: &Item) -> &'static str {
    if item.party.is_some() {
        "party"
    } else if item.place.is_some() {
        "place"
    } else if item.time.is_some() {
        "time"
    } else if item.number.is_some() {
        "number"
    } else if let Some(mark) = item.mark {
        if mark == Mark::Stop { "stop" } else { "comma" }
    } else if item.is_trigger() {
        "trigger"
    } else if let Some(slot) = item.marker() {
        marker(slot)
    } else if item.place_noun().is_some() {
        "place noun"
    } else if item.means().is_some() {
        "means"
    } else if item.saying().is_some() {
        "saying"
    } else if item.is_plain() {
        "plain"
    } else {
        "cue"
    }
}

fn marker(slot: Slot) -> &'static str {
    match slot {
        Slot::Article => "article",
        Slot::And => "and",
        Slot::That => "that",
        Slot::Relative => "relative",
        Slot::Passive => "auxiliary",
        Slot::By => "by",
        Slot::On | Slot::Against => "on",
        Slot::In | Slot::Near => "in",
        Slot::From => "from",
        Slot::Of => "of",
        Slot::To => "to",
        _ => "preposition",
    }
}

/// Who plays which role, by sorts of party.
fn roles(passage: &Passage, row: &[Item], draft: &Draft, take: &mut Take) {
    for actor in &draft.actors {
        let role = format!("{:?}", actor.role).to_lowercase();
        take("role", &format!("{role} {}", sort_of_actor(passage, row, actor)));
    }
    if draft.actors.is_empty() {
        take("role", "none");
    }
    let places = draft.places.iter().filter(|p| p.role == PlaceRole::Where);
    let own = places.clone().any(|p| !p.carried);
    take(
        "where",
        if own {
            "told"
        } else if places.count() > 0 {
            "carried"
        } else {
            "none"
        },
    );
    for c in &draft.casualties {
        let harm = format!("{:?}", c.harm).to_lowercase();
        take("harm", &format!("{harm} {}", if c.min.is_some() || c.max.is_some() { "counted" } else { "some" }));
        take("hurt", &format!("{:?}", c.status).to_lowercase());
    }
    if draft.casualties.is_empty() {
        take("harm", "none");
    }
    for m in &draft.means {
        take("means", &format!("{:?}", m.kind).to_lowercase());
    }
    if draft.means.is_empty() {
        take("means", "none");
    }
}

/// A party's sort: what knowledge says of the actor, or of the noun.
fn sort_of_actor(passage: &Passage, row: &[Item], actor: &ClaimActor<Span>) -> String {
    if let Some(known) = actor.id.as_ref().and_then(|id| passage.knowledge.actors.get(id)) {
        return format!("{:?}", known.kind).to_lowercase();
    }
    let party = row.iter().filter_map(|i| i.party.as_ref()).find(|p| p.span == actor.span || p.whole == actor.span);
    match party {
        Some(p) if p.head => "armed body".to_owned(),
        Some(p) if p.person => "person".to_owned(),
        Some(p) => p.people.map_or_else(
            || "other".to_owned(),
            |r| {
                let people = &passage.language.people[r as usize];
                if people.is_armed() { ARMED.to_owned() } else { people.kind.clone() }
            },
        ),
        None => "other".to_owned(),
    }
}

pub(super) fn is_armed(passage: &Passage, party: &Party) -> bool {
    party.head
        || party.actor.is_some_and(|a| passage.knowledge.actors.list[a as usize].kind.is_armed())
        || party.people.is_some_and(|p| passage.language.people[p as usize].is_armed())
}

/// Time, voice, modality.
fn told(draft: &Draft, take: &mut Take) {
    let time = draft.time.as_ref();
    take("time", time.filter(|t| t.span.is_some()).map_or("none", |t| if t.relative.is_some() { "relative" } else { "dated" }));
    if let Some(t) = time.filter(|t| t.span.is_some()) {
        take("precision", &format!("{:?}", t.precision).to_lowercase());
    }
    if draft.modality != Modality::Asserted {
        take("modality", &format!("{:?}", draft.modality).to_lowercase());
    }
    if draft.polarity == Polarity::Negative {
        take("negative", "");
    }
    if draft.status == Status::Background {
        take("background", "");
    }
    match draft.attribution.first() {
        Some(a) => take("voice", &format!("{:?}", a.kind).to_lowercase()),
        None => take("voice", "none"),
    }
    if draft.cause.is_some() {
        take("cause", "");
    }
    if draft.outcome.is_some() {
        take("outcome", "");
    }
}

/// The first bound that a number does not exceed, as words.
pub(super) fn bucket(n: usize, bounds: &[usize]) -> &'static str {
    const NAMES: [&str; 7] = ["0", "1", "2", "3", "4", "5", "6"];
    NAMES[bounds.iter().position(|b| n <= *b).unwrap_or(bounds.len()).min(6)]
}
