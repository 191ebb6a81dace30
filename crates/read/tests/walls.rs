//! Pages that are no report, and reports that look like none. Outlets, people and events are invented.

mod desk;

use desk::{READER, record};
use marsad_knowledge::Files;
use marsad_read::NoReport;

fn none(path: &str, content: &str) -> Option<NoReport> {
    READER.read(&record(path, content.as_bytes(), None)).err()
}

fn kind(path: &str, content: &str) -> Option<&'static str> {
    none(path, content).map(|n| n.kind.name())
}

#[test]
fn texts_that_are_no_report() {
    for (text, expected) in [
        ("Log in to Facebook\nEmail or phone\nPassword\nForgotten password?\nCreate new account", Some("log_in")),
        ("English (UK)TürkçeکوردییSign UpLog InMessengerPrivacy PolicyTermsHelp", Some("log_in")),
        ("يجب تسجيل الدخول للمتابعة\nالبريد الإلكتروني أو الهاتف\nكلمة السر\nهل نسيت كلمة السر؟\nإنشاء حساب جديد", Some("log_in")),
        ("404\nPage not found\nBack to homepage", Some("error")),
        ("عذراً، الصفحة غير موجودة\nالعودة إلى الصفحة الرئيسية", Some("error")),
        ("Sorry, this content isn't available right now.\nGo to News Feed", Some("error")),
        ("Checking your browser before you reach hillpost.example.\nThis process is automatic. Ray ID: 7f", Some("challenge")),
        ("We value your privacy\nWe use cookies and ask you to accept all or manage preferences.\nReject all", Some("consent")),
        ("يستخدم هذا الموقع ملفات تعريف الارتباط\nقبول الكل\nرفض الكل\nسياسة الخصوصية", Some("consent")),
        ("Subscribe to continue reading\nAlready a subscriber? Log in\nStart your free trial", Some("paywall")),
        ("هذا المحتوى للمشتركين فقط\nاشترك لمتابعة القراءة\nتسجيل الدخول", Some("paywall")),
        ("Shared with Public\nAll reactions:\nLike\nComment\nMost relevant", Some("shell")),
        ("الرئيسية\nمن نحن\nاتصل بنا\nسياسة الخصوصية\nالمساعدة\nالشروط\nفيسبوك", Some("menu")),
        // Reports: few words, or words that walls use, or a frame around a sentence.
        ("قصف على أطراف القرية الآن", None),
        ("The village no longer exists.", None),
        ("Access denied: guards at the Dibsan crossing turned nine lorries of flour back on Monday.", None),
        ("حدث خطأ في توزيع الخبز بحي النهر وأصيب رجلان في التدافع.", None),
        ("Hill Radio's PostShared with Publicسقطت قذيفتان على طرف السوق وأصيب بائع.All reactions:3LikeCommentMost relevant", None),
        ("تسجيل الدخول\nإنشاء حساب\nقال سكان في حي الجسر إن طائرة مسيّرة حلقت فوق المطحنة ثلاث مرات مساء أمس.", None),
    ] {
        assert_eq!(kind("a.txt", text), expected, "{text}");
    }
}

/// A line of JSON with a title.
fn titled(title: &str, lines: &[&str]) -> String {
    let fields = [("title", title), ("text", &lines.join("\n\n")), ("url", "https://hillpost.example/ar/9")];
    let fields: Vec<String> = fields.iter().map(|(k, v)| format!("\"{k}\":\"{}\"", v.replace('\n', "\\n"))).collect();
    format!("{{{}}}", fields.join(","))
}

const HEADLINES: [&str; 9] = [
    "بلدية ضفاف تفتح جسر المشاة الجديد",
    "أسعار القمح ترتفع في أسواق الوادي",
    "وزير النقل يزور مرفأ الصيادين القديم",
    "فريق الهلال الأزرق يفوز بكأس المدارس",
    "علماء يرصدون مذنباً فوق جبل السنديان",
    "إغلاق مدرسة الحي بسبب العاصفة الثلجية",
    "مهرجان الزيتون يبدأ غداً في الساحة",
    "توقعات بأمطار غزيرة على الساحل الشمالي",
    "معرض للكتب المستعملة في دار البلدية",
];

#[test]
fn headlines_of_others_are_no_report_under_a_title_of_its_own() {
    let front = titled("إصابة حارس في انفجار بمخزن الحبوب", &HEADLINES);
    assert_eq!(kind("a.jsonl", &front), Some("front"));
    // A roundup takes its headline up again; an untitled list may be a roundup.
    assert_eq!(kind("a.jsonl", &titled("موجز: أسعار القمح ترتفع في أسواق الوادي", &HEADLINES)), None);
    assert_eq!(kind("a.txt", &HEADLINES.join("\n")), None);
    let mut report = HEADLINES.to_vec();
    report.push("أصيب حارس بجروح طفيفة عندما انفجرت أسطوانة غاز في مخزن الحبوب شرقي البلدة صباح أمس.");
    assert_eq!(kind("a.jsonl", &titled("إصابة حارس في انفجار", &report)), None);
}

fn html(head: &str, body: &str) -> String {
    format!("<!doctype html><html><head>{head}</head><body>{body}</body></html>")
}

#[test]
fn pages_that_are_no_report() {
    let links: String = HEADLINES.iter().cycle().take(14).enumerate().map(|(i, h)| format!("<h3><a href=/{i}>{h}</a></h3>")).collect();
    let teasers: String = (0..6)
        .map(|i| {
            let h = HEADLINES[i];
            format!("<div><h3><a href=/n/{i}>{h}</a></h3><p>{h}، وقال موظف في البلدية إن العمل استمر أسابيع وإن الأهالي ينتظرون النتيجة بصبر.</p></div>")
        })
        .collect();
    let pictures = "<img src=a.jpg>".repeat(9);
    for (page, expected) in [
        (html("<title>أخبار | راديو الوادي</title>", &links), Some("front")),
        (html("<title>راديو الوادي</title>", &format!("<main>{teasers}</main>")), Some("front")),
        (html("<title>Not Found</title>", "<h1>404</h1><p>Page not found.</p>"), Some("error")),
        (
            html("<title>Just a moment...</title>", "<p>Checking your browser. Enable JavaScript and cookies to continue</p>"),
            Some("challenge"),
        ),
        (
            html(
                "<title>Hill Post</title>",
                "<form><a href=/l>Log in</a> <a href=/s>Sign up</a></form><p>You must log in to continue.</p>",
            ),
            Some("log_in"),
        ),
        (html("<title>صور السوق</title>", &format!("<h1>صور السوق</h1>{pictures}<p>سوق الخضار</p>")), Some("gallery")),
        // A report among the links of others is a report.
        (
            html(
                "<title>إصابة حارس في انفجار بمخزن الحبوب شرقي البلدة</title><meta property=og:type content=article>",
                &format!(
                    "<article><h1>إصابة حارس في انفجار</h1><p>أصيب حارس بجروح طفيفة عندما انفجرت أسطوانة غاز في مخزن الحبوب شرقي البلدة.</p></article>{links}"
                ),
            ),
            None,
        ),
    ] {
        assert_eq!(kind("a.html", &page), expected, "{page}");
    }
}

#[test]
fn a_wall_at_a_listed_publisher_is_to_be_captured_by_hand() {
    let host = READER.sources().entries().iter().find_map(|e| e.hosts.first()).expect("the registry has hosts");
    let line = |host: &str| format!("{{\"text\":\"404\\nPage not found\",\"url\":\"https://{host}/a/9\"}}");
    let listed = none("a.jsonl", &line(host)).expect("it is an error page");
    assert!(listed.publisher.is_some() && listed.url.as_deref().is_some_and(|url| url.ends_with("/a/9")), "{listed:?}");
    let unlisted = none("a.jsonl", &line("hillpost.example")).expect("it is an error page");
    assert!(unlisted.publisher.is_none(), "{unlisted:?}");
}

#[test]
fn every_phrase_stands_in_its_example() {
    let files = Files::embedded();
    for path in ["ar/walls.tsv", "en/walls.tsv"] {
        for line in files.get(path).lines().skip(1) {
            let fields: Vec<&str> = line.split('\t').collect();
            assert!(fields[3].to_lowercase().contains(fields[0]), "{path}: {line}");
        }
    }
}
