//! How many happenings a text tells of, of which kind, and who did them: short invented texts in both languages.

#![allow(clippy::unwrap_used)] // a test ends where something is not as it should be

use marsad_analyse::Analyser;
use marsad_knowledge::Files;
use marsad_model::{ActorRole, Language, MentionKind, Report};

/// A text, and its claims: `type` or `type by initiator`.
const TEXTS: &[(&str, &[&str])] = &[
    // How an attack was done is no attack of its own.
    (
        "The attack began at dusk, when the gunmen came on foot and fired three rocket-propelled grenades at a guard post by the gate of the mill.",
        &["battle.offensive"],
    ),
    ("استهدف قصف مدفعي حي الزيتون في الأتارب. وسقطت أربع قذائف قرب فرن مغلق.", &["explosion.shelling"]),
    // What falls elsewhere is another.
    ("Artillery shelled Saraqib at noon. Two rockets fell on Ariha an hour later.", &["explosion.shelling", "explosion.shelling"]),
    // The kind follows what was fired, fell or went off.
    ("A drone hit a lorry of the militia west of Derna.", &["explosion.drone_strike"]),
    ("Soldiers threw two grenades into a house in Zawiya.", &["battle.offensive by Soldiers"]),
    ("انفجرت عبوة ناسفة بحافلة جنود قرب بعقوبة.", &["explosion.bombing"]),
    ("أصابت قذيفة راعيا قرب منبج.", &["explosion.shelling"]),
    // A place without a name is a place.
    ("The rebels seized two villages on Monday.", &["battle.territory_gain by rebels"]),
    ("استعاد الجيش ثلاث قرى يوم الأحد.", &["battle.territory_gain by الجيش"]),
    ("استعاد الجيش السيطرة على بلدة طيبة بعد معارك يوم الأحد.", &["battle.territory_gain by الجيش", "battle.clash"]),
    // Whose artillery it was says with what they attacked.
    ("A Turkish artillery attack hit a village near Afrin.", &["explosion.shelling by Turkish Armed Forces"]),
    // An exchange is how they were freed, and no second release; an agreement is told once.
    ("أفرج المسلحون عن عشرة أسرى ضمن صفقة تبادل مع الجيش.", &["custody.release by المسلحون"]),
    ("The two sides agreed on a ceasefire in Daraa on Sunday.", &["politics.agreement by The two sides"]),
    // "Its air force" is nobody's of whom another word of that sort is part of the name.
    (
        "The Rapid Support Forces shelled Omdurman on Thursday. The army said its air force had struck RSF positions in Bahri.",
        &["explosion.shelling by Rapid Support Forces", "explosion.air_strike by air force"],
    ),
    ("An air strike killed four children in a tent sheltering displaced people west of Khan Younis.", &["explosion.air_strike"]),
    // Gunmen at the head of a sentence are no person of that name.
    ("Gunmen ambushed a patrol near the well.", &["battle.offensive by Gunmen"]),
    ("Police fired tear gas at protesters in Amara.", &["protest.force_used"]),
    // What nobody does, and words of war that mean something else.
    ("An explosion of tulips covers the hills above Idlib.", &[]),
    ("A boiler exploded in the laundry of a hotel.", &[]),
    ("The river burst its banks and destroyed two bridges.", &[]),
    ("انفجر سخان ماء في بيت وأصيبت أم.", &[]),
];

fn told(text: &str) -> Vec<String> {
    let analyser = Analyser::new(&Files::embedded()).unwrap();
    let arabic = text.chars().any(|c| ('\u{0621}'..='\u{064A}').contains(&c));
    let language = if arabic { Language::Arabic } else { Language::English };
    let claims = analyser.analyse(&Report::of_text(language, text)).claims;
    let by = |c: &marsad_model::Claim<marsad_model::Span>| {
        c.actors.iter().find(|a| a.role == ActorRole::Initiator).map_or_else(String::new, |a| format!(" by {}", a.name))
    };
    claims.iter().map(|c| format!("{}{}", c.event_type, by(c))).collect()
}

#[test]
fn texts_hold_these_happenings() {
    let wrong: Vec<String> = TEXTS
        .iter()
        .filter_map(|(text, expected)| {
            let told = told(text);
            (told != *expected).then(|| format!("{text}\n  {told:?}, not {expected:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_place_in_the_name_of_an_outlet_is_none() {
    let analyser = Analyser::new(&Files::embedded()).unwrap();
    for (language, text) in [
        (Language::English, "Two guards were killed in Hajin, the Rafid agency reported."),
        (Language::Arabic, "قتل حارسان في هجين بحسب وكالة الرافد."),
    ] {
        let mentions = analyser.analyse(&Report::of_text(language, text)).mentions;
        let places: Vec<&str> = mentions.iter().filter(|m| m.kind == MentionKind::Place).map(|m| m.span.of(text)).collect();
        assert!(matches!(places[..], ["Hajin" | "هجين"]), "{text}: {places:?}");
    }
}
