//! Posts as people save them: pages of the networks and their words run together. All that they tell is invented.

mod desk;

use marsad_model::{Report, ReportKind};

const SAID: &str = "سقطت قذيفتان على طرف سوق تل الرمان مساء أمس وأصيب بائع خضار بجروح في ساقه، بحسب مسعف في مستوصف البلدة.";
const SAID_EN: &str = "Two shells fell at the edge of the market last night and a vegetable seller was wounded in the leg, a medic said.";
const ANSWER: &str = "الله يحميكم يا أهل التل، وين صار بيت خالي اللي جنب السوق؟";
const ANSWER_EN: &str = "God protect you all, does anybody know what became of my uncle's house beside the market?";

fn page(url: &str, html: &str) -> Report {
    desk::read(&desk::record("a.html", html.as_bytes(), Some(format!("{{\"url\":\"{url}\"}}").as_bytes())))
}

fn saved(url: &str, title: &str, text: &str) -> Report {
    desk::line(&serde_json::json!({ "url": url, "title": title, "text": text }).to_string())
}

fn day(report: &Report) -> Option<String> {
    report.published.as_ref().map(|p| p.start.to_string())
}

/// A post of X as its page shows it, with what is shown over it.
fn tweet(over: &str, (name, handle): (&str, &str), number: u64, text: &str) -> String {
    format!(
        r#"<div data-testid="cellInnerDiv"><article role="article" data-testid="tweet" tabindex="0"><div>{over}<div data-testid="Tweet-User-Avatar"><a href="/{handle}"></a></div>
        <div data-testid="User-Name"><div><a href="/{handle}"><span>{name}</span></a></div><div><a href="/{handle}"><span>@{handle}</span></a></div></div>
        <div dir="auto" lang="ar" data-testid="tweetText"><span>{text}</span></div>
        <div><a href="/{handle}/status/{number}"><time datetime="2031-05-17T11:02:00.000Z">2:02 PM · May 17, 2031</time></a><span> · </span><span>1,243</span> <span>Views</span></div>
        <div role="group" aria-label="14 replies"><div>14</div><div>62</div><div>180</div></div></div></article></div>"#
    )
}

fn timeline(posts: &[String]) -> String {
    format!(
        r#"<html lang="en"><head><title>X</title></head><body><div id="react-root"><header role="banner"><h1>X</h1></header><main role="main"><div aria-label="Timeline: Conversation"><h1>Post</h1><div>{}</div></div></main></div></body></html>"#,
        posts.concat()
    )
}

const OWN: (&str, &str) = ("إذاعة الوادي", "wadiradio");
const OTHER: (&str, &str) = ("سمير ع.", "samir_a");

#[test]
fn answers_on_x_are_no_part_of_the_post() {
    let url = "https://x.com/wadiradio/status/55";
    for (said, answer) in [(SAID, ANSWER), (SAID_EN, ANSWER_EN)] {
        let posts = [tweet("", OTHER, 54, answer), tweet("", OWN, 55, said), tweet("", OTHER, 56, answer), tweet("", OWN, 57, answer)];
        let report = page(url, &timeline(&posts));
        assert_eq!(report.text.trim(), said, "{:#?}", report.notes);
        assert_eq!((report.kind, report.account.map(|a| a.handle).as_deref()), (ReportKind::Post, Some("wadiradio")));
        assert_eq!(report.published.and_then(|p| p.start_time).as_deref(), Some("11:02+00:00"));
    }
    // What the account itself adds right below goes on with it.
    let posts = [tweet("", OWN, 55, SAID), tweet("", OWN, 57, SAID_EN), tweet("", OTHER, 56, ANSWER)];
    let report = page(url, &timeline(&posts));
    assert_eq!(report.text.trim(), format!("{SAID}\n{SAID_EN}"), "{:#?}", report.notes);
}

#[test]
fn a_repost_on_x_says_of_whom() {
    for over in ["Hill Watch reposted", "أعاد Hill Watch النشر"] {
        let over = format!(r#"<div><a href="/hillwatch"><span data-testid="socialContext">{over}</span></a></div>"#);
        let report = page("https://x.com/wadiradio/status/55", &timeline(&[tweet(&over, OWN, 55, SAID), tweet("", OTHER, 56, ANSWER)]));
        assert_eq!((report.kind, report.byline.as_deref()), (ReportKind::Repost, Some("إذاعة الوادي")), "{:#?}", report.notes);
        assert!(report.notes.iter().any(|n| n == "reposted by: Hill Watch"), "{:#?}", report.notes);
        assert_eq!(report.text.trim(), SAID);
    }
    let report = saved("https://x.com/hillwatch/status/55", "X", &format!("RT @wadiradio: {SAID}"));
    assert_eq!((report.kind, report.byline.as_deref(), report.text.as_str()), (ReportKind::Repost, Some("wadiradio"), SAID));
}

#[test]
fn a_shared_post_on_facebook_says_of_whom() {
    let html = |head: &str, audience: &str, said: &str, answer: &str, by: &str| {
        format!(
            r#"<html lang="ar" dir="rtl"><head><title>Facebook</title></head><body><div role="main"><div role="article" aria-posinset="1"><div><h2>{head}</h2><div><a href="/talrumman/posts/1001"><span>17 مايو 2031</span></a><span> · </span><span>{audience}</span></div></div>
            <div data-ad-preview="message"><div dir="auto">{said}</div></div>
            <div><h3><a href="/wadiradio"><strong>إذاعة الوادي</strong></a></h3><div><span>16 مايو 2031</span></div><div dir="auto">{SAID}</div></div>
            <div><span>143</span><span>27</span></div><div><span>أعجبني</span><span>تعليق</span><span>مشاركة</span></div></div>
            <div role="article" aria-label="{by} سمير ع. قبل ساعة"><a href="/talrumman/posts/1001?comment_id=7">1 س</a><div dir="auto">{answer}</div></div></div></body></html>"#
        )
    };
    let added = "هذا ما نقلته الإذاعة عن السوق، والطريق من جهة النهر ما زال مغلقا منذ الأسبوع الماضي كما ترون في الصور.";
    for (head, audience, by) in [
        (r#"<strong><a href="/talrumman">تنسيقية تل الرمان</a></strong> شاركت منشورًا."#, "مشاركة مع: العامة", "تعليق من"),
        (
            r#"<strong><a href="/talrumman">تنسيقية تل الرمان</a></strong> shared a <a href="/wadiradio/posts/8">post</a>."#,
            "Shared with Public",
            "Comment by",
        ),
    ] {
        let report = page("https://www.facebook.com/talrumman/posts/1001", &html(head, audience, added, ANSWER, by));
        assert_eq!((report.kind, report.byline.as_deref()), (ReportKind::Repost, Some("إذاعة الوادي")), "{:#?}", report.notes);
        assert!(report.text.contains(added) && report.text.contains(SAID) && !report.text.contains(ANSWER), "{}", report.text);
        assert!(!report.text.contains(audience) && !report.text.contains("أعجبني"), "{}", report.text);
    }
}

#[test]
fn an_older_page_of_facebook_tells_the_moment_of_its_post() {
    let html = format!(
        r#"<html><head><title>Hill Watch</title></head><body><div class="_5pcr userContentWrapper"><h5><span class="fwn fcg"><span class="fwb"><a href="/hillwatch">Hill Watch</a></span></span></h5>
        <div><a href="/hillwatch/posts/9"><abbr data-utime="1936782120" title="Friday, May 17, 2031 at 2:02 PM" class="_5ptz"><span class="timestampContent">May 17 at 2:02 PM</span></abbr></a></div>
        <div class="_5pbx userContent"><p>{SAID_EN}</p><p>{SAID}</p></div><div class="UFIContainer" id="ufi"><div class="UFIComment"><abbr data-utime="1936954920">May 19</abbr><span>{ANSWER_EN}</span></div></div></div></body></html>"#
    );
    let report = page("https://www.facebook.com/hillwatch/posts/9", &html);
    assert_eq!(report.text, format!("{SAID_EN}\n{SAID}"));
    assert_eq!(
        report.published.map(|p| (p.start.to_string(), p.start_time)),
        Some(("2031-05-17".to_owned(), Some("11:02+00:00".to_owned())))
    );
}

#[test]
fn words_of_a_saved_page_that_run_together() {
    let facebook = "https://www.facebook.com/hillwatch/posts/pfbid0A";
    for (before, after, answer) in [
        (
            "Hill Watch - two shells...\nFacebookHill Watch's Post\n\nHill WatchMay 17, 2031 · Shared with Public",
            "All reactions:55627 comments1 shareLikeCommentMost relevant\u{FEFF}سمير ع.",
            ANSWER,
        ),
        ("Hill Watch Verified accountMay 17, 2031 · Shared with Public", "LikeComment", ""),
        ("بريد التل17 مايو 2031 · تمت المشاركة مع العامة", "كل التفاعلات:143أعجبنيتعليقمشاركةالأكثر ملاءمةسمير ع.", ANSWER),
    ] {
        for said in [SAID, SAID_EN] {
            let report = saved(facebook, "Hill Watch - two shells... Facebook", &format!("{before}{said}{after}{answer}"));
            assert_eq!((report.text.trim(), day(&report).as_deref()), (said, Some("2031-05-17")), "{:#?}", report.notes);
        }
    }
    let x = "https://x.com/wadiradio/status/1";
    for (before, after) in [
        ("Post\n\nPost\n\nWadi Radio@wadiradio", "2:02 PM · May 17, 2031305Views5Samir A@samir_a·1hReplying to @wadiradioالله يحميكم"),
        ("ConversationWadi Radio@wadi_new", "Translate Tweet2:02 PM · May 17, 2031·Twitter Web App4 Retweets18 Likes"),
    ] {
        for said in [SAID, SAID_EN] {
            let title = format!("Wadi Radio on X: \"{said}\" / X");
            let report = saved(x, &title, &format!("{before}{said}{after}"));
            assert_eq!((report.text.trim(), day(&report).as_deref()), (said, Some("2031-05-17")), "{:#?}", report.notes);
        }
    }
}

#[test]
fn words_of_a_shared_post_that_run_together() {
    let own = "هذا ما نقلته الإذاعة عن السوق، والطريق من جهة النهر ما زال مغلقا منذ الأسبوع الماضي كما ترون في الصور.";
    let text = format!(
        "FacebookHill Watch's Post\n\nHill WatchMay 18, 2031 · Shared with Public{own}Wadi RadioMay 17, 2031 · Shared with Public{SAID}All reactions:127 comments"
    );
    let report = saved("https://www.facebook.com/hillwatch/posts/pfbid0A", "Hill Watch - ... Facebook", &text);
    assert_eq!(report.text, format!("{own}Wadi Radio\n{SAID}"), "{:#?}", report.notes);
    assert_eq!((report.kind, day(&report).as_deref()), (ReportKind::Repost, Some("2031-05-18")));
}

#[test]
fn a_title_that_is_nearly_all_of_a_post_stays_its_text() {
    let report = saved("https://www.facebook.com/hillwatch/posts/3", SAID, &format!("{SAID}\n#تل_الرمان"));
    assert_eq!(report.text.trim(), format!("{SAID}\n#تل_الرمان"));
}

#[test]
fn of_many_posts_the_one_that_the_title_quotes() {
    let posts = format!(
        "Hill Watch @hillwatch\nMay 16\nMore\nCopy link to Tweet\nEmbed Tweet\n{ANSWER_EN}\n1 reply\n5 retweets\nCopy link to Tweet\nEmbed Tweet\n{SAID_EN}\n2 replies\n7 retweets\nHill Watch @hillwatch\nMay 18\nCopy link to Tweet\nEmbed Tweet\n{ANSWER_EN}\n1 reply"
    );
    let report = saved("https://twitter.com/hillwatch/status/1", &format!("Hill Watch on Twitter: \"{SAID_EN}\""), &posts);
    assert_eq!(report.text.trim(), SAID_EN, "{:#?}", report.notes);
}

#[test]
fn a_beginning_that_follows_in_full_is_said_once() {
    let report = saved(
        "https://www.facebook.com/hillwatch/posts/2",
        "Hill Watch",
        &format!("Two shells fell at the edge of the market...\n\n{SAID_EN}"),
    );
    assert_eq!(report.text.trim(), SAID_EN);
    // Of an article it is left: who knows why it stands there.
    let article = format!("Two shells fell at the edge of the market...\n\n{SAID_EN}");
    assert!(desk::text(&article).text.contains("market..."));
}

#[test]
fn words_like_those_of_a_frame_in_a_post_stay() {
    let said = "شكرا @wadiradio على النقل من السوق، وصلت الصور وسننشرها بعد التأكد من أسماء الجرحى مع المستوصف";
    let report = saved("https://x.com/wadiradio/status/1", "Wadi Radio", said);
    assert_eq!(report.text, said);
    let line = "The mayor shared a post.";
    assert_eq!(desk::text(&format!("{line}\n\n{SAID_EN} {SAID_EN} {SAID_EN}")).kind, ReportKind::Article);
}

#[test]
fn a_text_copied_from_a_network_without_its_address() {
    let facebook = format!("Hill Watch's Post\n\nHill WatchMay 17, 2031 · Shared with Public{SAID}All reactions:127 comments{ANSWER}");
    let x = format!("Post\n\nWadi Radio@wadiradio\n{SAID}2:02 PM · May 17, 2031305Views5Samir A@samir_a·1hReplying to @wadiradio{ANSWER}");
    for text in [facebook, x] {
        let report = desk::text(&text);
        assert!(report.text.ends_with(SAID) && !report.text.contains(ANSWER), "{}", report.text);
        assert_eq!(day(&report).as_deref(), Some("2031-05-17"));
    }
    let article = format!("{SAID_EN} Read it at 2:02 PM · May 17, 2031 on the radio's page. {SAID_EN}");
    assert_eq!(desk::text(&article).text, article);
}

/// A text without an address, or what stands in its place.
fn copied(text: &str) -> Result<Report, String> {
    desk::READER.read(&desk::record("a.txt", text.as_bytes(), None)).map_err(|none| none.kind.name().to_owned())
}

#[test]
fn a_text_whose_head_or_foot_was_lost_is_still_known_for_a_networks() {
    let over = "Hill Watch - two shells...\nFacebook\u{200E}Hill Watch\u{200E}'s Post\n\n";
    let under = format!("All reactions:55627 comments1 shareLikeCommentMost relevant\u{FEFF}سمير ع.{ANSWER}1y2Lina H{ANSWER_EN}21w");
    for (text, said) in [
        (format!("{over}{SAID}{under}"), SAID),
        (format!("{SAID_EN}{under}"), SAID_EN),
        (format!("{over}{SAID}"), SAID),
        (format!("{SAID}#tal_rumman3 commentsLikeCommentShare"), &format!("{SAID}#tal_rumman")),
        (format!("{SAID_EN}0:002:02 PM · May 17, 20313.2KViews5422"), SAID_EN),
        (format!("Post\n\nPost\n\nWadi Radio@wadiradio{SAID}\n"), SAID),
        (format!("Post\n\nPost\n\nWadi Radio@wadi_radio{SAID_EN}2:02 PM · May 17, 2031305Views"), SAID_EN),
        (format!("Post\n\n{SAID}2:02 PM · May 17, 2031"), SAID),
    ] {
        let report = copied(&text).unwrap();
        assert_eq!(report.text.trim(), said, "{text}\n{:#?}", report.notes);
    }
}

#[test]
fn frames_in_the_languages_that_people_set() {
    let comment = format!("Samir{ANSWER_EN}");
    for (before, after) in [
        ("Poste de la colline17 mai 2031 · Partagé avec Public", "Toutes les réactions :143J’aimeCommenterPartagerPlus pertinents"),
        ("Hügelpost17. Mai 2031 · Mit Öffentlich geteilt", "Alle Reaktionen:143Gefällt mirKommentierenTeilen"),
        ("Tepe Postası17 Mayıs 2031 · Herkese Açık ile paylaşıldı", "Tüm ifadeler:143BeğenYorum YapPaylaş"),
        ("Heuvelpost17 mei 2031 · Gedeeld met Openbaar", "Alle reacties:143Vind ik leukReagerenDelen"),
        ("Correo del cerro17 de mayo de 2031 · Compartido con: Público", "Todas las reacciones:143Me gustaComentarCompartir"),
        ("بريد التل17 مايو 2031 · تمت المشاركة مع العامة", "كل التفاعلات:143أعجبنيتعليقمشاركة"),
        ("Hügelpost17. Mai 2031 · Mit Öffentlich geteilt", "127 KommentareGefällt mirKommentieren"),
    ] {
        let report = copied(&format!("{before}{SAID}{after}{comment}")).unwrap();
        assert_eq!((report.text.trim(), day(&report).as_deref()), (SAID, Some("2031-05-17")), "{before}{after}");
    }
    let x = copied(&format!("Post\n\nHügelpost@huegelpost{SAID}2:02 nachm. · 17. Mai 2031305 Mal angezeigt")).unwrap();
    assert_eq!((x.text.as_str(), day(&x).as_deref()), (SAID, Some("2031-05-17")));
}

#[test]
fn answers_without_their_post_are_no_report() {
    let over = "Hill Watch - two shells...\nFacebookHill Watch's Post\n\n";
    for text in [
        format!("{over}{ANSWER}1yLina H{ANSWER_EN}21w"),
        over.to_owned(),
        format!("{over}Hill WatchMay 17, 2031 · Shared with PublicAll reactions:55627 commentsLikeCommentSamir{ANSWER}1y"),
        "Copy link to Tweet\n\nEmbed Tweet\n\n2 Likes\n\nBack to top\n\nCopy link to Tweet\n\nEmbed Tweet\n\n".to_owned(),
    ] {
        assert_eq!(copied(&text).map(|r| r.text), Err("shell".to_owned()), "{text}");
    }
}

#[test]
fn of_many_posts_the_one_whose_reactions_stand_under_it() {
    let other = |text: &str| {
        format!(
            "Hill Watch @hillwatch\n\n12h\n\nMore\n\nCopy link to Tweet\n\nEmbed Tweet\n\n{text}\n\n1 reply\n\n5 retweets\n\n2 likes\n\n"
        )
    };
    let own = format!("Copy link to Tweet\n\nEmbed Tweet\n\n{SAID_EN}\n\n7 Retweets\n\n22 Likes\n\n");
    let report = copied(&format!("{}{own}{}", other(ANSWER), other(ANSWER_EN))).unwrap();
    assert_eq!(report.text.trim(), SAID_EN, "{:#?}", report.notes);
}

#[test]
fn what_only_looks_like_a_networks_frame_stays() {
    for text in [
        format!("{SAID_EN} Under the post stood all reactions: 12 of anger and 3 of grief, and the mayor answered 40 comments."),
        format!("Post\n\n{SAID_EN} The letter came by post, and the postmaster of the valley read it out in the hall to all who came."),
        format!("{SAID_EN} Write to radio@valley.example or call the radio at 2:02 PM, as the mayor's office does each week."),
    ] {
        assert_eq!(copied(&text).unwrap().text, text);
    }
}
