//! The grammar of a language, as far as filling roles needs it (`grammar.toml`).

/// How clauses are built, as far as filling roles needs it (`grammar.toml`).
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grammar {
    /// Where this comes from.
    pub basis: String,
    /// The verb stands before its subject.
    pub verb_first: bool,
    /// A passive is written like the active.
    pub unmarked_passive: bool,
    /// Endings of nouns that mean two of a thing.
    #[serde(default)]
    pub dual: Vec<String>,
    /// Endings that mean two, or many of nouns whose plural is made by an ending.
    #[serde(default)]
    pub dual_or_plural: Vec<String>,
    /// The ending of such plurals.
    #[serde(default)]
    pub plural: Vec<String>,
    /// The last letter of a feminine noun, and what it turns into before an ending.
    #[serde(default)]
    pub feminine: Vec<String>,
    /// An ending that the singular may have as well («طفلا»).
    #[serde(default)]
    pub singular: Vec<String>,
    /// Auxiliaries of a passive whose subject is one.
    #[serde(default)]
    pub singular_passive: Vec<String>,
    /// Endings of verbs whose doer is a pronoun of several («قتلوا»).
    #[serde(default)]
    pub plural_verbs: Vec<String>,
    /// First words of names of places that a second one always follows («كفر لوسين»).
    #[serde(default)]
    pub place_heads: Vec<String>,
    /// Words behind a number of people harmed that begin the clause from whose happening on they are summed up.
    #[serde(default)]
    pub sums: Vec<String>,
    /// Words that join to a word for a body what it is for: "Center for Human Rights".
    #[serde(default)]
    pub body_joins: Vec<String>,
    /// Second words of such names that mean something by themselves («أورم الكبرى»).
    #[serde(default)]
    pub place_ends: Vec<String>,
    /// Words that tell of a place behind its name, and are no part of it («بنش الواقعة»).
    #[serde(default)]
    pub place_tells: Vec<String>,
    /// Words before the name of a state that make a stretch of land of it, which does nothing ("southern Lebanon", «شمال العراق»).
    #[serde(default)]
    pub place_parts: Vec<String>,
    /// Words between a body and whoever it is part of («القوات التابعة للمجلس»).
    #[serde(default)]
    pub belonging: Vec<String>,
    /// Words for one more of those told before, where they stand beside the word for the harm («وأصيب آخر»).
    #[serde(default)]
    pub one_more: Vec<String>,
    /// Words before a noun that say whose it is ("his wife").
    #[serde(default)]
    pub possessives: Vec<String>,
    /// Articles that are words of their own, the definite ones and the indefinite ones.
    #[serde(default)]
    pub articles: Vec<String>,
    /// Those of them that are definite.
    #[serde(default)]
    pub definite: Vec<String>,
    /// What stands after a noun to say that the next belongs to it ("'s").
    #[serde(default)]
    pub possessive_ends: Vec<String>,
    /// Nouns among the commonest words: a noun phrase may hold them.
    #[serde(default)]
    pub phrase_nouns: Vec<String>,
    /// Small words before a noun that are no part of a name ("recent attackers").
    #[serde(default)]
    pub phrase_leads: Vec<String>,
    /// Small words that may stand between an auxiliary and its verb, beside those that an ending shows ("was also hit").
    #[serde(default)]
    pub adverbs: Vec<String>,
    /// Words that begin a clause of their own ("after gunmen came").
    #[serde(default)]
    pub openers: Vec<String>,
    /// Endings of verb forms that share no subject by "and" alone ("by lying and stealing").
    #[serde(default)]
    pub gerunds: Vec<String>,
    /// Endings of words that may follow a thing and tell of it («مدرسة ابتدائية»), where the thing itself must be listed. A
    /// language with none finds noun phrases by their place in the clause.
    #[serde(default)]
    pub thing_endings: Vec<String>,
    /// Words that no noun phrase holds, beside the commonest.
    #[serde(default)]
    pub phrase_stops: Vec<String>,
    /// Nouns for what nobody can hit and what does nothing: a phrase of one is none ("destroy the peace process").
    #[serde(default)]
    pub abstract_nouns: Vec<String>,
    /// How whoever speaks is meant in what he says ("said it had", «قالت إنها»).
    #[serde(default)]
    pub reported: Reported,
    /// Endings of words that a noun phrase has before its noun only ("armed men", "living quarters"); after it they begin
    /// something else. A language without any has only phrases of listed things
    /// (see `thing_endings`).
    #[serde(default)]
    pub phrase_endings: Vec<String>,
}

/// Words that, in reported speech, mean whoever speaks. All forms are folded.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reported {
    /// Pronouns that are the subject ("it"), or the ends of words that hold one («أنه»).
    #[serde(default)]
    pub pronouns: Vec<String>,
    /// Those of them that only a feminine speaker is meant by.
    #[serde(default)]
    pub feminine: Vec<String>,
    /// Words before a noun, or the ends of one, that say it is the speaker's ("its planes", «طائراته»).
    #[serde(default)]
    pub possessives: Vec<String>,
    /// Those of the ends that stand for one man.
    #[serde(default)]
    pub one: Vec<String>,
    /// The letters that a verb of saying begins or ends with where its subject is feminine, in languages where it agrees.
    #[serde(default)]
    pub feminine_verbs: Vec<String>,
}

impl Grammar {
    pub(crate) fn folded(mut self) -> Self {
        let r = &mut self.reported;
        let reported = [&mut r.pronouns, &mut r.feminine, &mut r.possessives, &mut r.feminine_verbs];
        for form in reported
            .into_iter()
            .chain([
                &mut self.one_more,
                &mut self.plural_verbs,
                &mut self.place_heads,
                &mut self.body_joins,
                &mut self.sums,
                &mut self.place_ends,
            ])
            .chain([&mut self.place_tells, &mut self.place_parts, &mut self.belonging])
            .flatten()
        {
            *form = marsad_text::fold(form);
        }
        self
    }
}
