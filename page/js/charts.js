// Counts by type, actor and place: a list with quiet bars, each line a filter.

import { el } from './dom.js';
import { number, t } from './words.js';
import { labelled } from './quote.js';
import { filter, withFilter } from './address.js';
import { typeLabel } from './filters.js';

const LINES = 8;

function chart(kind, rows) {
  const most = Math.max(1, ...rows.map((row) => row.count));
  const now = filter()[kind];
  const name = (row) => (kind === 'type' ? typeLabel(row.value) : labelled({ ...row, name: row.name ?? row.value }));
  return el('section', { class: 'chart', 'aria-label': t(`chart.${kind}`) }, el('h3', {}, t(`chart.${kind}`)),
    rows.length ? el('ol', {}, rows.slice(0, LINES).map((row) => {
      const value = row.id ?? row.value;
      const on = now === value;
      return el('li', {}, el('a', { href: withFilter({ [kind]: on ? null : value }), class: on ? 'on' : null, 'aria-current': on ? 'true' : null },
        el('span', { class: 'chart-name' }, name(row)), el('span', { class: 'chart-n' }, number(row.count)),
        el('span', { class: 'chart-bar', 'aria-hidden': 'true', style: { 'inline-size': `${(row.count / most) * 100}%` } })));
    })) : el('p', { class: 'note' }, t('chart.none')));
}

/** The charts of an answer of counts. */
export function charts(counts) {
  // Of actors only those that knowledge lists: "five people" in two reports are not one party.
  const actors = (counts.actor ?? []).filter((row) => row.id);
  return el('div', { class: 'charts' }, ['type', 'place', 'actor'].map((kind) => chart(kind, kind === 'actor' ? actors : counts[kind] ?? [])));
}
