//! Of the posts on a network's page, the one that its address is of; the others are answers to it, or other people's.

use super::tree::{At, Says, Tree};

/// What stands in the address of an answer to a post, beside that of the post.
const ANSWER: &str = "comment_id=";

/// Mark what other accounts posted as comments. An account's own posts that follow the page's without another between go on
/// with it. Where no post is known to be the page's, nothing is marked.
pub(super) fn mark_others(tree: &mut Tree, url: &str) {
    let posts: Vec<At> = (0..tree.elements.len())
        .filter(|&at| tree.elements[at].is_article() && !tree.up(at).skip(1).any(|up| tree.elements[up].is_article()))
        .collect();
    let page = path_of(url);
    let Some(account) = page.split('/').find(|part| !part.is_empty()) else { return };
    let leads = |at: At| tree.links_in(at).any(|href| path_of(href) == page && !href.contains(ANSWER));
    let Some(own) = posts.iter().position(|&at| leads(at)).filter(|_| posts.len() > 1) else { return };
    let same = |at: At| tree.links_in(at).map(path_of).find(|path| path.len() > 1).is_some_and(|path| path == format!("/{account}"));
    let last = (own + 1..posts.len()).take_while(|&i| same(posts[i])).last().unwrap_or(own);
    for (_, &at) in posts.iter().enumerate().filter(|(i, _)| !(own..=last).contains(i)) {
        tree.elements[at].says = Says::Comment;
    }
}

/// The path of an address, without what is asked of it.
fn path_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest.get(rest.find('/').unwrap_or(rest.len())..).unwrap_or(""));
    rest.split(['?', '#']).next().unwrap_or("").trim_end_matches('/')
}
