// The map of the events view: which of the two maps draws it, its buttons, and what it says of places that it cannot show.

import { el, painted, replace } from './dom.js';
import { t } from './words.js';
import { labelled } from './quote.js';
import { svgMap } from './map_svg.js';
import { box, core, sorted } from './places.js';
import { withFilter } from './address.js';
import { status } from './records.js';

const CHOICE = 'marsad.map';
const LISTED = 60;

// Drivers that draw by the processor: there the plain map is the faster one.
const BY_PROCESSOR = /swiftshader|llvmpipe|softpipe|software|basic render/i;

function drawnBy() {
  try {
    const context = document.createElement('canvas').getContext('webgl2');
    if (!context) return null;
    const told = context.getExtension('WEBGL_debug_renderer_info');
    const driver = String(context.getParameter(told ? told.UNMASKED_RENDERER_WEBGL : context.RENDERER));
    context.getExtension('WEBGL_lose_context')?.loseContext();
    return driver;
  } catch {
    return null;
  }
}

let driver;

/** Whether WebGL is there, and where `swiftly` is asked for, drawn by a graphics card rather than by the processor. */
function webgl(swiftly) {
  if (driver === undefined) driver = drawnBy();
  return driver !== null && !(swiftly && BY_PROCESSOR.test(driver));
}

/** Whether the reader's machine and wish are for the map that WebGL draws. */
function smooth() {
  const choice = localStorage.getItem(CHOICE);
  return choice === 'smooth' ? webgl(false) : choice !== 'plain' && webgl(true) && !matchMedia('(forced-colors: active)').matches;
}

/** A button for the other of the two maps, where both can be had. */
function other() {
  if (!webgl(false)) return null;
  const next = smooth() ? 'plain' : 'smooth';
  return el('button', { type: 'button', class: 'link', onclick: () => {
    localStorage.setItem(CHOICE, next);
    dispatchEvent(new HashChangeEvent('hashchange'));
  } }, t(`map.${next}`));
}

async function made(frame, hands, tiles, failed) {
  if (smooth()) {
    try {
      const { glMap } = await import('./map_gl.js');
      return await glMap(frame, { ...hands, tiles });
    } catch {
      // Without its files or a working context, the plain map does all that the other does.
      replace(frame);
      if (tiles) failed();
    }
  }
  return svgMap(frame, hands);
}

/** The map with its surroundings; `choose` is told of a place that was chosen, `after` is what it waits for. */
export function mapPane({ choose, after }) {
  const frame = el('div', { class: 'map-frame' });
  const off = el('div', { class: 'map-off' });
  const change = el('span', {});
  const without = el('p', { class: 'note' });
  const here = el('a', { class: 'button', href: '#/events' }, t('map.here'));
  let map = null;
  let whole = null;
  let first = true;
  const aim = (b) => { here.href = withFilter({ bbox: b.map((n) => n.toFixed(3)).join(',') }); };
  // The table comes first: to ask for WebGL alone may take longer than all else, and the map is made when the table stands.
  const ready = after.catch(() => {})
    .then(painted)
    .then(() => status().catch(() => null))
    .then((state) => {
      const tiles = Boolean(state?.page?.tiles);
      replace(without, tiles && !smooth() ? t(webgl(false) ? 'map.tiles.plain' : 'map.tiles.webgl') : null);
      return made(frame, { choose, moved: aim }, tiles, () => replace(without, t('map.tiles.failed')));
    }).then((one) => {
      map = one;
      map.show(box([]));
      replace(change, other());
      return one;
    });
  const pane = el('section', { class: 'map', id: 'map', 'aria-label': t('map.label') },
    el('button', { type: 'button', class: 'pass', onclick: () => document.querySelector('#list a')?.focus() }, t('map.pass')), frame,
    el('div', { class: 'map-tools' },
      el('button', { type: 'button', title: t('map.closer'), 'aria-label': t('map.closer'), onclick: () => map?.zoom(1 / 1.5) }, '+'),
      el('button', { type: 'button', title: t('map.wider'), 'aria-label': t('map.wider'), onclick: () => map?.zoom(1.5) }, '−'),
      el('button', { type: 'button', title: t('map.whole'), 'aria-label': t('map.whole'), onclick: () => whole && map?.show(whole) }, '⤢'),
      here),
    el('p', { class: 'legend' },
      el('span', {}, el('i', { class: 'key point' }), t('map.point')),
      el('span', {}, el('i', { class: 'key around' }), t('map.around')),
      el('span', {}, el('i', { class: 'key area' }), t('map.area')),
      el('span', { class: 'credit' }, t('map.credit')), change),
    without,
    off);
  return {
    pane,
    async set(rows, unplaced, selected, keepView) {
      const { places, nowhere } = sorted(rows);
      replace(off, offTheMap(nowhere, unplaced));
      const drawnBy = await ready;
      drawnBy.set(places, selected);
      whole = box(places);
      if (first || !keepView) drawnBy.show(box(core(places)));
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
