//! Who says what: a number, a blow and a denial stand under whoever says them. Short invented texts in both languages.

#![allow(clippy::unwrap_used)] // a test ends where something is not as it should be

use marsad_analyse::Analyser;
use marsad_knowledge::Files;
use marsad_model::{Claim, CountScope, Harm, Language, Modality, Report, Span, Status};

/// A text, and its claims as [`show`] tells them.
const TEXTS: &[(&str, &[&str])] = &[
    // Two numbers of two speakers are two claims.
    (
        "Hezbollah announced the death of two of its fighters in Tyre. Lebanon's health ministry put the toll at four dead.",
        &["battle.other, 2 killed, says Hezbollah", "battle.other, 4 killed, says Lebanese Ministry of Public Health"],
    ),
    (
        "أعلن حزب الله مقتل اثنين من مقاتليه في صور. وقالت وزارة الصحة اللبنانية إن أربعة أشخاص قتلوا.",
        &["battle.other, 2 killed, says Hezbollah", "battle.other, 4 killed, says Lebanese Ministry of Public Health"],
    ),
    // What a party says of a blow is no word of the report's.
    (
        "Warplanes struck a house in Tyre, wounding a woman. The Israeli military said it had struck rocket launchers in Tyre.",
        &["explosion.air_strike, 1 injured", "explosion.air_or_artillery by Israel Defense Forces, says Israel Defense Forces"],
    ),
    // A witness who tells more of what the report tells is its source.
    ("Shells hit a mill in Taiz. The shells killed two men, a doctor said.", &["explosion.shelling, 2 killed, says doctor"]),
    // Who only speaks of an attack says nothing of how it was.
    (
        "قتل جنديان في هجوم شنه تنظيم داعش قرب داقوق. وأعلن جهاز مكافحة الإرهاب اعتقال رجلين على صلة بالهجوم.",
        &["battle.offensive by Islamic State, 2 killed", "custody.arrest, 2 detained, says Iraqi Counter Terrorism Service"],
    ),
    // The speaker stands before the clause that tells of him, and goes on after "and", or «نافيا».
    (
        "The official, who asked not to be named, said smugglers were behind the kidnapping of a clerk.",
        &["civilians.abduction accused smugglers, says official"],
    ),
    ("The army denied that its troops had fired at the hospital.", &["battle.offensive accused troops, denied, says army"]),
    (
        "وقال المتحدث باسم الجيش الإسرائيلي إن الغارات استهدفت مستودعا لحزب الله في صور، نافيا استهداف مدنيين.",
        &["explosion.air_strike, says IDF Spokesperson", "explosion.air_or_artillery, denied, says IDF Spokesperson"],
    ),
    // His kin are asked; they say nothing.
    ("خطفت عصابة مسلحة رجلا مسنا من قرية الحريسة وطالبت ذويه بفدية.", &["civilians.abduction by عصابة مسلحة, 1 captured"]),
    // "The wing of X" is X's, and no person of two words.
    (
        "Palestinian Islamic Jihad's armed wing said it had fired mortars at soldiers east of Gaza.",
        &["explosion.shelling by al-Quds Brigades, says al-Quds Brigades"],
    ),
    // History with its year is history.
    ("In 2022, five clerks were kidnapped in Mukalla.", &["civilians.abduction, 5 captured in all, background"]),
    // A ministry that revises a number speaks for itself.
    (
        "The group said a fighter named Abu Yusuf al-Ansari had detonated an explosive vest in Karrada. Iraq's interior ministry revised the \
         death toll down to 19.",
        &[
            "explosion.bombing by Abu Yusuf al-Ansari, says The group",
            "explosion.bombing by Abu Yusuf al-Ansari, 19 killed, says Iraqi Ministry of Interior",
        ],
    ),
    // Who speaks behind a semicolon says nothing of what stands before it.
    (
        "In Hodeidah an air raid destroyed a workshop, the coalition said; the Houthi-run agency said the building was a school.",
        &["explosion.air_strike, says Saudi-led coalition in Yemen", "property.destruction, says Saudi-led coalition in Yemen"],
    ),
    // What nobody confirms is not told; who has not commented says nothing.
    ("استهدفت مسيرة إسرائيلية سيارة قرب صور. ولم تؤكد إسرائيل استهدافها السيارة.", &["explosion.drone_strike by Israeli Air Force"]),
    (
        "The army has not commented on the strikes, while an RSF spokesman claimed that 27 civilians had died in Kutum.",
        &["civilians.other, 27 killed, alleged, says Rapid Support Forces"],
    ),
    // With what somebody is charged is not denied with the rest.
    (
        "ونفى الناطق باسم فرقة الحمزة وقوع قتلى في صفوفها في جنديرس، متهما العمشات بالبدء بإطلاق النار.",
        &["battle.offensive, alleged, says الناطق باسم"],
    ),
    // Those whom a word tells of by what befell them before are counted as others are.
    ("قتل 27 نازحا في قصف نفذته قوات الدعم السريع على مخيم زمزم.", &["explosion.air_or_artillery by Rapid Support Forces, 27 killed"]),
    ("استشهد سبعة مواطنين من عائلة أبو ريدة في قصف على رفح.", &["explosion.air_or_artillery, 7 killed"]),
    (
        "قتل ثلاثة جنود وأصيب أربعة آخرون من القوات التابعة للمجلس الانتقالي الجنوبي بانفجار عبوة ناسفة في مودية.",
        &["explosion.bombing, 3 killed, 4 injured"],
    ),
    ("قتل سبعة من المهاجمين في الهجوم الذي شنه تنظيم داعش قرب داقوق.", &["battle.offensive by Islamic State, 7 killed"]),
    // Aircraft that others launched.
    (
        "أسقطت الدفاعات الجوية التابعة للقوات الحكومية طائرتين مسيرتين أطلقهما الحوثيون باتجاه مأرب.",
        &["explosion.interception by Government forces", "explosion.drone_strike by Houthis (Ansar Allah)"],
    ),
    // Of two that a noun governs the first did it.
    ("وندد الأهالي باعتقال الأجهزة الأمنية للشاب رامي عامر في السويداء.", &["custody.arrest by الأجهزة الأمنية, 1 detained"]),
    // A sum since a day is no harm of that day.
    (
        "وقالت وزارة الصحة في غزة إن 41 شهيدا وصلوا إلى المستشفيات، ما يرفع حصيلة العدوان منذ السابع من أكتوبر إلى 52310 شهداء.",
        &["battle.other, 41 killed, 52310 killed in all, says Ministry of Health in Gaza"],
    ),
    // A stretch of months is no day, and what is said on a day did not happen then.
    (
        "At least 62 civilians were killed and 140 others injured in Yemen between July and September 2030, residents said in a report on \
         Thursday.",
        &["civilians.other, 62 killed in all, 140 injured in all, background, says residents"],
    ),
    // «إن شخصا قتل» tells of one; whom somebody asks says nothing.
    (
        "وقال مصدر طبي إن شخصا قتل وأصيب ستة في اشتباكات في الزاوية، داعيا الأهالي إلى التبرع بالدم.",
        &["battle.clash, 1 killed, 6 injured, says مصدر طبي"],
    ),
    // A war's toll belongs to no strike that a report tells of just before.
    (
        "An Israeli air strike killed 12 people in Khan Younis on Monday, the civil defence said. More than 41,000 Palestinians have been \
         killed in Gaza since the war began, according to the health ministry.",
        &[
            "explosion.air_strike by Israel, 12 killed, says Civil defence",
            "battle.other, 41000 killed in all, background, says health ministry",
        ],
    ),
    // What befell others elsewhere is no harm of the strike.
    (
        "Warplanes bombed the town of Saraqib on Sunday. Three people were killed in Maarrat al-Numan.",
        &["explosion.air_strike", "battle.other, 3 killed"],
    ),
    // Whoever tells of it, behind a list, is none of those harmed.
    (
        "Shells struck a market in Omdurman on Thursday, killing 40 people, a volunteer at the Al-Nao hospital told Reuters.",
        &["explosion.shelling, 40 killed, says volunteer"],
    ),
    (
        "Fighters captured 12 gunmen near Sirte, among them two officers, spokesman Salem Gharyani said.",
        &["custody.arrest by Fighters, 12 captured, says spokesman"],
    ),
    (
        "Two people were wounded by shells in Homs, the Wadi Center for Human Rights said.",
        &["explosion.shelling, 2 injured, says Wadi Center for Human Rights"],
    ),
    // What stands before "attack" was attacked, and the attack was told already.
    (
        "Two midwives were killed when the RSF shelled a clinic in El Fasher a day after the market attack.",
        &["explosion.shelling by Rapid Support Forces, 2 killed"],
    ),
    // One more is one.
    (
        "Three men were killed and a fourth was wounded when a landmine exploded in a field near Busayra.",
        &["explosion.mine, 3 killed, 1 injured"],
    ),
    // "The coalition" is that of the country that the report speaks of.
    ("Coalition aircraft bombed a convoy near Taiz on Saturday.", &["explosion.air_strike by Saudi-led coalition in Yemen"]),
    // Since when a number counts is told by another happening: it is no harm of that.
    (
        "Shells hit a house in Ain Zara on Monday, wounding two medics. At least 510 people have been killed since Khalifa Haftar launched \
         his assault on Tripoli, the World Health Organization says.",
        &[
            "explosion.shelling, 2 injured",
            "battle.other, 510 killed in all, background, says World Health Organization",
            "battle.offensive by Khalifa Haftar, says World Health Organization",
        ],
    ),
    // What the storming led to, though another deed follows.
    (
        "Gunmen stormed a village near Kirkuk on Tuesday, killing three tribal fighters and kidnapping two brothers.",
        &["battle.offensive by Gunmen, 3 killed", "civilians.abduction by Gunmen, 2 captured"],
    ),
    // Who may have sent them is accused; who did it is told.
    (
        "Gunmen believed to belong to Islamic State stormed a village near Kirkuk on Tuesday, wounding a guard.",
        &["battle.offensive by Gunmen accused Islamic State, 1 injured"],
    ),
    // The number stands before what sort of people they are.
    ("A roadside bomb wounded two intelligence officers near Nawa.", &["explosion.bombing, 2 injured"]),
    ("Militants killed nine federal policemen in Hawija on Monday.", &["battle.other by Militants, 9 killed"]),
    // A participle beside an article only says who somebody is; charged with one deed, they suffer another.
    ("The body of a kidnapped engineer was found in Tikrit on Monday.", &["remains.found"]),
    (
        "Three men accused of planting bombs were arrested in Tikrit on Monday.",
        &["explosion.bombing accused Three men, alleged", "custody.arrest, 3 detained"],
    ),
    // Whoever speaks behind a semicolon says nothing of what stands before.
    ("In Tulkarm, soldiers shot dead a boy on Monday; the army said he had thrown a stone.", &["civilians.attack by soldiers, 1 killed"]),
    // What a passive tells on of is another's deed.
    (
        "Three soldiers were killed in Rafah on Monday when Hamas fighters blew up a house, the army announced.",
        &["explosion.bombing by Hamas, 3 killed, says army"],
    ),
    ("An ambulance was hit by a shell in Misrata, wounding three medics.", &["explosion.shelling, 3 injured"]),
    ("A patrol of the army came under fire near Misrata on Monday.", &["battle.offensive"]),
    (
        "Clashes killed at least 15 people in Zalingei on Monday, a doctor who asked not to be named told AFP.",
        &["battle.clash, 15 killed, says doctor"],
    ),
    // Another deed in another town, though it is told in a word for how something was done.
    (
        "Lebanese troops raided a house in Brital on Tuesday. In Tripoli a hand grenade was thrown at a cafe, injuring two customers.",
        &["battle.raid by Lebanese Armed Forces", "battle.offensive, 2 injured"],
    ),
    // Behind a quotation whoever speaks follows, and whoever is accused says nothing.
    (
        "Militiamen raided Nyala on Monday. “They shot dead my two brothers,” said Hawa Adam.",
        &["battle.raid by Militiamen", "civilians.attack, 2 killed, says Hawa Adam"],
    ),
    // A day of the main clause is none of what stands behind "after"; "UN-backed" is not the UN.
    (
        "A shelter was bombed in Tajoura on Monday. The UN-backed government blamed an air strike by Haftar's Libyan National Army.",
        &["explosion.air_or_artillery", "explosion.air_strike by Libyan National Army, alleged"],
    ),
    // What troops come to do is not done yet.
    (
        "Nine men were killed in a raid on Jenin on Monday. The army said troops had gone in to arrest two militants.",
        &["battle.raid, 9 killed", "custody.arrest by troops, 2 detained, says army"],
    ),
    // Deeds are no dead.
    ("وثق المكتب 38 عملية اغتيال في درعا أسفرت عن مقتل 29 شخصا.", &["civilians.targeted_killing, 29 killed"]),
];

/// `type`, who did it or is accused of it, how many came to harm, what is unusual, and who says so.
fn show(claim: &Claim<Span>) -> String {
    let mut out = claim.event_type.to_string();
    for actor in &claim.actors {
        match actor.role {
            marsad_model::ActorRole::Initiator => out += &format!(" by {}", actor.name),
            marsad_model::ActorRole::Accused => out += &format!(" accused {}", actor.name),
            _ => {}
        }
    }
    for (harm, word) in [(Harm::Killed, "killed"), (Harm::Injured, "injured"), (Harm::Captured, "captured"), (Harm::Detained, "detained")] {
        for c in claim.casualties.iter().filter(|c| c.harm == harm && c.part_of.is_none()) {
            let all = if c.scope == CountScope::Period { " in all" } else { "" };
            c.min.into_iter().for_each(|n| out += &format!(", {n} {word}{all}"));
        }
    }
    match claim.modality {
        Modality::Denied => out += ", denied",
        Modality::Alleged => out += ", alleged",
        _ => {}
    }
    if claim.status == Status::Background {
        out += ", background";
    }
    claim.attribution.iter().for_each(|a| out += &format!(", says {}", a.name));
    out
}

#[test]
fn what_is_said_stands_under_whoever_says_it() {
    let analyser = Analyser::new(&Files::embedded()).unwrap();
    let mut wrong = Vec::new();
    for (text, expected) in TEXTS {
        let arabic = text.chars().any(|c| ('\u{0621}'..='\u{064A}').contains(&c));
        let (language, lead) =
            if arabic { (Language::Arabic, "12 كانون الثاني 2031\n\n") } else { (Language::English, "12 January 2031\n\n") };
        let mut report = Report::of_text(language, &format!("{lead}{text}"));
        report.published = serde_json::from_value(serde_json::json!({
            "start": "2031-01-12", "end": "2031-01-12", "precision": "day", "basis": "given"
        }))
        .unwrap();
        let told: Vec<String> = analyser.analyse(&report).claims.iter().map(show).collect();
        if told != *expected {
            wrong.push(format!("{text}\n    is     {told:#?}\n    should {expected:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
