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

const take = (filter, format, file) => save(address('/export', { ...filter, sort: null, format, file }), '*/*', `marsad-${file}`);

/** Buttons, and beside a format that loses something one that tells what. */
export function takeaway(filter) {
  const button = (name, format, file) => el('button', { type: 'button', onclick: () => take(filter, format, file) }, name);
  const buttons = Object.entries(FORMATS).map(([format, { name, file, losses }]) =>
    [button(name, format, file), ' ', losses ? [button(t('take.losses', { name }), format, losses), ' '] : null]);
  return el('p', { class: 'takeaway' }, el('span', { class: 'note' }, t('take')), ' ', buttons);
}
