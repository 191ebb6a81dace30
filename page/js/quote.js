// Words that are not the interface's own: names, sentences, titles. They keep their language and their direction.

import { el } from './dom.js';
import { language } from './words.js';

const LONGEST_NAME = 200;
const LONGEST_HINT = 2000;
const LONGEST_WORD = 60;
const LONG_WORD = /(\S{61,})/u;
const UNBROKEN = /^\S+$/u;
const RTL = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;
const LETTER = /\p{L}/u;
// Controls that turn the order of what follows. A report's own are shown by a sign, and act on nothing.
const TURNING = /[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/g;
const OTHER_CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;

/** `text` without marks that could turn the line, and with unseen controls made visible. */
export function tame(text) {
  return String(text).replace(TURNING, '').replace(OTHER_CONTROLS, '\ufffd');
}

/** The script's language where nothing says it: Arabic letters first or Latin ones. */
export function languageOf(text) {
  for (const c of String(text)) if (LETTER.test(c)) return RTL.test(c) ? 'ar' : 'en';
  return null;
}

/** At most so many code points of a text, with a sign where it was cut. */
export function brief(text, most) {
  // Twice as many UTF-16 units hold them for certain; a text may be millions long.
  const points = Array.from(text.slice(0, 2 * most + 2));
  return points.length > most ? `${points.slice(0, most - 1).join('')}…` : points.join('');
}

/** Text as nodes: words so long that a browser labours to break them are given places to break, which are no part of the text. */
export function breakable(text) {
  return text.split(LONG_WORD).flatMap((part) => {
    if (part.length <= LONGEST_WORD || !UNBROKEN.test(part)) return [part];
    const points = Array.from(part);
    const pieces = [];
    for (let i = 0; i < points.length; i += LONGEST_WORD) pieces.push(points.slice(i, i + LONGEST_WORD).join(''), el('wbr'));
    return pieces;
  });
}

/** A name inside a line. */
export function name(text, lang = null) {
  const shown = tame(text);
  const short = brief(shown, LONGEST_NAME);
  return el('bdi', { class: 'name', lang: lang ?? languageOf(shown.slice(0, LONGEST_NAME)), dir: 'auto', title: short === shown ? null : brief(shown, LONGEST_HINT) }, short);
}

/** A name that knowledge has in both languages, in the interface's; otherwise as it came. */
export function labelled(thing) {
  if (!thing) return null;
  return name(nameOf(thing));
}

/** The same as a string. */
export function nameOf(thing) {
  return tame(thing.label?.[language()] ?? thing.name ?? thing.value ?? thing.id ?? '');
}

/** The direction of a text whose language is known or can be seen. */
export function direction(lang, text) {
  const l = lang ?? languageOf(String(text).slice(0, LONGEST_HINT)) ?? 'en';
  return /^(ar|fa|ur|he|ckb)\b/.test(l) ? 'rtl' : 'ltr';
}

/** Attributes of a block that quotes `text` in `lang`. */
export function quoting(lang, text) {
  return { lang: lang ?? languageOf(String(text ?? '').slice(0, LONGEST_HINT)), dir: direction(lang, text ?? '') };
}
