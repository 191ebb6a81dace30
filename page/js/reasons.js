// Why the program holds something: it says so in English, by patterns of its own; words/reasons.json has them in Arabic.

import { el } from './dom.js';
import { has, isolate, language, t } from './words.js';
import { brief, tame } from './quote.js';

const FILE = 'words/reasons.json';
const LONGEST = 400;
// By hand is shown by itself.
const BY_HAND = '; to be captured by hand: ';

let patterns = [];

const plain = (text) => text.replace(/[.*+?^$|[\]\\()]/g, '\\$&');

/** A pattern: `{name}` stands for some words, `(s)` for an ending that may be there. */
function pattern([told, said]) {
  const names = [...told.matchAll(/\{(\w+)\}/g)].map((found) => found[1]);
  const source = plain(told).replaceAll('\\(s\\)', 's?').replace(/\{\w+\}/g, '(.+?)');
  return { asked: new RegExp(`^${source}$`, 'u'), names, said };
}

/** Loads the patterns, where the interface's language needs them; without them reasons stay as they came. */
export async function loadReasons() {
  if (language() === 'en' || patterns.length) return;
  const answer = await fetch(FILE);
  if (answer.ok) patterns = (await answer.json()).map(pattern);
}

const KINDS = ['log_in', 'consent', 'error', 'challenge', 'paywall', 'shell', 'menu', 'front', 'gallery'];

/** The words that fill a blank: those that are named in the interface too are said in its own. */
function filled(name, text, kind) {
  if (name === 'attribute' && has(`attribute.${text}`)) return t(`attribute.${text}`);
  if (name === 'kind' && KINDS.includes(kind)) return t(`aside.${kind}`);
  return isolate(text);
}

/** A reason in the interface's language; null where it has no words for it. `kind` is what was set aside, if it was. */
export function translated(reason, kind = null) {
  const text = String(reason).split(BY_HAND)[0];
  if (language() === 'en') return text;
  for (const { asked, names, said } of patterns) {
    const found = asked.exec(text);
    if (found) return said.replace(/\{(\w+)\}/g, (_, name) => filled(name, found[names.indexOf(name) + 1] ?? '', kind));
  }
  return null;
}

/** A reason as a node, in its own language where the interface's has no words for it. */
export function reason(text, kind = null) {
  const said = translated(tame(text), kind);
  return said === null ? el('span', { lang: 'en', dir: 'ltr' }, brief(tame(text), LONGEST)) : el('span', {}, brief(said, LONGEST));
}
