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
  dossier: { file: 'dossier.html' },
};

// What tells what was done where names are held back, and which events are no more.
const TOLD = 'REDACTED.md';
const GONE = 'gone.jsonl';
// By these an export is known again: the next one's beginning, and the hash of a bundle's manifest.
const CURSOR = 'marsad-cursor';
const MANIFEST = 'marsad-manifest';

const take = (filter, format, file, redact, since) => save(address('/export', { ...filter, sort: null, format, file, redact: redact ? '1' : null, since }),
  '*/*', redact && file !== TOLD ? `marsad-redacted-${file}` : `marsad-${file}`);

// Evidence for whoever has no Marsad.
const bundle = (filter, redact) => save(address('/bundle', { ...filter, sort: null, redact: redact ? '1' : null }),
  'application/zip', redact ? 'marsad-redacted-bundle.zip' : 'marsad-bundle.zip', true);

/** Buttons, and beside a format that loses something one that tells what; names may be held back in all of them. */
export function takeaway(filter) {
  const held = el('input', { type: 'checkbox', name: 'redact' });
  const since = el('input', { name: 'since', dir: 'ltr', size: 18, maxlength: 40, autocomplete: 'off', spellcheck: 'false' });
  const said = el('div', { class: 'note', role: 'status' });
  const told = (key, word) => (word ? el('p', {}, t(key), ' ', el('code', { dir: 'ltr' }, word)) : '');
  const press = (name, act) => el('button', { type: 'button', onclick: async () => {
    replace(said);
    try {
      const head = await act();
      replace(said, told('take.manifest', head.get(MANIFEST)), told('take.cursor', head.get(CURSOR)));
      announce(said.textContent);
    } catch (error) {
      replace(said, trouble(error));
    }
  } }, name);
  const button = (name, format, file) => press(name, () => take(filter, format, file, held.checked, since.value.trim() || null));
  const done = press(t('take.told'), () => take(filter, 'jsonl', TOLD, true, since.value.trim() || null));
  const gone = button(t('take.gone'), 'jsonl', GONE);
  const buttons = Object.entries(FORMATS).map(([format, { name, file, losses }]) =>
    [button(name ?? t('take.dossier'), format, file), ' ', losses ? [button(t('take.losses', { name }), format, losses), ' '] : null]);
  const all = el('div', { class: 'takeaway' }, el('span', { class: 'note' }, t('take')), ' ', buttons,
    press(t('take.bundle'), () => bundle(filter, held.checked)), ' ',
    el('label', { title: t('take.redact.note') }, held, ' ', t('take.redact')), ' ',
    el('label', { title: t('take.since.note') }, t('take.since'), ' ', since), ' ', said);
  held.addEventListener('change', () => (held.checked ? said.before(done, ' ') : done.remove()));
  since.addEventListener('input', () => (since.value.trim() ? said.before(gone, ' ') : gone.remove()));
  return all;
}
