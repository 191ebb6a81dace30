// Words found in reports, in both languages, with the words marked where they stand.

import { announce, el, goOn, replace } from './dom.js';
import { number, t } from './words.js';
import { typeLabel } from './filters.js';
import { name, publisher, quoting, tame } from './quote.js';
import { when } from './when.js';
import { search } from './records.js';
import { to } from './address.js';
import { trouble } from './trouble.js';

// How many of a report's events of one type are linked.
const EVENTS = 6;

/** Events by their type, in the order in which types come first. */
function kinds(events) {
  const types = new Map();
  for (const { id, type } of events) types.set(type, [...(types.get(type) ?? []), id]);
  return [...types];
}

const marks = (pieces) => pieces.map((piece) => (piece.hit ? el('mark', {}, tame(piece.text)) : tame(piece.text)));

function line({ report, title, text, events }, copies) {
  const whole = text.map((piece) => piece.text).join('');
  return el('li', { class: 'found' },
    el('h2', {}, el('a', { href: to('report', report.id), ...quoting(report.language, report.title ?? '') }, title.length ? marks(title) : t('report.untitled'))),
    el('p', { class: 'note' }, publisher(report), ' · ', when(report.published, true), ' · ', t(`language.${report.language}`)),
    text.length ? el('blockquote', quoting(report.language, whole), marks(text)) : null,
    events.length ? el('p', { class: 'found-events' }, 
      el('span', { class: 'note' }, t('search.events')), kinds(events).map(([type, ids]) => el('span', {}, typeLabel(type), ' ',
        ids.slice(0, EVENTS).map((id, i) => [el('a', { href: to('event', id), 'aria-label': `${typeLabel(type)}${t('list.comma')}${t('search.event', { i: i + 1 })}` }, number(i + 1)), ' ']),
        ids.length > EVENTS ? el('span', { class: 'note' }, t('more.n', { n: ids.length - EVENTS })) : null))) : null,
    copies.length ? el('details', { class: 'copies' }, el('summary', {}, t('copies', { n: copies.length })),
      el('ul', { class: 'report-list' }, copies.map((copy) => el('li', {}, el('a', { href: to('report', copy.report.id) }, publisher(copy.report)),
        el('span', {}, when(copy.report.published, true)), copy.report.title ? el('span', {}, name(copy.report.title, copy.report.language)) : null)))) : null);
}

/** Hits of one telling together, where its best one stands. */
function folded(items) {
  const tellings = new Map();
  for (const item of items) {
    const key = item.report.origin ?? item.report.id;
    tellings.set(key, [...(tellings.get(key) ?? []), item]);
  }
  return [...tellings.values()].map(([first, ...copies]) => line(first, copies));
}

/** The view. */
export async function searchView(main, query) {
  const q = query.get('q') ?? '';
  const field = el('input', { type: 'search', id: 'search-q', value: q, dir: 'auto', autocomplete: 'off' });
  const found = el('div', { class: 'results' });
  replace(main, el('h1', { tabindex: '-1' }, t('search.title')),
    el('form', { class: 'search-form', role: 'search', onsubmit: (e) => { e.preventDefault(); location.hash = to('search', null, { q: field.value.trim() }); } },
      el('label', { for: 'search-q' }, t('search.words')), field, el('button', { type: 'submit', class: 'strong' }, t('search.go'))),
    el('p', { class: 'note' }, t('search.hint')), found);
  if (!q) return { focus: field };
  const all = [];
  async function page(cursor) {
    try {
      const answer = await search(q, { cursor });
      const shown = cursor ? found.querySelectorAll('.found').length : 0;
      all.push(...answer.items);
      replace(found, el('p', { class: 'total' }, t('search.found', { n: answer.total })), el('ol', { class: 'found-list' }, folded(all)),
        answer.next ? el('button', { type: 'button', class: 'more-button', onclick: () => page(answer.next) }, t('events.more')) : null);
      announce(t('search.found', { n: answer.total }));
      if (cursor) goOn([...found.querySelectorAll('.found')].slice(shown));
    } catch (error) {
      replace(found, trouble(error));
    }
  }
  await page(null);
  return null;
}
