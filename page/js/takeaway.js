// The events of the filter as a file to take away, in the forms that the API has.

import { el } from './dom.js';
import { t } from './words.js';
import { address, Problem } from './api.js';

const FORMS = { CSV: ['text/csv', 'csv'], GeoJSON: ['application/geo+json', 'geojson'] };
const MOST = 500;

async function take(filter, [media, ending]) {
  const answer = await fetch(address('/events', { ...filter, limit: MOST }), { headers: { accept: media } });
  if (!answer.ok) throw new Problem(answer.status, answer.statusText, '');
  const link = el('a', { href: URL.createObjectURL(await answer.blob()), download: `marsad-events.${ending}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Buttons, and how much they give where that is not all. */
export function takeaway(filter, total) {
  return el('p', { class: 'takeaway' }, el('span', { class: 'note' }, total > MOST ? t('take.first', { n: MOST }) : t('take')), ' ',
    Object.entries(FORMS).map(([name, form]) => [el('button', { type: 'button', onclick: () => take(filter, form) }, name), ' ']));
}
