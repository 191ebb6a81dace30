// The map of the events view: which of the two maps draws it, its buttons, and what it says of places that it cannot show.

import { el, replace } from './dom.js';
import { t } from './words.js';
import { labelled } from './quote.js';
import { svgMap } from './map_svg.js';
import { box, sorted } from './places.js';
import { withFilter } from './address.js';

const CHOICE = 'marsad.map';
const LISTED = 60;

function webgl() {
  try {
    return Boolean(document.createElement('canvas').getContext('webgl2'));
  } catch {
    return false;
  }
}

/** Whether the reader's machine and wish allow the drawn-by-WebGL map. */
export function smooth() {
  return localStorage.getItem(CHOICE) !== 'plain' && webgl() && !matchMedia('(forced-colors: active)').matches;
}

async function made(frame, hands) {
  if (smooth()) {
    try {
      const { glMap } = await import('./map_gl.js');
      return await glMap(frame, hands);
    } catch {
      // Without its files or a working context, the plain map does all that the other does.
      replace(frame);
    }
  }
  return svgMap(frame, hands);
}

/** The map with its surroundings; `choose` is told of a place that was chosen. */
export function mapPane({ choose }) {
  const frame = el('div', { class: 'map-frame' });
  const off = el('div', { class: 'map-off' });
  const here = el('a', { class: 'button', href: '#/events' }, t('map.here'));
  let map = null;
  let whole = null;
  let first = true;
  const aim = (b) => { here.href = withFilter({ bbox: b.map((n) => n.toFixed(3)).join(',') }); };
  const ready = made(frame, { choose, moved: aim }).then((one) => { map = one; return one; });
  const pane = el('section', { class: 'map', id: 'map', 'aria-label': t('map.label') }, frame,
    el('div', { class: 'map-tools' },
      el('button', { type: 'button', title: t('map.closer'), 'aria-label': t('map.closer'), onclick: () => map?.zoom(1 / 1.5) }, '+'),
      el('button', { type: 'button', title: t('map.wider'), 'aria-label': t('map.wider'), onclick: () => map?.zoom(1.5) }, '−'),
      el('button', { type: 'button', title: t('map.whole'), 'aria-label': t('map.whole'), onclick: () => whole && map?.show(whole) }, '⤢'),
      here),
    el('p', { class: 'legend' },
      el('span', {}, el('i', { class: 'key point' }), t('map.point')),
      el('span', {}, el('i', { class: 'key around' }), t('map.around')),
      el('span', {}, el('i', { class: 'key area' }), t('map.area')),
      el('span', { class: 'credit' }, t('map.credit'))),
    off);
  return {
    pane,
    async set(rows, unplaced, selected, keepView) {
      const { places, nowhere } = sorted(rows);
      replace(off, offTheMap(nowhere, unplaced));
      const drawnBy = await ready;
      drawnBy.set(places, selected);
      whole = box(places);
      if (first || !keepView) drawnBy.show(whole);
      first = false;
      aim(drawnBy.bounds());
    },
    remove: () => ready.then((one) => one.remove()),
  };
}

function offTheMap(rows, unplaced) {
  const n = rows.reduce((sum, row) => sum + row.n, unplaced);
  if (!n) return null;
  return el('details', {}, el('summary', {}, t('map.off', { n })),
    el('ul', {}, rows.slice(0, LISTED).map(({ place, n: events }) => el('li', {},
      el('a', { href: withFilter({ place: place.value }) }, labelled(place)), ' ',
      el('span', { class: 'note' }, t('count.events', { n: events })))),
    unplaced ? el('li', {}, t('place.unknown'), ' ', el('span', { class: 'note' }, t('count.events', { n: unplaced }))) : null));
}
