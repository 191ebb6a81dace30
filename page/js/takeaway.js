// The events of the filter as a file to take away, in the forms that the API has.

import { el } from './dom.js';
import { t } from './words.js';
import { address, save } from './api.js';

const FORMS = { CSV: ['text/csv', 'csv'], GeoJSON: ['application/geo+json', 'geojson'] };
const MOST = 500;

const take = (filter, [media, ending]) => save(address('/events', { ...filter, limit: MOST }), media, `marsad-events.${ending}`);

/** Buttons, and how much they give where that is not all. */
export function takeaway(filter, total) {
  return el('p', { class: 'takeaway' }, el('span', { class: 'note' }, total > MOST ? t('take.first', { n: MOST }) : t('take')), ' ',
    Object.entries(FORMS).map(([name, form]) => [el('button', { type: 'button', onclick: () => take(filter, form) }, name), ' ']));
}
