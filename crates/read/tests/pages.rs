//! Pages as sites of different ages make them.

mod desk;

use marsad_model::{DateBasis, Language, Report};

const ONE: &str = "The hill road stayed closed on Monday after a night of heavy snow, and the plough did not come until noon.";
const TWO: &str = "Schools in the three villages above the river sent their pupils home, while the bakery in Valleytown stayed open for those who could walk there.";
const THREE: &str = "The mayor said that the road would open on Tuesday, if the wind allowed it.";
const AR_ONE: &str = "بقي طريق الجبل مغلقاً يوم الاثنين بعد ليلة من الثلج الكثيف، ولم تصل الجرافة قبل الظهر.";
const AR_TWO: &str = "وأعادت مدارس القرى الثلاث فوق النهر تلاميذها إلى بيوتهم، بينما ظل الفرن في البلدة مفتوحاً أمام من استطاع أن يمشي إليه.";

fn day(report: &Report) -> Option<(String, DateBasis)> {
    report.published.as_ref().map(|p| (p.start.to_string(), p.basis))
}

#[test]
fn a_page_of_today() {
    let report = desk::page(&format!(
        r#"<!doctype html><html lang="en-GB"><head><title>Snow closes the hill road | Hill Post</title>
        <link rel="canonical" href="https://hillpost.example/2031/05/18/snow">
        <script type="application/ld+json">{{"@graph":[{{"@type":"WebSite","name":"Other"}},{{"@type":"NewsArticle","headline":"Snow closes the hill road",
        "datePublished":"2031-05-17T22:40:00+03:00","dateModified":"2031-05-18","author":[{{"name":"Lina Haddad"}}],"publisher":{{"name":"Hill Post"}}}}]}}</script></head>
        <body class="single comments-open"><header><nav><ul><li><a href="/">Home</a><li><a href="/w">Weather of the week in the valley and on the hills</a></ul></nav></header>
        <main><article><h1>Snow closes the hill road</h1><div class="byline">By Lina Haddad</div>
        <div class="article-body"><p>{ONE}</p><figure><img src="x"><figcaption>The road on Monday, seen from the bakery. Photo by a reader of the paper.</figcaption></figure>
        <p>{TWO} <a href="/x">More</a></p><h2>The wind</h2><p>{THREE}</p>
        <div class="related-posts"><h3>Read also</h3><p><a href="/r">Rain is on its way to the valley, say the people of the lower farms</a></p></div></div>
        <section class="comments"><h3>2 comments</h3><p>I was in that bakery in May, and it was the best bread that I ever had in all my life, really.</p></section></article></main>
        <div id="cookie-notice">We keep cookies in your browser to remember that you have been here. You can read all about it on another page.</div>
        <footer>© 2031 Hill Post. All rights reserved. No part of this page may be copied without asking us first.</footer></body></html>"#
    ));
    assert_eq!(report.text, format!("{ONE}\n{TWO} More\nThe wind\n{THREE}"), "{:#?}", report.notes);
    assert_eq!((report.title.as_deref(), report.byline.as_deref()), (Some("Snow closes the hill road"), Some("Lina Haddad")));
    assert_eq!(report.url.as_deref(), Some("https://hillpost.example/2031/05/18/snow"));
    assert_eq!((report.source.name.as_deref(), report.language), (Some("Hill Post"), Language::English));
    assert_eq!(day(&report), Some(("2031-05-17".to_owned(), DateBasis::JsonLd)));
    assert_eq!(report.published.unwrap().start_time.as_deref(), Some("22:40+03:00"));
    assert_eq!(report.updated.map(|u| u.start.to_string()).as_deref(), Some("2031-05-18"));
}

#[test]
fn an_old_page_of_tables_and_line_breaks() {
    let html = format!(
        r##"<html dir=rtl><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1256"><title>بريد التل - الثلج يغلق طريق الجبل</title></head>
        <body><table><tr><td><a href="#">الرئيسية</a> <a href="#">اتصل بنا</a></td></tr><tr><td width=70%><font size=5><b>الثلج يغلق طريق الجبل</b></font><br><br>
        {AR_ONE}<br><br>{AR_TWO}<br><br></td><td><a href=a>المطر في طريقه إلى الوادي</a><br><a href=b>سوق البلدة يفتح يوم الخميس</a></td></tr></table></body></html>"##
    );
    let (bytes, _, _) = encoding_rs::WINDOWS_1256.encode(&html);
    let report = desk::read(&desk::record("a.htm", &bytes, None));
    assert!(
        report.text.ends_with(&format!("{AR_ONE}\n{AR_TWO}")) && !report.text.contains("الرئيسية") && !report.text.contains("الوادي"),
        "{}",
        report.text
    );
    assert_eq!((report.language, report.published, report.source.name), (Language::Arabic, None, None));
    assert!(report.title.is_some_and(|t| t.contains("الثلج يغلق طريق الجبل")));
}

#[test]
fn a_page_without_helpful_names() {
    let report = desk::page(&format!(
        "<html><head><meta property=og:title content='Snow closes the hill road'><meta property='og:site_name' content='Hill Post'>
        <meta name=date content='2031-05-17'></head><body><div><div><a href=1>Home</a><a href=2>Weather</a></div>
        <div><div><h1>Snow closes the hill road</h1><div>{ONE}</div><div>{TWO}</div><div>{THREE}</div></div>
        <div><div><a href=3>Rain is on its way to the valley</a></div><div><a href=4>The market opens on Thursday</a></div></div></div></div></body></html>"
    ));
    assert_eq!(report.text, format!("{ONE}\n{TWO}\n{THREE}"));
    assert_eq!(
        (report.title.as_deref(), day(&report)),
        (Some("Snow closes the hill road"), Some(("2031-05-17".to_owned(), DateBasis::Metadata)))
    );
}

#[test]
fn a_comment_thread_longer_than_the_report() {
    let thread: String = (0..40)
        .map(|i| format!("<p>Comment {i}: I was in that bakery in May, and it was the best bread I ever had, believe me.</p>"))
        .collect();
    let report = desk::page(&format!(
        "<article><h1>Snow closes the hill road</h1><div><p>{ONE}</p><p>{TWO}</p><p>{THREE}</p></div></article><div id=\"comments\">{thread}</div>"
    ));
    assert_eq!(report.text, format!("{ONE}\n{TWO}\n{THREE}"));
}

#[test]
fn the_body_in_json_ld_chooses_the_paragraphs() {
    let report = desk::page(&format!(
        r#"<script type="application/ld+json">{{"@type":"Article","articleBody":"{ONE} {TWO} {THREE}"}}</script><div><p>{ONE}</p><p>{TWO}</p>
        <p>This paragraph of the same element praises the paper's own calendar, which can be bought in every good shop.</p><p>{THREE}</p></div>"#
    ));
    assert_eq!(report.text, format!("{ONE}\n{TWO}\n{THREE}"));
}

#[test]
fn dates_that_pages_tell() {
    for (head, body, url, expected) in [
        ("", "<time datetime=\"2031-05-17\">17 May</time>", "", Some(("2031-05-17", DateBasis::Metadata))),
        (
            "",
            "<time datetime=\"2031-05-11\"></time><time class=\"entry-date published\" datetime=\"2031-05-17T10:00\"></time>",
            "",
            Some(("2031-05-17", DateBasis::Metadata)),
        ),
        // Two days, and nothing says which is whose.
        ("", "<time datetime=\"2031-05-11\"></time><time datetime=\"2031-05-17\"></time>", "", None),
        (
            "<meta property=\"article:published_time\" content=\"2031-05-17\">",
            "",
            "https://hill.example/2031/05/01/a",
            Some(("2031-05-17", DateBasis::Metadata)),
        ),
        ("<meta name=date content=\"0001-01-01T00:00:00\">", "", "https://hill.example/2031/05/17/a", Some(("2031-05-17", DateBasis::Url))),
        ("<meta name=date content=\"soon\">", "", "", None),
        ("<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"datePublished\":\"2031-05-17\"</script>", "", "", None),
    ] {
        let html = format!("<html><head>{head}</head><body>{body}<p>{ONE}</p><p>{TWO}</p></body></html>");
        let json = serde_json::json!({"html": html, "url": url}).to_string();
        let expected = expected.map(|(d, basis)| (d.to_owned(), basis));
        assert_eq!(day(&desk::line(&json)), expected, "{head}{body}");
    }
}

#[test]
fn a_page_without_a_body_has_its_title_as_text() {
    let report = desk::page("<html><head><title>Snow closes the hill road</title></head><body><nav><a href=1>Home</a></nav></body></html>");
    assert_eq!((report.text.as_str(), report.title.as_deref()), ("Snow closes the hill road", Some("Snow closes the hill road")));
    assert_eq!(desk::page("<html></html>").text, "");
}

#[test]
fn scripts_styles_and_hidden_parts_are_no_text() {
    let report = desk::page(&format!(
        "<body><script>var snow = 'The script says that the road is open, and that all is well in the valley.';</script><style>p {{ color: red }}</style>
        <p>{ONE}</p><p style='display: none'>This was hidden from all readers of the page, and so it is none of its text.</p><p hidden>Neither was this shown to anyone.</p><p>{TWO}</p></body>"
    ));
    assert_eq!(report.text, format!("{ONE}\n{TWO}"));
}

/// What a page says of its day, at an address.
fn dated(url: &str, says: &str) -> Report {
    let html = format!(
        r#"<html lang=en><head><title>Snow closes the hill road</title><meta property="article:published_time" content="{says}"></head>
        <body><h1>Snow closes the hill road</h1><article><p>{ONE}</p><p>{TWO}</p><p>{THREE}</p></article></body></html>"#
    );
    desk::read(&desk::record("a.html", html.as_bytes(), Some(format!(r#"{{"url":"{url}"}}"#).as_bytes())))
}

#[test]
fn of_two_days_that_disagree_the_pages_own_is_taken_and_both_are_told() {
    let disagrees = |report: &Report| report.notes.iter().any(|n| n.contains("2031-05-17 by Url disagrees"));
    for (url, says, told) in [
        ("https://hillpost.example/2031/05/17/snow", "2031-09-02T10:00:00Z", true),
        ("https://hillpost.example/2031/05/17/snow", "2022-01-04", true),
        // One moment is two days in two places, and a month holds each of its days.
        ("https://hillpost.example/2031/05/17/snow", "2031-05-18T01:10:00Z", false),
        ("https://hillpost.example/2031/05/snow", "2031-05-30", false),
        ("https://hillpost.example/snow", "2031-09-02T10:00:00Z", false),
    ] {
        let report = dated(url, says);
        assert_eq!(day(&report), Some((says.split('T').next().unwrap().to_owned(), DateBasis::Metadata)), "{url} {says}");
        assert_eq!(disagrees(&report), told, "{url} {says}: {:#?}", report.notes);
    }
}

#[test]
fn captions_of_archive_photos_are_no_part_of_the_report() {
    let body = "<p>The hill road stayed closed on Monday after a night of heavy snow, and the plough did not come until noon.</p>\
        <p>The schools in the three villages above the river sent their pupils home, the mayor said on the radio.</p>";
    for caption in [
        "<figure><img src=a.jpg><figcaption>The mill in spring (file photo)</figcaption></figure>",
        "<p>The old mill above the river in spring (Hill Post/File)</p>",
        "<p>Archive photo: the old mill above the river in spring of last year.</p>",
        "<p>الطاحونة القديمة فوق النهر في الربيع (راديو الوادي - أرشيفية)</p>",
        "<p>صورة أرشيفية للطاحونة القديمة فوق النهر في الربيع</p>",
    ] {
        let html = format!("<html><body><article><h1>Snow closes the hill road</h1>{body}{caption}{body}</article></body></html>");
        let report = desk::page(&html);
        assert!(!report.text.contains("mill") && !report.text.contains("الطاحونة"), "{caption}: {}", report.text);
        assert!(report.text.contains("pupils home"));
    }
    let sentence = "The clerk had shown them the letters that lie in the town hall (the archive) since the flood.";
    let html = format!("<html><body><article><h1>Snow closes the hill road</h1>{body}<p>{sentence}</p></article></body></html>");
    assert!(desk::page(&html).text.contains(sentence));
}

#[test]
fn entries_of_a_live_blog_are_told_apart() {
    let entry = |time: &str, head: &str, said: &str| {
        format!(
            "<li class=\"update\"><div><time datetime=\"2031-05-18T{time}Z\">now</time></div><h2>{head}</h2><div><p>{said}</p></div></li>"
        )
    };
    let (first, second, third) = (
        "The plough came at noon on Sunday and cleared the road as far as the bridge, the mayor said.",
        "A baker in the upper village said that the flour would last for another week if nobody hoarded it.",
        "Heavy snow fell in the night and the hill road was closed to all but the doctor's car.",
    );
    let html = format!(
        "<html><body><main><h1>Live: snow on the hill road</h1><ul>{}{}{}</ul></main></body></html>",
        entry("12:20", "The plough is there", first),
        entry("11:02", "Bread", second),
        entry("07:00", "Snow in the night", third)
    );
    let report = desk::page(&html);
    assert_eq!(report.text, format!("The plough is there\n{first}\n\nBread\n{second}\n\nSnow in the night\n{third}"));
    assert!(report.notes.iter().any(|n| n.starts_with("entry: 2031-05-18T11:02Z, Bread")), "{:#?}", report.notes);
    // The paragraphs of a report that names two times are none.
    let plain = format!(
        "<html><body><main><h1>Snow</h1><p><time datetime=\"2031-05-18\">now</time></p><p>{first}</p><p>{second}</p><p>{third}</p></main></body></html>"
    );
    assert!(!desk::page(&plain).text.contains("\n\n"));
}

#[test]
fn a_picture_with_its_day_in_its_name_is_a_bound() {
    let said =
        "<p>The hill road stayed closed on Monday after a night of heavy snow, and the plough did not come until noon.</p>".repeat(2);
    let page = |picture: &str, margin: &str| {
        desk::page(&format!(
            "<html><body><article><h1>Snow closes the hill road</h1>{picture}{said}</article><aside class=sidebar>{margin}</aside></body></html>"
        ))
    };
    let picture = "<figure><img src=\"/uploads/photo_2031-05-17_14-02-11.jpg\"></figure>";
    let found = page(picture, "").published.expect("a bound");
    assert_eq!((found.start.to_string().as_str(), found.end, found.basis), ("2031-05-17", None, DateBasis::Tag));
    assert_eq!(page("", picture).published, None);
}

#[test]
fn rules_of_a_site_choose_its_report() {
    let paragraphs = [
        "The hill road stayed closed on Monday after a night of heavy snow, and the plough did not come until noon.",
        "The schools in the three villages above the river sent their pupils home, the mayor said on the radio.",
        "A baker in the upper village said that the flour would last for another week if nobody hoarded it.",
    ];
    let other = "Rain is on its way to the valley, and the harvest fair will be held in the hall, the radio of the valley said on Monday. "
        .repeat(6);
    let html = format!(
        "<html><body><main><div data-component=\"text-block\"><p>{}</p></div><div><p>{other}</p></div><div data-component=\"text-block\"><p>{}</p><p>{}</p></div>\
         <div data-component=\"links-block\"><p>{other}</p></div></main></body></html>",
        paragraphs[0], paragraphs[1], paragraphs[2]
    );
    let read = |url: &str| desk::read(&desk::record("a.html", html.as_bytes(), Some(format!("{{\"url\":\"{url}\"}}").as_bytes()))).text;
    assert_eq!(read("https://www.bbc.com/news/1"), paragraphs.join("\n"));
    assert!(read("https://notbbc.com/news/1").contains("harvest fair"));
}

#[test]
fn a_page_in_a_script_without_blanks_is_text_and_no_gallery() {
    let pictures = r#"<img src="/a.jpg">"#.repeat(8);
    let said = "谷中的市场今天早上没有开门，因为道路被雪封住了。面包师说，面粉要到晚上才能送到村里。学校也关了一天。";
    let html = format!(
        "<html><head><title>雪封山路</title></head><body><h1>雪封山路</h1><div>{pictures}</div><div><p>{said}</p></div></body></html>"
    );
    let report = desk::page(&html);
    assert!(report.text.contains(said), "{}", report.text);
}
