// The words of the interface: data in words/LANGUAGE.json, chosen here by key and, where people or things are counted, by
// the language's own plural.

import { el } from './dom.js';

export const LANGUAGES = ['en', 'ar'];
const FIRST_STRONG = '\u2068';
const END = '\u2069';

// Names of countries, which a map asks for at every move.
const lands = new Map();
let current = 'en';
let table = {};
let plurals = new Intl.PluralRules('en');
let digits = null;

/** The language of the interface. */
export function language() {
  return current;
}

/** Loads the words of `to` and turns the document to it. */
export async function useLanguage(to) {
  const answer = await fetch(`words/${to}.json`);
  if (!answer.ok) throw new Error(`words/${to}.json: ${answer.status}`);
  table = await answer.json();
  current = to;
  plurals = new Intl.PluralRules(to);
  digits = null;
  document.documentElement.lang = to;
  document.documentElement.dir = to === 'ar' ? 'rtl' : 'ltr';
}

/** Text that keeps its own direction inside a sentence of another. */
export function isolate(text) {
  return `${FIRST_STRONG}${text}${END}`;
}

function entry(key, n) {
  const found = table[key];
  if (found && typeof found === 'object') return found[plurals.select(Number(n) || 0)] ?? found.other;
  return found;
}

/** Whether there are words for `key`. */
export function has(key) {
  return key in table;
}

/** The words for `key`; `{name}` in them is what `values` has by that name, `n` chooses the plural. */
export function t(key, values = {}) {
  const words = entry(key, values.n) ?? key;
  return words.replace(/\{(\w+)\}/g, (_, name) => {
    const value = values[name] ?? '';
    return typeof value === 'number' ? number(value) : isolate(value);
  });
}

/** The words for `key` as nodes: `{name}` may be an element, such as a link. */
export function phrase(key, values = {}) {
  const words = entry(key, values.n) ?? key;
  return words.split(/(\{\w+\})/).filter(Boolean).map((part) => {
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (!name) return part;
    const value = values[name] ?? '';
    if (value instanceof Node) return value;
    return typeof value === 'number' ? number(value) : el('bdi', {}, String(value));
  });
}

/** The label of a value of an open list; an unknown value stands as it came. */
export function label(list, value) {
  if (value === null || value === undefined) return t('unknown');
  const key = `${list}.${value}`;
  return has(key) ? t(key) : String(value).replaceAll('_', ' ');
}

/** A number as the interface's language writes it. */
export function number(n) {
  // Both languages write whole ones alike, and to open the browser's own tables takes longer than to draw the first rows.
  if (Number.isInteger(n) && n >= 0) return String(n).replace(/\B(?=(\d{3})+$)/g, ',');
  digits ??= new Intl.NumberFormat(current === 'ar' ? 'ar-SY-u-nu-latn' : 'en-GB');
  return digits.format(n);
}

/** The name of a country by its ISO 3166 code, from the browser's own tables. */
export function country(code) {
  const key = `${current} ${code}`;
  if (!lands.has(key)) lands.set(key, named(code));
  return lands.get(key);
}

function named(code) {
  try {
    return new Intl.DisplayNames([current], { type: 'region' }).of(new Intl.Locale(`und-${code}`).region) ?? code;
  } catch {
    return code;
  }
}
