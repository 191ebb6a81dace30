// The words of the interface: both languages have the same keys and the same blanks, and the code asks for no other.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';

const page = new URL('../', import.meta.url);
const words = (language) => JSON.parse(readFileSync(new URL(`words/${language}.json`, page), 'utf8'));
const [en, ar] = [words('en'), words('ar')];
const forms = (entry) => (typeof entry === 'string' ? [entry] : Object.values(entry));
const blanks = (text) => [...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1]).sort();
const code = readdirSync(new URL('js/', page)).map((file) => readFileSync(new URL(`js/${file}`, page), 'utf8')).join('\n');

test('both languages have the same keys', () => {
  assert.deepEqual(Object.keys(ar).sort(), Object.keys(en).sort());
});

test('a phrase has no blank that the other language lacks', () => {
  for (const key of Object.keys(en)) {
    const whole = (entry) => new Set(forms(entry).flatMap(blanks));
    assert.deepEqual([...whole(ar[key])].sort(), [...whole(en[key])].sort(), key);
  }
});

test('plurals have the forms that the language asks for', () => {
  for (const [language, table] of [['en', en], ['ar', ar]]) {
    const asked = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    for (const [key, entry] of Object.entries(table)) {
      if (typeof entry === 'object') assert.deepEqual(asked.filter((form) => !(form in entry)), [], `${language} ${key}`);
    }
  }
});

test('every key that the code names has words', () => {
  const named = [...code.matchAll(/\b(?:t|phrase)\('([^']+)'/g)].map((found) => found[1]);
  assert.ok(named.length > 100);
  assert.deepEqual([...new Set(named)].filter((key) => !(key in en)), []);
});

test('no word of Arabic stands in the code', () => {
  const brand = 'مرصد';
  assert.equal(/[\u0621-\u064a]/.test(code.replaceAll(brand, '')), false);
});

test('every module is asked for at once', () => {
  const asked = [...readFileSync(new URL('index.html', page), 'utf8').matchAll(/modulepreload" href="js\/([^"]+)"/g)].map((found) => found[1]);
  // What comes before anything is drawn, what asks for all others, and what only some readers need.
  const others = ['early.js', 'main.js', 'map_gl.js', 'tiles.js'];
  assert.deepEqual(asked, readdirSync(new URL('js/', page)).filter((file) => !others.includes(file)).sort());
});

test('nothing is parsed as HTML', () => {
  assert.equal(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|\beval\(|new Function/.test(code), false);
});
