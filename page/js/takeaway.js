// The events of the filter as a file to take away, in the formats that an export has.

import { el, replace } from './dom.js';
import { t } from './words.js';
import { address, save } from './api.js';
import { trouble } from './trouble.js';

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

// Evidence for whoever has no Marsad. By the hash of its manifest it is known again.
const bundle = (filter, redact) => save(address('/bundle', { ...filter, sort: null, redact: redact ? '1' : null }),
  'application/zip', redact ? 'marsad-redacted-bundle.zip' : 'marsad-bundle.zip', true);

/** Buttons, and beside a format that loses something one that tells what; names may be held back in all of them. */
export function takeaway(filter) {
  const held = el('input', { type: 'checkbox', name: 'redact' });
  const said = el('div', { class: 'note', role: 'status' });
  const press = (name, act) => el('button', { type: 'button', onclick: async () => {
    replace(said);
    try {
      const manifest = (await act()).get('marsad-manifest');
      if (manifest) replace(said, t('take.manifest'), ' ', el('code', {}, manifest));
    } catch (error) {
      replace(said, trouble(error));
    }
  } }, name);
  const button = (name, format, file) => press(name, () => take(filter, format, file, held.checked));
  const told = press(t('take.told'), () => take(filter, 'jsonl', TOLD, true));
  const buttons = Object.entries(FORMATS).map(([format, { name, file, losses }]) =>
    [button(name, format, file), ' ', losses ? [button(t('take.losses', { name }), format, losses), ' '] : null]);
  const all = el('div', { class: 'takeaway' }, el('span', { class: 'note' }, t('take')), ' ', buttons,
    press(t('take.bundle'), () => bundle(filter, held.checked)), ' ',
    el('label', { title: t('take.redact.note') }, held, ' ', t('take.redact')), ' ', said);
  held.addEventListener('change', () => (held.checked ? said.before(told, ' ') : told.remove()));
  return all;
}
