// Why the program holds something: it says so in English, by patterns of its own; words/reasons.json has them in Arabic.

import { el } from './dom.js';
import { has, isolate, language, t } from './words.js';
import { brief, tame } from './quote.js';

const FILE = 'words/reasons.json';
const LONGEST = 400;
// A reason may hold another, and that one again.
const DEEPEST = 4;

let patterns = [];

const plain = (text) => text.replace(/[.*+?^$|[\]\\()]/g, '\\$&');

/** A pattern: `{name}` stands for some words, `{why}` for a reason inside the reason, `(s)` for an ending that may be there. */
function pattern([told, said]) {
  const names = [...told.matchAll(/\{(\w+)\}/g)].map((found) => found[1]);
  const source = plain(told).replaceAll('\\(s\\)', 's?').replace(/\{\w+\}/g, '(.+?)');
  return { asked: new RegExp(`^${source}$`, 'u'), names, said };
}

/** Loads the patterns, where the interface's language needs them; without them reasons stay as they came. */
export async function loadReasons(lang = language()) {
  if (lang === 'en' || patterns.length) return;
  const answer = await fetch(FILE);
  if (answer.ok) patterns = (await answer.json()).map(pattern);
}

/** The words that fill a blank: those that are named in the interface too are said in its own. */
function filled(name, text, kind, depth) {
  if (name === 'attribute' && has(`attribute.${text}`)) return t(`attribute.${text}`);
  if (name === 'kind' && kind && has(`aside.${kind}`)) return t(`aside.${kind}`);
  return (name === 'why' && said(text, kind, depth + 1)) || isolate(text);
}

function said(text, kind, depth) {
  if (depth > DEEPEST) return null;
  for (const { asked, names, said: words } of patterns) {
    const found = asked.exec(text);
    if (found) return words.replace(/\{(\w+)\}/g, (_, name) => filled(name, found[names.indexOf(name) + 1] ?? '', kind, depth));
  }
  return null;
}

/** A reason in the interface's language; null where it has no words for it. `kind` is what was set aside, if it was. */
export function translated(reason, kind = null) {
  return language() === 'en' ? String(reason) : said(String(reason), kind, 0);
}

/** A reason as a node, in its own language where the interface's has no words for it. */
export function reason(text, kind = null) {
  const said = translated(tame(text), kind);
  return said === null ? el('span', { lang: 'en', dir: 'ltr' }, brief(tame(text), LONGEST)) : el('span', {}, brief(said, LONGEST));
}
