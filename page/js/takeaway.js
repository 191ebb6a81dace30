// The events of the filter as a file to take away, in the formats that an export has; all of them, or what changed since another.

import { announce, el, replace } from './dom.js';
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

// What tells what was done where names are held back, and which events are no more.
const TOLD = 'REDACTED.md';
const GONE = 'gone.jsonl';
const CURSOR = 'marsad-cursor';

/** Buttons, and beside a format that loses something one that tells what; names may be held back in all of them. */
export function takeaway(filter) {
  const held = el('input', { type: 'checkbox', name: 'redact' });
  const since = el('input', { name: 'since', dir: 'ltr', size: 18, maxlength: 40, autocomplete: 'off', spellcheck: 'false' });
  const said = el('p', { class: 'said', role: 'status' });
  const take = async (format, file) => {
    const redact = held.checked;
    const asked = { ...filter, sort: null, format, file, redact: redact ? '1' : null, since: since.value.trim() || null };
    try {
      const answer = await save(address('/export', asked), '*/*', redact && file !== TOLD ? `marsad-redacted-${file}` : `marsad-${file}`);
      const cursor = answer.headers.get(CURSOR);
      replace(said, cursor ? [t('take.cursor'), ' ', el('code', { dir: 'ltr' }, cursor)] : null);
      announce(said.textContent);
    } catch (error) {
      replace(said, trouble(error));
    }
  };
  const button = (name, format, file) => el('button', { type: 'button', onclick: () => take(format, file) }, name);
  const told = button(t('take.told'), 'jsonl', TOLD);
  const gone = button(t('take.gone'), 'jsonl', GONE);
  const buttons = Object.entries(FORMATS).map(([format, { name, file, losses }]) =>
    [button(name, format, file), ' ', losses ? [button(t('take.losses', { name }), format, losses), ' '] : null]);
  const all = el('p', { class: 'takeaway' }, el('span', { class: 'note' }, t('take')), ' ', buttons,
    el('label', { title: t('take.redact.note') }, held, ' ', t('take.redact')), ' ',
    el('label', { title: t('take.since.note') }, t('take.since'), ' ', since), ' ');
  held.addEventListener('change', () => (held.checked ? all.append(told) : told.remove()));
  since.addEventListener('input', () => (since.value.trim() ? all.append(gone) : gone.remove()));
  return el('div', {}, all, said);
}
