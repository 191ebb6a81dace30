// Events along time as bars; a bar is a link that sets the filter to its days, months or years.

import { el } from './dom.js';
import { number, t } from './words.js';
import { instant, iso, month, when } from './when.js';
import { filter, withFilter } from './address.js';

const NARROWEST = 26;

function steps(first, last) {
  const months = (last.y - first.y) * 12 + last.m - first.m + 1;
  return [1, 3, 6, 12, 24, 60, 120].map((size) => ({ size, bars: Math.ceil(months / size) + (size > 1 ? 1 : 0) }));
}

const parse = (text) => ({ y: Number(text.slice(0, 4)), m: Number(text.slice(5, 7)) - 1 });
const write = ({ y, m }) => `${String(y).padStart(4, '0')}-${String(m + 1).padStart(2, '0')}`;
const plus = ({ y, m }, n) => ({ y: y + Math.floor((m + n) / 12), m: (((m + n) % 12) + 12) % 12 });
const lastDay = ({ y, m }) => new Date(Date.UTC(y, m + 1, 0)).getUTCDate();

// Of a thousand events so many may lie before the first bar, and so many after the last.
const OUTLIERS = 10;

/** Rows of months without the few at either end that would make bars of years out of bars of months. */
function core(rows) {
  const total = rows.reduce((sum, r) => sum + r.count, 0);
  const cut = (list) => {
    let n = 0;
    return list.findIndex((r) => { n += r.count; return n > (total * OUTLIERS) / 1000; });
  };
  return rows.slice(cut(rows), rows.length - cut(rows.slice().reverse()));
}

/** Months with their counts, brought together so that each bar is wide enough to be touched. */
export function bars(months, room) {
  const rows = months.filter((row) => /^\d{4}-\d{2}$/.test(row.value)).sort((a, b) => (a.value < b.value ? -1 : 1));
  if (!rows.length) return [];
  const all = barsOf(rows, room);
  // Only where the few make a difference: nobody is left out for the sake of a bar or two.
  return all.length && all[0].size > 1 ? barsOf(core(rows), room) : all;
}

function barsOf(rows, room) {
  const [first, last] = [parse(rows[0].value), parse(rows.at(-1).value)];
  const { size } = steps(first, last).find((s) => s.bars * NARROWEST <= room) ?? steps(first, last).at(-1);
  const start = size === 1 ? first : { y: first.y, m: Math.floor(first.m / Math.min(size, 12)) * Math.min(size, 12) };
  const made = [];
  for (let at = start; write(at) <= write(last); at = plus(at, size)) {
    const end = plus(at, size - 1);
    const n = rows.filter((r) => r.value >= write(at) && r.value <= write(end)).reduce((sum, r) => sum + r.count, 0);
    made.push({ from: `${write(at)}-01`, to: `${write(end)}-${lastDay(end)}`, month: size === 1 ? write(at) : null, year: size === 12 ? at.y : null, size, n });
  }
  return made;
}

function said(bar) {
  if (bar.month) return month(bar.month);
  if (bar.year) return when({ start: bar.from, end: bar.from, precision: 'year' });
  return when({ start: bar.from, end: bar.to, precision: 'month' });
}

/** How many events lie before the first bar and after the last, each a link to them. */
function beyond(months, all) {
  const n = (fits) => months.filter((row) => fits(row.value)).reduce((sum, row) => sum + row.count, 0);
  const before = n((value) => `${value}-01` < all[0].from);
  const after = n((value) => `${value}-01` > all.at(-1).to);
  const day = (text, step) => iso(instant(text) + step * 86_400_000);
  if (!before && !after) return null;
  return el('p', { class: 'beyond' },
    before ? el('a', { href: withFilter({ from: null, to: day(all[0].from, -1) }) }, t('timeline.before', { n: before })) : el('span', {}),
    after ? el('a', { href: withFilter({ from: day(all.at(-1).to, 1), to: null }) }, t('timeline.after', { n: after })) : null);
}

/** The timeline of counts by month, with how many have no time. */
export function timeline(months, untimed, room) {
  const all = bars(months, room);
  const most = Math.max(1, ...all.map((b) => b.n));
  const now = filter();
  return el('section', { class: 'timeline', 'aria-label': t('timeline.label') },
    el('ol', {}, all.map((bar) => {
      const on = now.from === bar.from && now.to === bar.to;
      const label = t('timeline.bar', { time: said(bar), n: bar.n });
      return el('li', {}, el('a', {
        href: withFilter(on ? { from: null, to: null } : { from: bar.from, to: bar.to }), 'aria-label': label, title: label, class: on ? 'on' : null, 'aria-current': on ? 'true' : null,
        tabindex: bar.n ? null : '-1',
      }, el('span', { class: bar.n ? 'bar' : 'bar empty', style: { 'block-size': `${(bar.n / most) * 100}%` } }, el('span', { class: 'bar-n', 'aria-hidden': 'true' }, bar.n ? number(bar.n) : ''))));
    })),
    all.length ? el('p', { class: 'ends' }, el('span', {}, said(all[0])), all.length > 1 ? el('span', {}, said(all.at(-1))) : null) : null,
    all.length ? beyond(months, all) : null,
    untimed ? el('p', { class: 'note' }, t('timeline.untimed', { n: untimed })) : null);
}
