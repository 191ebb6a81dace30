//! What was done and what cannot be promised, for whoever opens the folder.

use crate::masked::MASK;
use marsad_record::RedactionRecord;

/// The file that says so.
pub use marsad_export::TOLD;

/// What is to be known of the salt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Salted {
    /// It is kept: another export with it has the same ids.
    Kept,
    /// It was drawn when the server was started and is kept nowhere.
    Fresh,
}

/// The text of [`TOLD`].
pub fn told(held: &RedactionRecord, salted: Salted) -> String {
    let salt = match salted {
        Salted::Kept => "It is kept with the ledger's owner: with it another export has the same ids.",
        Salted::Fresh => {
            "It was drawn when the server was started and is kept nowhere: only files that were taken before the\n  server was started again have the same ids."
        }
    };
    let RedactionRecord {
        victims_withheld,
        victims_by_initials,
        victims_named,
        other_persons,
        place_names,
        places_coarsened,
        masks,
        reports_masked,
        claims_masked,
        addresses,
        decisions_left_out,
        originals_with_names,
    } = held;
    let originals = match originals_with_names {
        0 => String::new(),
        n => format!(
            "**Every name stands in the originals, and {n} of them are in this bundle, as was asked for twice: whoever has this bundle has all\n\
             names. Only the records and the page are without them.**\n\n"
        ),
    };
    format!(
        "# Names are held back in this export\n\n{originals}\
         | what | how many |\n| --- | --- |\n\
         | names of victims that stand nowhere | {victims_withheld} |\n\
         | names of victims of which initials stand, by a person's ruling | {victims_by_initials} |\n\
         | names of victims that stand, by a person's ruling | {victims_named} |\n\
         | names of other persons whom no list knows: witnesses, relatives, speakers | {other_persons} |\n\
         | names of buildings and camps | {place_names} |\n\
         | places put to their district | {places_coarsened} |\n\
         | masks in texts | {masks} |\n\
         | reports whose text or title has a mask | {reports_masked} |\n\
         | claims whose evidence has a mask | {claims_masked} |\n\
         | addresses, accounts and handles left out | {addresses} |\n\
         | decisions left out | {decisions_left_out} |\n\
         | originals that are here all the same, with every name in them | {originals_with_names} |\n\n\
         ## What was done\n\n\
         - `{MASK}` stands in place of what is held back. It has the same length whatever it hides. Offsets were counted anew: each\n\
           span quotes the text of this export, and `text_sha256` is the hash of that text. A report or claim with a mask says\n\
           `\"masked\":true`.\n\
         - A name is masked in every report and field: whole, and each of its words of three letters or more; whatever its case,\n\
           vowel marks, stretched, broken-up, joined or look-alike letters, with what is written together with a word's beginning or\n\
           end, inside tags, and in the other script where its letters are alike enough. A name that a person released is masked in part where it shares a word\n\
           with one that is held back.\n\
         - Minors, detainees, injured survivors, victims of sexual violence and witnesses are named only where a person ruled so for\n\
           that very person, as all others are.\n\
         - Buildings (homes, clinics, shelters) and camps are told by their district (by their first-order division where no district\n\
           is known), and their names are masked, beside such a noun in texts too; so are places that a person pinned on the map, and\n\
           coordinates and telephone numbers in texts. Where the words of a\n\
           claim speak of such a building or camp, its other places, those of its event and of all that is mentioned in these words\n\
           are told by their district too: id, name, point and radius, and what reports agree or differ on as to the place.\n\
         - Addresses, accounts, handles, keys, paths, bylines, hashes of originals, originals and decisions are left out, the names of\n\
           sources that are one person too; such names, and those in bylines, are masked in texts. Originals and their hashes are in a bundle only where they were asked for twice.\n\
         - Of a bundle the custody log is left out, but for the number, hash and day of its newest entry, and so are the grounds on which\n\
           reports were withdrawn.\n\
         - Ids are hashed with a salt that is not part of this export. {salt}\n  An event's id does not follow from its claims' ids here.\n\n\
         ## What cannot be promised\n\n\
         - A name that the reader did not find as a name of a person is not masked, unless it is also that of someone it found.\n\
         - Words of two letters, and words that are everyday words as well, are masked only beside another word of the name.\n\
         - A nickname, a spelling in the other script of a first name alone, and a misspelt name stay.\n\
         - What tells of a person without naming them stays: age, kin, trade, village, day, wounds. A rare event can be enough: the\n\
           only midwife of a village, twins, the one shot on that day.\n\
         - Place names of settlements stay, in texts too, and so do names of streets, numbers of houses, codes that stand for a point, and\n\
           what a text says of a way: \"behind the mill\".\n\
         - Names of those whom a list of actors knows stay: commanders, officials, bodies.\n\
         - Whoever finds one of these reports elsewhere, by its words, has all its names.\n\n\
         Have a person read what is to be published.\n"
    )
}
