//! Plain texts as people save them from pages: what is title, what is text, who speaks, and when.

mod desk;

use marsad_model::{DateBasis, Language, Report, ReportKind};

/// Two paragraphs of an invented report.
const EN: &str = "The hill road stayed closed on Monday after a night of heavy snow, and the plough did not come until noon.\n\nSchools in the three villages above the river sent their pupils home, while the bakery in Valleytown stayed open for those who could walk there through the drifts.";
const AR: &str = "بقي طريق الجبل مغلقاً يوم الاثنين بعد ليلة من الثلج الكثيف، ولم تصل الجرافة قبل الظهر.\n\nوأعادت مدارس القرى الثلاث فوق النهر تلاميذها إلى بيوتهم، بينما ظل الفرن في البلدة مفتوحاً أمام من استطاع أن يمشي إليه وسط الثلوج، وقال صاحبه إن الطحين يكفي أسبوعاً آخر على الأقل، وإن العائلات البعيدة سترسل من يأخذ الخبز إليها مساء كل يوم حتى يفتح الطريق.";

fn day(report: &Report) -> Option<String> {
    report.published.as_ref().map(|p| format!("{}..{}", p.start, p.end.map_or(String::new(), |e| e.to_string())))
}

#[test]
fn what_stands_around_a_text_goes() {
    for (above, title, body, below) in [
        ("Snow closes the hill road for a third day\n\n", Some("Snow closes the hill road for a third day"), EN, ""),
        ("skip to Main Content\n\nSnow closes the hill road\n\n", Some("Snow closes the hill road"), EN, "\n\nBack To Top"),
        (
            "Weather\n\nSnow closes the hill road\n\nby webteam\n\n",
            Some("Snow closes the hill road"),
            EN,
            "\n\n4\n\n2 Comments\n\nNice bakery, I was there in May.\n\nMe too!!",
        ),
        ("", None, EN, "\n\nRead Next\n\nRain is on its way to the valley"),
        (
            "الطقس\n\nالثلج يغلق طريق الجبل لليوم الثالث\n\n",
            Some("الثلج يغلق طريق الجبل لليوم الثالث"),
            AR,
            "\n\nمقالات ذات صلة\n\nالمطر في طريقه إلى الوادي\n\nزر الذهاب إلى الأعلى",
        ),
        ("", None, AR, "\n\n٣ تعليقات\n\nالفرن رائع كنت هناك في أيار"),
        // A notice in the script of the page's frame, not of the text.
        ("Snow closes the hill road\n\n", Some("Snow closes the hill road"), EN, "\n\nهذه الصفحة تحفظ ما تختاره من الألوان في جهازك"),
    ] {
        let report = desk::text(&format!("{above}{body}{below}"));
        assert_eq!((report.title.as_deref(), report.text.as_str()), (title, body), "{:#?}", report.notes);
        assert_eq!(report.kind, ReportKind::Article);
    }
}

#[test]
fn a_headline_below_the_text_is_a_headline_where_a_page_ended_there() {
    let title = "الثلج الكثيف يغلق طريق الجبل وسط القرى الثلاث";
    let report = desk::text(&format!("{AR}\n{title}\n119\n1 تعليق\nالفرن رائع"));
    assert_eq!((report.title.as_deref(), report.text.as_str()), (Some(title), AR), "{:#?}", report.notes);
    // Without anything after it, the line may be the text's own last line.
    assert!(desk::text(&format!("{AR}\n{title}")).text.ends_with(title));
}

#[test]
fn a_lead_and_heads_between_paragraphs_stay() {
    let text = format!("{}\n\nBread for all\n\n{EN}", "The plough came at noon, too late for the school buses of three villages");
    let report = desk::text(&format!("Snow closes the hill road\n\n{text}"));
    assert_eq!(report.text, text);
}

#[test]
fn a_year_that_opens_a_text_heads_it() {
    let text = format!("1936\n\n{EN}");
    assert_eq!(desk::text(&text).text, text);
    // A count above the text is none, and neither is a year among other lines above it.
    assert_eq!(desk::text(&format!("119\n\n{EN}")).text, EN);
    assert_eq!(desk::text(&format!("Weather\n\n1936\n\nSnow closes the hill road\n\n{EN}")).text, EN);
}

#[test]
fn short_texts_stand_as_they_came() {
    for text in [
        "Snow fell.",
        " Snow fell on the hill road \n",
        "عاجل\nالثلج يغلق طريق الجبل\n#ثلج",
        "Share",
        "Snow closes the hill road\nThe plough did not come until noon on Monday, said the mayor.",
        "Comments\n\nShare",
    ] {
        let report = desk::text(text);
        assert_eq!((report.text.as_str(), report.title), (text, None), "{:#?}", report.notes);
    }
    let crlf = desk::text("Snow fell.\r\nRain fell.\r\n");
    assert_eq!(crlf.text, "Snow fell.\nRain fell.\n");
}

#[test]
fn a_title_that_is_given_is_kept_and_cut_from_the_text() {
    let title = "Snow closes the hill road";
    let json = |text: &str| format!("{{\"title\":\"{title}\",\"text\":{}}}", serde_json::to_string(text).unwrap());
    for text in [format!("{title}\n\n{EN}"), format!("News\n\n“{title}”\n\n{EN}"), EN.to_owned()] {
        let report = desk::line(&json(&text));
        assert_eq!((report.title.as_deref(), report.text.as_str()), (Some(title), EN), "{:#?}", report.notes);
    }
}

#[test]
fn old_wire_copy_keeps_its_lines() {
    let body = "the hill road stayed closed on monday after a night of\nheavy snow, and the plough did not come until noon. the\nschools in the three villages above the river sent their\npupils home, while the bakery in valleytown stayed open\nfor those who could walk there through the drifts, and a\nbaker said that the flour would last for another week.";
    assert_eq!(desk::text(body).text, body);
    let report = desk::text(&format!("snow closes the hill road\n\n{body}"));
    assert_eq!((report.title.as_deref(), report.text.as_str()), (Some("snow closes the hill road"), body));
}

#[test]
fn dates_of_publication() {
    let head = "Snow closes the hill road for a third day\n\n";
    for (above, below, expected, basis) in [
        ("17 May 2031\n\n", "", Some("2031-05-17..2031-05-17"), Some(DateBasis::Dateline)),
        ("", "\n\nPublished on May 17, 2031", Some("2031-05-17..2031-05-17"), Some(DateBasis::Dateline)),
        ("", "\n\nSNOW17052031", Some("2031-05-17.."), Some(DateBasis::Tag)),
        ("", "", None, None),
        // A chronicle has many such heads.
        ("17 May 2031\n\nSnow.\n\n18 May 2031\n\n", "", None, None),
    ] {
        let report = desk::text(&format!("{head}{above}{EN}{below}"));
        assert_eq!(day(&report).as_deref(), expected, "{above}{below}");
        assert_eq!(report.published.as_ref().map(|p| p.basis), basis);
        assert!(report.text.contains("18 May") || report.text == EN, "{}", report.text);
    }
}

#[test]
fn what_the_sender_says_goes_first() {
    let line = |fields: &str| desk::line(&format!("{{\"text\":{}{fields}}}", serde_json::to_string(EN).unwrap()));
    let report =
        line(",\"published\":\"2031-05-17T23:40:00+03:00\",\"url\":\"https://hill.example/2031/05/16/snow\",\"source\":\"Hill Post\"");
    let published = report.published.clone().unwrap();
    assert_eq!((day(&report).as_deref(), published.start_time.as_deref()), (Some("2031-05-17..2031-05-17"), Some("23:40+03:00")));
    assert_eq!(published.basis, DateBasis::Given);
    assert_eq!((report.source.name.as_deref(), report.source.id.as_deref()), (Some("Hill Post"), None));
    let report = line(",\"published\":\"last week\",\"url\":\"https://www.hill.example/2031/05/16/snow\"");
    assert_eq!(report.published.as_ref().map(|p| (p.start.to_string(), p.basis)), Some(("2031-05-16".to_owned(), DateBasis::Url)));
    assert!(report.notes.iter().any(|n| n.contains("`last week`")));
    assert_eq!(report.source.name.as_deref(), Some("hill.example"));
    assert_eq!(line(",\"language\":\"fr\"").language, Language::Other);
    assert_eq!(line(",\"published\":\"yesterday\"").published, None);
}

#[test]
fn a_source_that_the_sender_gives_by_its_bare_name_is_the_one_that_is_called_so_beside_a_noun() {
    for (given, id) in [("المنار", Some("marsad:al-manar")), ("وفا", Some("marsad:wafa")), ("الجريدة", None), ("المسيرة الكبرى", None)]
    {
        let report = desk::line(&format!("{{\"text\":\"ثلج كثيف على الطريق\",\"source\":\"{given}\"}}"));
        assert_eq!(report.source.id.as_deref(), id, "{given}");
    }
    // In a text the same word may be another: there the noun is asked for.
    let report = desk::line("{\"text\":\"كان المنار مضاء طوال الليل فوق الميناء.\"}");
    assert_eq!(report.source.id, None);
}

#[test]
fn posts() {
    let report = desk::line(r#"{"text":"ثلج كثيف على الطريق","url":"https://t.me/s/hillpost/42"}"#);
    assert_eq!(
        (report.kind, report.account.map(|a| (a.platform, a.handle))),
        (ReportKind::Post, Some(("telegram".to_owned(), "hillpost".to_owned())))
    );
    let report = desk::line(r#"{"text":"snow","platform":"radio","handle":"hill","kind":"repost"}"#);
    assert_eq!((report.kind, report.account.map(|a| a.handle)), (ReportKind::Repost, Some("hill".to_owned())));
}

#[test]
fn what_a_network_prints_around_a_post_is_no_part_of_it() {
    let said = "سقطت قذيفتان على طرف سوق تل الرمان مساء أمس وأصيب بائع خضار بجروح في ساقه، بحسب مسعف في مستوصف البلدة.";
    let seen = "وقال صاحب فرن قريب إن الزجاج تحطم في ثلاثة محال وإن الناس غادروا السوق قبل أن تسقط القذيفة الثانية، وإن سيارة إسعاف واحدة وصلت بعد نصف ساعة لأن الطريق من جهة النهر ظل مغلقا منذ الأسبوع الماضي.";
    for furniture in [
        "ترجمة المنشور\n1,243 مشاهدات\n14 إعادة نشر\n3 اقتباسات\n62 إعجاب",
        "عرض الترجمة",
        "Translate post\n14 Reposts 3 Quotes 62 Likes",
        "See translation\nSee original\n14 Reposts\n5 Bookmarks",
    ] {
        let report = desk::text(&format!("{said}\n{seen}\n{furniture}"));
        assert_eq!(report.text.trim_end(), format!("{said}\n{seen}"), "{furniture}");
    }
}

#[test]
fn a_forwarded_post_says_from_whom() {
    let message = |n: u8, from: &str| {
        format!(
            r#"<div class="tgme_widget_message js-widget_message" data-post="hillwatch/{n}"><a class="tgme_widget_message_owner_name" href="https://t.me/hillwatch"><span>Hill Watch</span></a>
            {from}<div class="tgme_widget_message_text js-message_text">{} Message {n}.</div><div class="tgme_widget_message_footer"><a class="tgme_widget_message_date" href="https://t.me/hillwatch/{n}"><time datetime="2031-05-18T04:1{n}:00+00:00" class="time">04:1{n}</time></a></div></div>"#,
            "Two shells fell at the edge of the market last night and a vegetable seller was wounded in the leg, a medic said."
        )
    };
    let from = r#"<div class="tgme_widget_message_forwarded_from">Forwarded from <a class="tgme_widget_message_forwarded_from_name" href="https://t.me/valleynews/8"><span>Valley News</span></a></div>"#;
    let read = |messages: &[String]| {
        let html = format!("<html><head><title>Telegram Widget</title></head><body>{}</body></html>", messages.concat());
        desk::read(&desk::record("a.html", html.as_bytes(), Some(br#"{"url":"https://t.me/hillwatch/1"}"#)))
    };
    let one = read(&[message(1, from)]);
    assert_eq!((one.kind, one.byline.as_deref()), (ReportKind::Forward, Some("Valley News")));
    assert!(one.notes.iter().any(|n| n == "forwarded from: Valley News") && !one.text.contains("Valley News"), "{one:#?}");
    assert_eq!(read(&[message(1, "")]).kind, ReportKind::Post);
    // Of two messages one is forwarded: the report is not.
    let two = read(&[message(1, from), message(2, "")]);
    assert_eq!((two.kind, two.byline), (ReportKind::Post, None));
}

#[test]
fn the_outlet_that_speaks_of_itself() {
    for (sentence, expected) in [
        ("The correspondent of the “Hill Post” in the valley saw drifts. Our correspondent counted nine buses.", Some("Hill Post")),
        ("A source for “Hill Post,” who runs the bakery, spoke of bread. Our correspondent counted nine buses.", Some("Hill Post")),
        ("وقال مراسل “بريد التل” في البلدة إن الثلج كثيف. وأضاف مراسلنا أن الحافلات توقفت.", Some("بريد التل")),
        ("وقال مصدر لـ”بريد التل” إن الخبز يكفي. وتحدث الخباز إلى مراسلنا عن الطحين.", Some("بريد التل")),
        // Known outlets are believed without "our correspondent", unless two are named so.
        ("وقال مراسل وكالة فرانس برس إن الثلج كثيف.", Some("Agence France-Presse")),
        ("A Reuters correspondent counted nine buses.", Some("Reuters")),
        ("A Reuters correspondent counted nine buses and a correspondent of Agence France-Presse ten.", None),
        // Outlets that are merely quoted.
        ("According to Reuters, the buses stood still.", None),
        ("وقال الخبير رداً على سؤال لوكالة فرانس برس إن الثلج يذوب. وأضاف مراسلنا أن الحافلات توقفت.", None),
        ("The mayor told the “Hill Post” that the plough was slow. Our correspondent counted nine buses.", None),
        ("The correspondent of the “Hill Post” in the valley saw drifts.", None),
    ] {
        let body = if sentence.is_ascii() || sentence.contains("Hill Post") { EN } else { AR };
        let report = desk::text(&format!("{body}\n\n{sentence}"));
        assert_eq!(report.source.name.as_deref(), expected, "{sentence}");
    }
}

#[test]
fn a_quotation_in_another_script_stays_and_a_notice_goes() {
    let (first, second) = EN.split_once("\n\n").unwrap();
    let quoted = "قال صاحب الفرن: الطحين يكفي أسبوعا آخر، ومن لا يستطيع المشي نرسل إليه الخبز.";
    let notice = "يستخدم هذا الموقع ملفات تعريف الارتباط لنرحب بكم";
    let report = desk::text(&format!("Snow closes the hill road\n\n{first}\n\n{quoted}\n\n{second}\n\n{notice}"));
    assert_eq!(report.text, format!("{first}\n\n{quoted}\n\n{second}"), "{:#?}", report.notes);
    let (first, second) = AR.split_once("\n\n").unwrap();
    let quoted = "“We have flour for another week, and those who cannot walk here will get their bread,” the baker told the radio.";
    let report = desk::text(&format!("{first}\n\n{quoted}\n\n{second}\n\nThis site uses cookies to greet you"));
    assert_eq!(report.text, format!("{first}\n\n{quoted}\n\n{second}"), "{:#?}", report.notes);
}
