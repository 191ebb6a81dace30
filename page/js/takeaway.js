// The events of the filter as a file to take away, in the formats that an export has.

import { el } from './dom.js';
import { t } from './words.js';
import { address, save } from './api.js';

// What each is called, which file holds the events, and which one tells what the format loses.
const FORMATS = {
  csv: { name: 'CSV', file: 'events.csv' },
  jsonl: { name: 'JSONL', file: 'events.jsonl' },
  parquet: { name: 'Parquet', file: 'events.parquet' },
  geojson: { name: 'GeoJSON', file: 'events.geojson' },
  acled: { name: 'ACLED', file: 'acled.csv', losses: 'acled.losses.txt' },
  ged: { name: 'UCDP GED', file: 'ged.csv', losses: 'ged.losses.txt' },
  plover: { name: 'PLOVER', file: 'plover.jsonl', losses: 'plover.losses.txt' },
};

// What tells what was done where names are held back.
const TOLD = 'REDACTED.md';

const take = (filter, format, file, redact) => save(address('/export', { ...filter, sort: null, format, file, redact: redact ? '1' : null }),
  '*/*', redact && file !== TOLD ? `marsad-redacted-${file}` : `marsad-${file}`);

/** Buttons, and beside a format that loses something one that tells what; names may be held back in all of them. */
export function takeaway(filter) {
  const held = el('input', { type: 'checkbox', name: 'redact' });
  const button = (name, format, file) => el('button', { type: 'button', onclick: () => take(filter, format, file, held.checked) }, name);
  const told = el('button', { type: 'button', onclick: () => take(filter, 'jsonl', TOLD, true) }, t('take.told'));
  const buttons = Object.entries(FORMATS).map(([format, { name, file, losses }]) =>
    [button(name, format, file), ' ', losses ? [button(t('take.losses', { name }), format, losses), ' '] : null]);
  const all = el('p', { class: 'takeaway' }, el('span', { class: 'note' }, t('take')), ' ', buttons,
    el('label', { title: t('take.redact.note') }, held, ' ', t('take.redact')), ' ');
  held.addEventListener('change', () => (held.checked ? all.append(told) : told.remove()));
  return all;
}
