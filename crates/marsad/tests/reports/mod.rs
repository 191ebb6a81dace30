//! Invented reports by the hundred, in both languages, each another story: the n-th is always the same.
//!
//! Towns and armed groups are real, so that places and actors are found; what is told of them never happened.

use serde_json::json;
use std::ops::Range;

const TOWNS: [(&str, &str); 12] = [
    ("Manbij", "منبج"),
    ("Jarabulus", "جرابلس"),
    ("Saraqib", "سراقب"),
    ("Al-Bab", "الباب"),
    ("Afrin", "عفرين"),
    ("Tadmur", "تدمر"),
    ("Al-Mayadin", "الميادين"),
    ("Hajin", "هجين"),
    ("Dhiban", "ذيبان"),
    ("Al-Atarib", "الأتارب"),
    ("Al-Tabqah", "الطبقة"),
    ("Sinjar", "سنجار"),
];

const GROUPS: [(&str, &str); 4] = [
    ("Islamic State", "تنظيم الدولة الإسلامية"),
    ("Syrian Democratic Forces", "قوات سوريا الديمقراطية"),
    ("Syrian army", "الجيش السوري"),
    ("Free Syrian Army", "الجيش السوري الحر"),
];

const OUTLETS: [(&str, &str); 6] = [
    ("Cedar Gazette", "جريدة النبع"),
    ("Harbour Post", "صحيفة الميناء"),
    ("Upland Herald", "منبر التلال"),
    ("Salt Road News", "أخبار الملح"),
    ("Orchard Daily", "يومية البستان"),
    ("Ferry Bulletin", "نشرة العبارة"),
];

/// What a report begins with; `{town}`, `{one}`, `{other}`, `{few}`, `{more}`, `{day}` are filled in.
const LEADS: [(&str, &str); 6] = [
    (
        "{few} people were killed and {more} were injured when artillery shells fell on {town} on {day} {month} 2031, a nurse at the clinic said.",
        "قتل {few} أشخاص وجرح {more} بقصف مدفعي على {town} يوم {day} {month} 2031، كما قالت ممرضة في العيادة.",
    ),
    (
        "Fighters of the {one} attacked a checkpoint of the {other} near {town} on {day} {month} 2031 and killed {few} guards.",
        "هاجم مقاتلون من {one} حاجزا لـ{other} قرب {town} في {day} {month} 2031 وقتلوا {few} حراس.",
    ),
    (
        "A car bomb exploded in the market of {town} on {day} {month} 2031; {few} traders died, according to our correspondent.",
        "انفجرت سيارة مفخخة في سوق {town} في {day} {month} 2031 وقتل {few} تجار، بحسب مراسلنا.",
    ),
    (
        "The {one} took control of {town} on {day} {month} 2031 after clashes with the {other} that left {few} dead.",
        "سيطرت {one} على {town} في {day} {month} 2031 بعد اشتباكات مع {other} خلفت {few} قتلى.",
    ),
    (
        "An air strike on {town} on {day} {month} 2031 wounded {more} people, the civil defence said. It did not say whose aircraft it was.",
        "أصابت غارة جوية على {town} في {day} {month} 2031 {more} أشخاص بجروح، كما قال الدفاع المدني. ولم يذكر لمن الطائرة.",
    ),
    (
        "The {one} released {more} prisoners at {town} on {day} {month} 2031 in an exchange with the {other}.",
        "أفرج {one} عن {more} أسرى في {town} في {day} {month} 2031 ضمن تبادل مع {other}.",
    ),
];

/// What a report goes on with; no two reports in a row have the same.
const TAILS: [(&str, &str); 9] = [
    ("The bakery stayed closed and neighbours shared what flour they had.", "وبقي الفرن مغلقا وتقاسم الجيران ما لديهم من طحين."),
    (
        "A teacher said that lessons would be held in the cellar until the road was safe again.",
        "وقال معلم إن الدروس ستعقد في القبو إلى أن تأمن الطريق.",
    ),
    (
        "The {other} did not comment. An officer promised an inquiry within {few} days.",
        "ولم تعلق {other}. ووعد ضابط بتحقيق خلال {few} أيام.",
    ),
    (
        "Drivers who came from the south told of {few} more checkpoints than a week before.",
        "وتحدث سائقون قدموا من الجنوب عن {few} حواجز أكثر مما كان قبل أسبوع.",
    ),
    (
        "Power failed at dusk and the wounded were treated by the light of lamps.",
        "وانقطعت الكهرباء عند الغروب فعولج الجرحى على ضوء المصابيح.",
    ),
    (
        "Families with children left for the orchards and came back two nights later.",
        "وخرجت عائلات مع أطفالها إلى البساتين وعادت بعد ليلتين.",
    ),
    (
        "There have been {few} such days since spring, by the count of a shepherd who keeps a notebook.",
        "ومرت {few} أيام كهذه منذ الربيع، بعد راع يدون ما يرى.",
    ),
    ("The {one} has held hills east of {town} for {more} months.", "وتسيطر {one} على تلال شرق {town} منذ {more} أشهر."),
    ("Wells on both banks were found filled with stones.", "ووجدت آبار على الضفتين مملوءة بالحجارة."),
];

const MONTHS: [(&str, &str); 6] =
    [("March", "آذار"), ("April", "نيسان"), ("May", "أيار"), ("June", "حزيران"), ("July", "تموز"), ("August", "آب")];

/// The n-th report as a line of JSON: English where n is even, Arabic where it is odd.
fn line(n: usize) -> String {
    let of = |pair: (&'static str, &'static str)| if n.is_multiple_of(2) { pair.0 } else { pair.1 };
    // Strides that share no factor with the lengths, so that what meets differs from report to report.
    let (few, more, day, month) = (2 + n % 7, 9 + n * 5 % 23, 1 + n * 11 % 27, n / 5 % MONTHS.len());
    let fill = |text: &str| {
        text.replace("{town}", of(TOWNS[n * 7 % TOWNS.len()]))
            .replace("{one}", of(GROUPS[n / 3 % GROUPS.len()]))
            .replace("{other}", of(GROUPS[(n / 3 + 1) % GROUPS.len()]))
            .replace("{few}", &few.to_string())
            .replace("{more}", &more.to_string())
            .replace("{day}", &day.to_string())
            .replace("{month}", of(MONTHS[month]))
    };
    let parts =
        [LEADS[n / 2 % LEADS.len()], TAILS[n * 4 % TAILS.len()], TAILS[(n * 4 + 2) % TAILS.len()], TAILS[(n * 4 + 5) % TAILS.len()]];
    let text: Vec<String> = parts.into_iter().map(|p| fill(of(p))).collect();
    json!({
        "key": format!("invented-{n}"),
        "source": of(OUTLETS[n * 5 % OUTLETS.len()]),
        "language": of(("en", "ar")),
        "published": format!("2031-{:02}-{:02}", month + 3, day + 1),
        "text": text.join("\n\n"),
    })
    .to_string()
}

/// Lines of a JSONL file, a report each.
pub(crate) fn lines(range: Range<usize>) -> Vec<String> {
    range.map(line).collect()
}
