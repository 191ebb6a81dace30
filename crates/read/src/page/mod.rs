//! Pages: from HTML to the lines of the report and what the page says of itself.

mod article;
mod depth;
mod hints;
mod metadata;
mod tree;

pub(crate) use article::{ArticleExtractor, ByDensity, Everything};
pub(crate) use hints::Hints;
pub(crate) use metadata::Metadata;

use dom_query::Document;
use tree::Tree;

/// A page taken apart.
#[derive(Debug, Default)]
pub(crate) struct Page {
    pub(crate) metadata: Metadata,
    /// The report's blocks, one on each line.
    pub(crate) text: String,
}

/// Take a page apart.
pub(crate) fn read_page(html: &str, hints: &Hints, extractor: &impl ArticleExtractor) -> Page {
    let document = Document::from(depth::shallow(html).as_ref());
    let tree = Tree::of(&document, hints);
    let metadata = metadata::metadata(&document, &tree, hints);
    let mut text = String::new();
    let mut last: Option<&str> = None;
    for at in extractor.article(&tree, metadata.body.as_deref()) {
        let line = tree.blocks[at].text.as_str();
        // The same paragraph twice in a row: one copy for the screen, one for printing.
        if last == Some(line) {
            continue;
        }
        if last.is_some() {
            text.push('\n');
        }
        text.push_str(line);
        last = Some(line);
    }
    Page { metadata, text }
}
