//! What in the structure of a page loses text of a report, or lets in what is none: an invented page for each.

mod desk;

const ONE: &str = "The hill road stayed closed on Monday after a night of heavy snow, and the plough did not come until noon.";
const TWO: &str = "Schools in the three villages above the river sent their pupils home, while the bakery in Valleytown stayed open for those who could walk there.";
const THREE: &str = "The mayor said that the road would open on Tuesday, if the wind allowed it.";
const LEAD: &str = "A night of snow has cut off three villages above the river until at least Tuesday.";
const OTHER: &str = "The market on the lower square opens on Thursday with forty stalls, a brass band and the first strawberries of the year from the farms.";

/// The text of a page with this body, the paragraphs put in.
fn text(body: &str) -> String {
    let filled = [("{1}", ONE), ("{2}", TWO), ("{3}", THREE), ("{lead}", LEAD), ("{other}", OTHER)]
        .into_iter()
        .fold(body.to_owned(), |page, (mark, paragraph)| page.replace(mark, paragraph));
    desk::page(&format!("<html><head><title>Snow closes the hill road</title></head>{filled}</html>")).text
}

fn check(body: &str, expected: &[&str]) {
    assert_eq!(text(body).lines().collect::<Vec<_>>(), expected, "{body}");
}

const ALL: [&str; 3] = [ONE, TWO, THREE];

#[test]
fn a_caption_inside_a_line_is_none_of_it() {
    for label in [
        "<small class=img-caption>The hill road as it was in summer, seen from the bakery</small>",
        "<em class=copyright>Hill Pictures, all rights with them</em>",
    ] {
        check(
            &format!(
                "<body><h1>Snow closes the hill road</h1><div class=article-body><p>{{1}}</p><div><img src=x>{label}</div><p>{{2}}</p><p>{{3}}</p></div></body>"
            ),
            &ALL,
        );
    }
}

#[test]
fn what_stands_beside_a_short_report_is_not_taken_for_it() {
    let page = |class: &str| {
        format!(
            "<body class='single right-widget no-comments'><div id=main-content><h1>Snow closes the hill road</h1><div class=entry-content><p>{{1}}</p><p>{{2}}</p>
            <ul><li>Closed: the hill road</li><li>Open: the bakery</li></ul></div></div>
            <aside class={class}><p>{{other}}</p><p>{{other}} It was so last year.</p><p>{{other}} It will be so next year.</p>
            <p>{{other}} Nobody knows how it was before.</p><p>{{other}} The band plays at noon.</p></aside></body>"
        )
    };
    for class in ["sidebar", "x"] {
        check(&page(class), &[ONE, TWO, "Closed: the hill road", "Open: the bakery"]);
    }
}

#[test]
fn rows_of_a_table_are_called_after_what_they_tell_of() {
    check(
        "<body><h1>Snow closes the hill road</h1><div class=article-body><p>{1}</p><p>{2}</p><table><tr class=widget-1><td>Upper farm</td><td>40 cm</td></tr>
        <tr class='player share'><td>Lower farm</td><td>25 cm</td></tr></table><p>{3}</p></div></body>",
        &[ONE, TWO, "Upper farm", "40 cm", "Lower farm", "25 cm", THREE],
    );
}

#[test]
fn the_body_that_a_page_tells_to_programs_has_pointers_in_it() {
    let json = "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Snow closes the hill road today\",
        \"articleBody\":\"Snow closes the hill road today {1} Look here too: The market on the lower square opens on Thursday {2} {3}\"}</script>";
    check(
        &format!(
            "<body>{json}<div class=top><h1>Snow closes the hill road today</h1></div><div class=intro-text><p>{{lead}}</p></div><div>
            <p>{{1}}</p><p>Look here too: <a href=/m>The market on the lower square opens on Thursday</a></p><p>{{2}}</p><p>{{3}}</p></div>
            <div class=cards><div><a href=/s>Snow closes the hill road today</a></div><div><a href=/r>Rain is on its way to the valley</a></div></div></body>"
        ),
        &[LEAD, ONE, TWO, THREE],
    );
}

#[test]
fn leads_stand_under_headlines_of_any_rank_and_right_beside_the_body() {
    check(
        "<body><div><h1>Snow closes the hill road</h1><p></p><h3>Three villages above the river are cut off</h3><div class=text><p>{1}</p><p>{2}</p><p>{3}</p></div></div></body>",
        &["Three villages above the river are cut off", ONE, TWO, THREE],
    );
    check(
        "<body><div><h3>Snow closes the hill road</h3><div class=teaser-text><p>{lead}</p></div><div itemprop=articleBody><p>{1}</p><p>{2}</p><p>{3}</p></div></div></body>",
        &[LEAD, ONE, TWO, THREE],
    );
    // A teaser that stands apart leads to another report.
    check(
        "<body><div><div class=teaser><p>{other}</p></div></div><div><div><p>Monday</p></div><div itemprop=articleBody><p>{1}</p><p>{2}</p><p>{3}</p></div></div></body>",
        &ALL,
    );
}

#[test]
fn a_heading_goes_with_what_it_heads() {
    check(
        "<body><article><h1>Snow closes the hill road</h1><p>{1}</p><p>{2}</p><h3>What you say</h3><div class=comments><p>{other}</p></div>
        <p>{3}</p></article></body>",
        &ALL,
    );
    check(
        "<body><article><h1>Snow closes the hill road</h1><p>{1}</p><h3>From the shop</h3><div class=promo><p>{other}</p></div>
        <h3>The wind</h3><p>{2}</p><p>{3}</p></article></body>",
        &[ONE, "The wind", TWO, THREE],
    );
    // What is set between a heading and its own paragraphs leaves it alone.
    check(
        "<body><article><h1>Snow closes the hill road</h1><p>{1}</p><h3>The wind</h3><div class=ad><p>{other}</p></div><p>{2}</p><p>{3}</p></article></body>",
        &[ONE, "The wind", TWO, THREE],
    );
}

#[test]
fn sections_with_lists_stand_beside_those_of_prose() {
    check(
        "<body><div><div><a href=1>Home</a> <a href=2>Weather</a> <a href=3>The market on the lower square opens on Thursday</a></div>
        <div><div><h1>Snow closes the hill road</h1><p>{1}</p><p>{2}</p><p>{3}</p></div></div>
        <div><div><h2>Closed</h2><p>{lead}</p><ul><li>the hill road</li><li>the school of the upper village</li><li>the path by the river</li>
        <li>the ford at the lower mill</li></ul></div></div>
        <div><a href=4>Rain is on its way to the valley</a> <a href=5>A new roof for the school of the upper village</a></div></div></body>",
        &[
            ONE, TWO, THREE, "Closed", LEAD, "the hill road", "the school of the upper village", "the path by the river", "the ford at the lower mill",
        ],
    );
}

#[test]
fn a_line_goes_on_around_elements_of_a_pages_own_making() {
    check(
        "<body><div class=article-body><p>The hill road stayed closed on Monday <x-link to=1>after a night of heavy snow</x-link>, and the plough did not come until noon.</p>
        <h3><button>The wind</button></h3><p>{2}</p><p>{3}</p></div></body>",
        &[ONE, "The wind", TWO, THREE],
    );
}

#[test]
fn lines_that_tell_of_the_report_are_none_of_it() {
    check(
        "<body><div class=article-body><div>Set down on <time datetime=2031-05-17>17 May 2031</time></div><p>{1}</p><p>© Lina Haddad</p><p>{2}</p><p>{3}</p>
        <p>Kept with: <a rel=tag href=/snow>snow</a>, <a rel='category tag' href=/roads>roads and paths</a></p>
        <p>Told by <a rel=author href=/lina>Lina Haddad</a></p></div></body>",
        &ALL,
    );
    // A chronicle's items are its text, and so is a sentence with a time in it.
    check(
        "<body><div class=article-body><p>{1}</p><h3><time datetime=2031-05-17>14:30</time> Bakery open</h3><p>{2}</p><ul><li><time datetime=2031-05-17>15:00</time> Road shut</li>
        </ul><p>{3}</p></div></body>",
        &[ONE, "14:30 Bakery open", TWO, "15:00 Road shut", THREE],
    );
    check(
        "<body><div class=article-body><p>{1}</p><p>Snow fell from <time datetime=2031-05-17>17 May</time> on.</p><p>{2}</p></div></body>",
        &[ONE, "Snow fell from 17 May on.", TWO],
    );
}

#[test]
fn a_bar_of_links_is_no_text() {
    check(
        "<body><div><p>{1}</p><p>{2}</p><p>{3}</p><p><a href=1>IMPRINT</a> | <a href=2>YOUR DATA</a> | MADE IN VALLEYTOWN</p></div></body>",
        &ALL,
    );
    check(
        "<body><div><p>{1}</p><p>{2}</p><p>Upper farm | 40 cm | snow</p><p>{3}</p></div></body>",
        &[ONE, TWO, "Upper farm | 40 cm | snow", THREE],
    );
}

#[test]
fn short_sentences_need_no_paragraph_of_their_own() {
    check(
        "<body><div class=article-body><div>{1}</div><div>So it was.</div><div>{2}</div><div>{3}</div></div></body>",
        &[ONE, "So it was.", TWO, THREE],
    );
}

#[test]
fn furniture_in_languages_that_are_only_read() {
    const DE: [&str; 2] = [
        "Die Straße über den Berg blieb am Montag nach einer Nacht mit schwerem Schnee gesperrt, und der Pflug kam erst am Mittag.",
        "Die Schulen der drei Dörfer über dem Fluss schickten ihre Kinder nach Hause, nur die Bäckerei blieb für alle offen.",
    ];
    let page = format!(
        "<html lang=de><body><article><h1>Schnee</h1><p>{}</p><p>Artikel drucken</p><p>Lesen Sie auch: Regen zieht ins Tal</p><p>{}</p><p>Das könnte Sie auch interessieren</p>
        <p>Der Markt öffnet am Donnerstag</p><div class=kommentare><p>Das Brot dort ist das beste im ganzen Tal, ich kaufe es seit vielen Jahren.</p></div></article></body></html>",
        DE[0], DE[1]
    );
    assert_eq!(desk::page(&page).text.lines().collect::<Vec<_>>(), DE);
}
