//! Feeds and exports: each entry and each message is a record.

mod archive;
mod desk;

use archive::{all, answer, gzip, in_sips, reasons, urls, warc, zstd};
use marsad_model::{DateBasis, ReportKind};
use marsad_read::{Record, reopen};

const RSS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE rss [ <!ENTITY a "b"> ]>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Hill Post &amp; Mail</title><link>https://hill.example/</link><language>en</language>
<image><title>Logo</title></image>
<item><title>Snow &amp;#8217;closes&amp;#8217; the hill road</title><link>https://hill.example/1</link><guid isPermaLink="false">g1</guid>
<pubDate>Sat, 17 May 2031 22:40:10 +0300</pubDate><dc:creator><![CDATA[Lina Haddad]]></dc:creator>
<description>Short.</description><content:encoded><![CDATA[<p>Snow fell on the <b>hill</b> road &amp; closed it until noon on Saturday.</p><p>Nobody was hurt, the mayor said.</p><!-- </item> -->]]></content:encoded></item>
<!-- <item><title>Not this</title></item> -->
<item><title>Only a title stands here</title><guid>https://hill.example/2</guid></item>
<item><link>https://hill.example/3</link></item>
<item><description>The plough came at noon, and the road was open.</description><link>/4</link><author>desk@hill.example (Omar Nasser)</author><source url="https://valley.example/f">Valley Mail</source></item>
</channel></rss>"#;

const ATOM: &str = r#"<?xml version='1.0'?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ar"><title type="text">صحيفة التل</title>
<link rel="self" href="https://hill.example/atom"/><link href="https://hill.example/"/>
<entry><id>urn:1</id><title>هطول الثلج</title><link rel="edit" href="https://hill.example/edit"/><link rel="alternate" href="https://hill.example/1?a=1&amp;b=2"/>
<published>2031-05-17T22:40:10+03:00</published><updated>2031-05-18T08:00:00+03:00</updated><author><name>لينا حداد</name><email>l@hill.example</email></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>هطل الثلج على القرى، وأغلقت الطرق حتى الظهر.</p></div></content></entry>
<entry><id>urn:2</id><title>B</title><updated>2031-05-19T08:00:00Z</updated><summary type="html">&lt;p&gt;وصلت الجرافة ظهرا.&lt;/p&gt;</summary></entry></feed>"#;

const JSON: &str = r#"{"version":"https://jsonfeed.org/version/1.1","title":"Hill Post","home_page_url":"https://hill.example/","hubs":[{"type":"x"}],"language":"en",
"items":[{"id":"j1","url":"https://hill.example/1","title":"Snow","content_html":"<p>Snow fell on the hills, and the road was closed.</p>","date_published":"2031-05-17T22:40:10Z","date_modified":"2031-05-18T00:00:00Z","authors":[{"name":"Lina"},{"name":"Omar"}]},
{"id":2,"content_text":"The plough came at noon."},{"id":3}, 7 ]}"#;

fn ok(items: &[archive::Item]) -> Vec<&Record> {
    items.iter().flatten().collect()
}

fn same_again(record: &Record) {
    let again = reopen(&record.path, &record.capture.by, None, &record.sealed, record.beside.as_deref(), marsad_read::Limits::default())
        .expect("what was read can be read");
    assert_eq!((&again.id, &again.given, &again.body, &again.site), (&record.id, &record.given, &record.body, &record.site));
    assert_eq!((&again.key, &again.sha256, &again.beside, &again.charset), (&record.key, &record.sha256, &record.beside, &record.charset));
}

#[test]
fn rss() {
    for (path, bytes) in [("f.xml", RSS.as_bytes().to_vec()), ("f.rss.gz", gzip(RSS.as_bytes())), ("f.rss.zst", zstd(RSS.as_bytes()))] {
        let items = all(path, &bytes);
        let records = ok(&items);
        assert_eq!(records.len(), 3, "{items:?}");
        let first = records[0];
        assert_eq!(first.given.title.as_deref(), Some("Snow ’closes’ the hill road"));
        assert_eq!((first.key.as_deref(), first.given.url.as_deref()), (Some("g1"), Some("https://hill.example/1")));
        assert_eq!((first.given.byline.as_deref(), first.site.as_deref()), (Some("Lina Haddad"), Some("Hill Post & Mail")));
        assert!(first.sealed.starts_with(b"<item><title>Snow") && first.sealed.ends_with(b"</item>"));
        assert_eq!(first.capture.container.as_deref(), Some(path));
        let report = desk::read(first);
        assert_eq!(report.text, "Snow fell on the hill road & closed it until noon on Saturday.\nNobody was hurt, the mayor said.");
        let published = report.published.unwrap();
        assert_eq!((published.start.to_string().as_str(), published.basis), ("2031-05-17", DateBasis::Feed));
        assert_eq!(published.start_time.as_deref(), Some("22:40+03:00"));
        let second = desk::read(records[1]);
        assert_eq!((second.text.as_str(), second.url.as_deref()), ("Only a title stands here", Some("https://hill.example/2")));
        let last = records[2];
        assert_eq!((last.given.byline.as_deref(), last.site.as_deref()), (Some("Omar Nasser"), Some("Valley Mail")));
        assert_eq!(last.given.url.as_deref(), Some("https://hill.example/4"));
        assert!(matches!(reasons(&items)[..], [reason] if reason.contains("neither a title nor a text")), "{:?}", reasons(&items));
        records.into_iter().for_each(same_again);
    }
}

#[test]
fn atom() {
    let items = all("f.atom", ATOM.as_bytes());
    let records = ok(&items);
    assert_eq!((records.len(), reasons(&items).len()), (2, 0), "{items:?}");
    let given = &records[0].given;
    assert_eq!(given.url.as_deref(), Some("https://hill.example/1?a=1&b=2"));
    assert_eq!((given.byline.as_deref(), given.language.as_deref()), (Some("لينا حداد"), Some("ar")));
    let report = desk::read(records[0]);
    assert_eq!(report.text, "هطل الثلج على القرى، وأغلقت الطرق حتى الظهر.");
    assert_eq!(report.updated.unwrap().start.to_string(), "2031-05-18");
    assert_eq!(desk::read(records[1]).text, "وصلت الجرافة ظهرا.");
    records.into_iter().for_each(same_again);
}

#[test]
fn json_feed() {
    for items in [all("f.json", JSON.as_bytes()), in_sips("f.json", JSON.as_bytes()), all("f.json.gz", &gzip(JSON.as_bytes()))] {
        let records = ok(&items);
        assert_eq!((records.len(), reasons(&items).len()), (2, 2), "{items:?}");
        assert_eq!(records[0].given.byline.as_deref(), Some("Lina, Omar"));
        assert_eq!((records[1].key.as_deref(), records[1].site.as_deref()), (Some("2"), Some("Hill Post")));
        let report = desk::read(records[0]);
        assert_eq!(report.text, "Snow fell on the hills, and the road was closed.");
        assert_eq!(report.published.unwrap().basis, DateBasis::Feed);
        records.into_iter().for_each(same_again);
    }
}

#[test]
fn a_broken_entry_costs_itself_only() {
    for (what, from, to) in [
        (
            "an entry without its end",
            "until noon on Saturday.</p><p>Nobody was hurt, the mayor said.</p><!-- </item> -->]]></content:encoded></item>",
            "]]></content:encoded>",
        ),
        ("a mark without its end", "<description>Short.</description>", "<description>Short.</descr"),
        ("wrong nesting", "<description>Short.</description>", "<b><description>Short.</b></description>"),
        ("a bare ampersand", "Short.", "Short & sweet < all"),
        ("unbalanced quotation marks", "<description>Short.", "<description a=\"b>Short."),
    ] {
        assert!(RSS.contains(from));
        let items = all("f.rss", RSS.replacen(from, to, 1).as_bytes());
        assert!(urls(&items).contains(&"https://hill.example/4"), "{what}: {items:?}");
        assert!(ok(&items).len() >= 2, "{what}: {items:?}");
    }
    for cut in (0..RSS.len()).step_by(100) {
        let items = all("f.rss", &RSS.as_bytes()[..cut]);
        assert!(items.iter().flatten().all(|r| r.sealed.ends_with(b"</item>")), "cut at {cut}: {items:?}");
    }
    for cut in (1..JSON.len()).step_by(50) {
        let items = all("f.json", &JSON.as_bytes()[..cut]);
        assert!(!reasons(&items).is_empty(), "cut at {cut}: {items:?}");
    }
}

#[test]
fn charsets_of_feeds() {
    let arabic = "هطل الثلج الكثيف على القرى الجبلية في الشمال.";
    let feed = |charset: &str| {
        format!(
            "<?xml version=\"1.0\" encoding=\"{charset}\"?><rss><channel><title>ت</title><item><description>{arabic}</description></item></channel></rss>"
        )
    };
    let declared = feed("windows-1256");
    let win = encoding_rs::WINDOWS_1256.encode(&declared).0.into_owned();
    for bytes in
        [win, feed("windows-1256").into_bytes(), feed("utf-8").into_bytes(), [b"\xEF\xBB\xBF".to_vec(), feed("x").into_bytes()].concat()]
    {
        let items = all("f.xml", &bytes);
        assert_eq!(ok(&items)[0].body.content(), arabic);
        same_again(ok(&items)[0]);
    }
    let wide: Vec<u8> = [0xFF, 0xFE].into_iter().chain(feed("utf-16").encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert!(matches!(reasons(&all("f.xml", &wide))[..], [reason] if reason.contains("UTF-8")));
}

#[test]
fn what_is_no_feed_is_set_aside() {
    for (path, bytes, part) in [
        ("f.xml", "<urlset><url>x</url></urlset>", "neither an RSS"),
        ("f.xml", "", "neither an RSS"),
        ("f.json", "{\"a\":[1,{\"items\":[2]}]}", "neither a JSON Feed"),
        ("f.json", "[{\"text\":\"snow\"}]", "no JSON that is read"),
        ("f.json", "snow", "no JSON that is read"),
        ("f.json", "", "cut short"),
    ] {
        let items = all(path, bytes.as_bytes());
        assert!(matches!(reasons(&items)[..], [reason] if reason.contains(part)), "{bytes}: {items:?}");
    }
}

#[test]
fn feeds_that_a_crawler_got() {
    let got = |mime: &str, body: &str| {
        let block = answer("200 OK", &format!("Content-Type: {mime}"), body.as_bytes());
        warc("response", "https://hill.example/feed", "application/http", &block)
    };
    let bytes = [got("application/rss+xml", RSS), got("text/xml", ATOM), got("application/feed+json", JSON)].concat();
    let items = all("a.warc", &bytes);
    assert_eq!(ok(&items).len(), 3 + 2 + 2, "{items:?}");
    let last = ok(&items)[6];
    assert_eq!(last.capture.record_offset, Some((got("application/rss+xml", RSS).len() + got("text/xml", ATOM).len()) as u64));
    assert_eq!((last.capture.by.as_str(), last.given.retrieved.as_deref()), ("feed", Some("2031-05-18T07:00:00Z")));
    ok(&items).into_iter().for_each(same_again);
}

const CHANNEL: &str = r##"{ "name": "شبكة التل", "type": "public_channel", "id": 1234567890, "messages": [
 {"id": 1, "type": "service", "date": "2031-05-17T20:00:00", "action": "create_channel", "text": ""},
 {"id": 2, "type": "message", "date": "2031-05-17T22:40:10", "date_unixtime": "1936813210", "from": "شبكة التل", "author": "Lina",
  "text": ["هطل الثلج على ", {"type": "hashtag", "text": "#القرى"}, " وأغلقت الطرق."], "text_entities": []},
 {"id": 3, "type": "message", "date": "2031-05-18T08:00:00", "edited": "2031-05-18T09:00:00", "edited_unixtime": "1936850400", "text": "وصلت الجرافة ظهرا.",
  "photo": "photos/p.jpg", "reply_to_message_id": 2},
 {"id": 4, "type": "message", "date": "2031-05-18T08:05:00", "text": "منقول عن غيرنا.", "forwarded_from": "قناة الوادي"},
 {"id": 5, "type": "message", "date": "2031-05-18T08:06:00", "text": "", "photo": "photos/q.jpg"},
 {"id": 6, "type": "message", "text": "بلا تاريخ", "odd": "a \" } ] b"}
]}"##;

#[test]
fn a_channel() {
    for items in [
        all("result.json", CHANNEL.as_bytes()),
        in_sips("result.json", CHANNEL.as_bytes()),
        all("result.json.zst", &zstd(CHANNEL.as_bytes())),
    ] {
        assert_eq!(reasons(&items).len(), 0, "{:?}", reasons(&items));
        let records = ok(&items);
        let keys: Vec<_> = records.iter().map(|r| r.key.as_deref().unwrap()).collect();
        assert_eq!(keys, ["1234567890/2", "1234567890/3", "1234567890/4", "1234567890/6"]);
        let reports: Vec<_> = records.iter().map(|r| desk::read(r)).collect();
        assert_eq!(reports[0].text, "هطل الثلج على #القرى وأغلقت الطرق.");
        assert_eq!(
            reports.iter().map(|r| r.kind).collect::<Vec<_>>(),
            [ReportKind::Post, ReportKind::Caption, ReportKind::Forward, ReportKind::Post]
        );
        let published = reports[0].published.as_ref().unwrap();
        // 1936813210 is 2031-05-17T19:40:10Z: the clock where the export was made is three hours ahead.
        assert_eq!((published.start.to_string().as_str(), published.start_time.as_deref()), ("2031-05-17", Some("22:40+03:00")));
        assert_eq!(published.basis, DateBasis::Metadata);
        assert_eq!(reports[1].updated.as_ref().unwrap().start.to_string(), "2031-05-18");
        assert_eq!(reports[1].published.as_ref().unwrap().start_time.as_deref(), Some("08:00"));
        assert_eq!((reports[0].byline.as_deref(), reports[2].byline.as_deref()), (Some("Lina"), Some("قناة الوادي")));
        assert_eq!(reports[3].published, None);
        let account = reports[0].account.as_ref().unwrap();
        assert_eq!((account.platform.as_str(), account.handle.as_str()), ("telegram", "1234567890"));
        assert_eq!(reports[0].source.name.as_deref(), Some("شبكة التل"));
        assert!(reports[2].notes.iter().any(|n| n == "forwarded from: قناة الوادي"));
        assert!(reports[1].notes.iter().any(|n| n == "in reply to: 2"));
        assert!(records[0].sealed.starts_with(b"{\"id\": 2,") && records[0].sealed.ends_with(b"[]}"));
        records.into_iter().for_each(same_again);
    }
}

#[test]
fn an_account_with_several_chats() {
    let second = CHANNEL
        .replace("1234567890", "77")
        .replace("public_channel", "private_group")
        .replace("\"name\": \"شبكة التل\"", "\"name\": \"Hill road\"");
    let export = format!(
        r#"{{"about": "An export", "personal_information": {{"user_id": 5, "first_name": "x"}}, "contacts": {{"list": [{{"name": "y"}}, 3]}},
        "chats": {{"about": "all", "list": [{CHANNEL}, {second}]}}, "left_chats": {{"list": [{{"id": 9, "type": "public_channel", "messages": []}}]}}}}"#
    );
    let items = all("result.json", export.as_bytes());
    assert_eq!(reasons(&items).len(), 0, "{:?}", reasons(&items));
    let chats: Vec<_> = ok(&items).iter().map(|r| r.given.source.clone().unwrap()).collect();
    assert_eq!(chats, [vec!["شبكة التل".to_owned(); 4], vec!["Hill road".to_owned(); 4]].concat());
    assert_eq!(ok(&items)[4].given.byline.as_deref(), Some("شبكة التل"), "in a group the name is the member's");
}

#[test]
fn a_broken_message_costs_itself_only() {
    let broken = CHANNEL.replacen("\"text\": \"وصلت", "\"text\" \"وصلت", 1);
    let items = all("result.json", broken.as_bytes());
    assert_eq!((ok(&items).len(), reasons(&items).len()), (3, 1), "{items:?}");
    for cut in (1..CHANNEL.len()).step_by(100) {
        let items = all("result.json", &CHANNEL.as_bytes()[..cut]);
        assert_eq!(reasons(&items).len(), 1, "cut at {cut}: {:?}", reasons(&items));
    }
}
