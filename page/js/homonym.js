// The places that a name may mean where nothing decides: all of them, none before another.

import { el } from './dom.js';
import { country, t } from './words.js';
import { labelled, name } from './quote.js';

const SHOWN = 12;

function where(one) {
  const parts = [one.within ? labelled({ label: one.within, name: one.within.en }) : null, one.country ? country(one.country) : null].filter(Boolean);
  return parts.flatMap((part) => [t('list.comma'), part]);
}

function degrees(one) {
  if (!Number.isFinite(one.lat) || !Number.isFinite(one.lon)) return null;
  const short = (n) => new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(n);
  return el('span', { class: 'note', dir: 'ltr' }, `${short(one.lat)}, ${short(one.lon)}`);
}

const line = (one) => el('li', {}, one.label ? labelled({ label: one.label, name: one.label.en }) : name(one.because ?? one.id), where(one), ' ', degrees(one), ' ', el('code', { dir: 'ltr' }, one.id));

/** The candidates of a place, where it has any; a few at once, the rest on demand. */
export function homonym(place) {
  const all = place?.candidates ?? [];
  if (!all.length) return null;
  const rest = all.slice(SHOWN);
  return el('div', { class: 'candidates' }, el('p', {}, t('place.homonym')), el('ul', {}, all.slice(0, SHOWN).map(line)),
    rest.length ? el('details', {}, el('summary', {}, t('more.n', { n: rest.length })), el('ul', {}, rest.map(line))) : null);
}
