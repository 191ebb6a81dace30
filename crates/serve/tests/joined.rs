//! The page's modules in one file: what the build understands, and what it refuses.

#[path = "../build/joined.rs"]
#[allow(dead_code, reason = "the build uses all of it")]
mod joined;

fn joined_of(files: &[(&str, &str)]) -> Result<String, String> {
    joined::modules(&|name| files.iter().find(|(n, _)| *n == name).map(|(_, text)| (*text).to_owned()))
}

#[test]
fn a_module_becomes_a_function_of_what_it_needs() {
    let script = joined_of(&[
        ("main.js", "import { a, b as c } from './one.js';\nconst later = () => import('./two.js').then(({ d }) => d);\nawait a(c);\n"),
        ("one.js", "export async function a(x) {}\nexport const b = 1;\n"),
        ("two.js", "import { a } from './one.js';\nexport class d {}\n"),
    ])
    .expect("all of it is understood");
    assert!(script.contains("'main.js': (async () => {\nconst { a, b: c } = use('one.js');\nconst later = () => Promise.resolve().then(() => use('two.js')).then(({ d }) => d);\n"), "{script}");
    assert!(script.contains("'one.js': (() => {\nasync function a(x) {}\nconst b = 1;\nreturn { a, b };\n}),"), "{script}");
    // Only what is not asked for at once stands without brackets.
    assert!(script.contains("'two.js': () => {\nconst { a } = use('one.js');\nclass d {}\nreturn { d };\n},"), "{script}");
    assert!(script.ends_with("use('main.js');\n"));
}

#[test]
fn what_it_does_not_understand_stops_the_build() {
    for (text, told) in [
        ("import one from './one.js';\n", "js/main.js:1"),
        ("import { a } from 'elsewhere';\n", "js/main.js:1"),
        ("import { a } from './gone.js';\n", "there is no js/gone.js"),
        ("export default 1;\n", "js/main.js:1"),
        ("export let a = 1;\n", "js/main.js:1"),
        ("\nimport { e } from './round.js';\n", "asks for itself"),
        ("import { f } from './waits.js';\n", "js/waits.js:1"),
    ] {
        let found = joined_of(&[("main.js", text), ("round.js", "import { e } from './round.js';\n"), ("waits.js", "await 1;\n")]);
        assert!(found.as_ref().is_err_and(|error| error.contains(told)), "{text}: {found:?}");
    }
}

#[test]
fn the_first_page_names_one_script_and_one_file_of_styles() {
    let html = "<head>\n    <link rel=\"stylesheet\" href=\"css/a.css\">\n    <link rel=\"stylesheet\" href=\"css/b.css\" media=\"print\">\n    <script type=\"module\" src=\"js/main.js\"></script>\n</head>\n";
    let (page, styles) = joined::first_page(html);
    assert_eq!(
        page,
        "<head>\n    <link rel=\"stylesheet\" href=\"css/page.css\">\n    <link rel=\"modulepreload\" href=\"js/page.js\">\n    <script type=\"module\" src=\"js/page.js\"></script>\n</head>\n"
    );
    assert_eq!(styles, [("css/a.css".to_owned(), None), ("css/b.css".to_owned(), Some("print".to_owned()))]);
    let parts = [("a{}\n".to_owned(), None), ("b{}\n".to_owned(), Some("print".to_owned()))];
    assert_eq!(joined::styles(&parts), "a{}\n@media print {\nb{}\n}\n");
}
