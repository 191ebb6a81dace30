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

test('nothing is parsed as HTML', () => {
  assert.equal(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|\beval\(|new Function/.test(code), false);
});

const reasons = JSON.parse(readFileSync(new URL('words/reasons.json', page), 'utf8'));

/** All that the program is made of, its broken strings mended. */
function program() {
  const crates = new URL('../crates/', page);
  const files = readdirSync(crates, { recursive: true }).filter((file) => file.includes('/src/') && file.endsWith('.rs'));
  return files.map((file) => readFileSync(new URL(file, crates), 'utf8')).join('\n').replace(/\\\n\s*/g, '');
}

test('every pattern of a reason has the words that the program says', () => {
  const said = program();
  for (const [told] of reasons) {
    const pieces = told.split(/\{\w+\}|\(s\)/).map((piece) => piece.replace(/^[^\w]+|[^\w]+$/g, ''));
    const longest = Math.max(...pieces.map((piece) => piece.length));
    assert.ok(pieces.some((piece) => piece.length >= Math.min(longest, 7) && said.includes(piece)), told);
  }
});

globalThis.document = { documentElement: {} };
globalThis.fetch = async (file) => ({ ok: true, json: async () => JSON.parse(readFileSync(new URL(file, page), 'utf8')) });

test('days, months and numbers are written as the tables of the language have them', async () => {
  const { number, useLanguage } = await import('../js/words.js');
  const { when } = await import('../js/when.js');
  const tables = (language) => ({ en: 'en-GB', ar: 'ar-SY-u-nu-latn' })[language];
  const spans = Array.from({ length: 12 }, (_, m) => ['01', '28'].map((d) => `2031-${String(m + 1).padStart(2, '0')}-${d}`));
  spans.push(['2031-06-07', '2031-06-07'], ['2031-06-30', '2031-07-02'], ['2031-12-30', '2032-01-02'], ['2031-06-08', '2032-06-08'], ['2031-01-01', '2033-12-31']);
  for (const language of ['en', 'ar']) {
    await useLanguage(language);
    for (const n of [0, 7, 999, 1000, 99_245, 1_234_567, 0.25]) assert.equal(number(n), new Intl.NumberFormat(tables(language)).format(n));
    for (const [precision, short, shape] of [
      ['day', true, { day: 'numeric', month: 'short', year: 'numeric' }],
      ['day', false, { day: 'numeric', month: 'long', year: 'numeric' }],
      ['month', false, { month: 'long', year: 'numeric' }],
      ['year', false, { year: 'numeric' }],
    ]) {
      const table = new Intl.DateTimeFormat(tables(language), { timeZone: 'UTC', ...shape });
      for (const [start, end] of spans) {
        // The tables are not at one on whether room stands beside a dash.
        const said = table.formatRange(new Date(start), new Date(end)).replace(/\s*–\s*/, ' – ');
        assert.equal(when({ start, end, precision }, short), said, `${language} ${precision} ${start} ${end}`);
      }
    }
  }
});

test('a reason is said in Arabic, and one inside it too', async () => {
  const { useLanguage } = await import('../js/words.js');
  const { loadReasons, translated } = await import('../js/reasons.js');
  await useLanguage('ar');
  await loadReasons();
  for (const [reason, kind] of [
    ['it holds no text'],
    ['its name does not end in .txt, .html (or one of these with .gz or .zst) or .wacz; rename it if it is one of them'],
    ['it cannot be inflated (unexpected end of file); it is cut short, damaged or no gzip'],
    ['the server answered with status 503; capture it again if it matters'],
    ["graded by a person's decision, d:0123"],
    ["marked by a person's decision, d:0123"],
    ['a log-in wall, no report (4 of its 5 words are a frame\'s)', 'log_in'],
  ]) assert.match(translated(reason, kind) ?? '', /[\u0621-\u064a]/, reason);
  const within = translated('in a.warc.gz, the record at byte 120: from here on it is cut short');
  assert.ok(within.includes('مبتور من هنا') && within.includes('120') && !within.includes('cut'), within);
  assert.ok(translated('a log-in wall, no report (4 of its 5 words are a frame\'s)', 'log_in').startsWith(ar['aside.log_in']));
  assert.equal(translated('nobody ever said this'), null);
});
