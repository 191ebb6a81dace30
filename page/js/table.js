// Events line by line. Each value is a link to the sentences it was read from.

import { el } from './dom.js';
import { t } from './words.js';
import { labelled } from './quote.js';
import { when } from './when.js';
import { count, toll } from './value.js';
import { support } from './support.js';
import { filter, to, withFilter } from './address.js';
import { typeLabel } from './filters.js';

const SORTS = { when: ['-time', 'time'], harm: ['-harm', 'harm'], origins: ['-origins', 'origins'] };
const FROM = ['initiator', 'party', 'controller', 'accused', 'speaker', 'mediator', 'supporter'];
const SHOWN_ACTORS = 3;

function sortable(key) {
  const now = filter().sort ?? '-time';
  const [down, up] = SORTS[key];
  const state = now === down ? 'descending' : now === up ? 'ascending' : 'none';
  return el('th', { scope: 'col', 'aria-sort': state },
    el('a', { class: 'sort', id: `sort-${key}`, href: withFilter({ sort: now === down ? up : down }) }, t(`column.${key}`),
      el('span', { class: 'arrow', 'aria-hidden': 'true' }, state === 'descending' ? ' ↓' : state === 'ascending' ? ' ↑' : '')));
}

/** Parties before those to whom it was done; a few, and how many more. */
export function parties(event, shown = SHOWN_ACTORS) {
  const unique = (list) => [...new Map(list.map((a) => [a.id ?? a.name, a])).values()];
  const doers = unique(event.actors.filter((a) => FROM.includes(a.role)));
  const others = unique(event.actors.filter((a) => !FROM.includes(a.role)));
  const listed = (list, room) => [...list.slice(0, room).flatMap((a, i) => [i ? t('list.comma') : '', labelled(a)]),
    list.length > room ? el('span', { class: 'note' }, ' ', t('more.n', { n: list.length - room })) : ''];
  if (!doers.length && !others.length) return null;
  if (!others.length) return listed(doers, shown);
  return [doers.length ? listed(doers, shown) : t('unknown.who'), el('span', { class: 'onto' }, el('span', { class: 'unseen' }, t('towards')), el('span', { 'aria-hidden': 'true' }, ' → ')), listed(others, Math.max(1, shown - 1))];
}

const cell = (column, event, attribute, ...inner) => {
  const filled = inner.flat(Infinity).filter((x) => x !== null && x !== undefined && x !== '');
  return el('td', { class: column, 'data-label': t(`column.${column}`) },
    filled.length ? el('a', { href: to('event', event.id, attribute ? { value: attribute } : {}) }, filled)
      : el('span', { class: 'none' }, el('span', { class: 'unseen' }, t('unknown')), el('span', { 'aria-hidden': 'true' }, '–')));
};

function people(event, harms) {
  const found = toll(event, harms);
  return found ? count(found) : null;
}

function row(event, fresh) {
  const disputed = event.disagreements?.length ?? 0;
  return el('tr', { 'data-event': event.id, class: [disputed && 'disputed', fresh && 'fresh'].filter(Boolean).join(' ') || null },
    cell('when', event, 'time', when(event.time, true)),
    cell('what', event, null, el('span', { class: 'what-type' }, typeLabel(event.type)), denial(event)),
    cell('where', event, 'place', event.place ? labelled(event.place) : null, howNear(event.place)),
    cell('who', event, 'actors', parties(event)),
    cell('killed', event, 'casualties.killed', people(event, ['killed'])),
    cell('hurt', event, 'casualties.injured', people(event, ['injured'])),
    el('td', { class: 'rests', 'data-label': t('column.origins') },
      el('a', { href: to('event', event.id, { value: 'origins' }) }, support(event.support, true),
        el('span', { class: 'reports' }, t('count.reports', { n: event.reports }))),
      disputed ? el('a', { class: 'differ', href: to('event', event.id, { value: event.disagreements[0].attribute }) }, t('differ')) : null));
}

function denial(event) {
  const said = (event.agreed ?? []).find((a) => a.attribute === 'occurrence');
  if (said && said.value !== 'happened') return el('span', { class: 'note' }, ' ', t('occurrence.short.not'));
  return event.origins === 0 ? el('span', { class: 'note' }, ' ', t('occurrence.short.party')) : null;
}

/** How near to its place an event was told to be, where that is not the place itself. */
export function howNear(place) {
  if (!place) return null;
  if (place.candidates?.length) return el('span', { class: 'note' }, ' ', t('place.candidates', { n: place.candidates.length }));
  return ['settlement', 'exact'].includes(place.precision) ? null : el('span', { class: 'note' }, ' ', t(`precision.${place.precision}`));
}

/** The table with its `first` rows, and what adds the others; `fresh` tells which events the reader has not seen. */
export function eventTable(events, { first, fresh }) {
  const drawn = (some) => some.map((event) => row(event, fresh(event)));
  const rows = el('tbody', {}, drawn(events.slice(0, first)));
  return { table: headed(rows), rest: () => rows.append(...drawn(events.slice(first))) };
}

function headed(rows) {
  return el('table', { class: 'events' },
    el('caption', { class: 'unseen' }, t('events.title')),
    el('thead', {}, el('tr', {}, sortable('when'), el('th', { scope: 'col' }, t('column.what')), el('th', { scope: 'col' }, t('column.where')),
      el('th', { scope: 'col' }, t('column.who')), sortable('harm'), el('th', { scope: 'col' }, t('column.hurt')), sortable('origins'))),
    rows);
}
