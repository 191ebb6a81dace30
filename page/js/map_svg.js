// The map without WebGL: borders, names and places as SVG, moved by drag, wheel, buttons and keys.

import { svg } from './dom.js';
import { project, scaled, unproject } from './projection.js';
import { fits, size as sizeOf, stacked } from './places.js';
import { world } from './topology.js';
import { country, t, number } from './words.js';
import { nameOf } from './quote.js';

const CLOSEST = 1 / 4000;
// How many places can be chosen at once, those with most events first; of the others only a dot is drawn until one is nearer.
const AT_HAND = 300;

function path(polygons, view, width) {
  const k = width / view.w;
  return polygons.map((rings) => rings.map((ring) => ring.reduce((d, [lon, lat], i) => {
    const [x, y] = project(lon, lat);
    return `${d}${i ? 'L' : 'M'}${((x - view.x) * k).toFixed(1)} ${((y - view.y) * k).toFixed(1)}`;
  }, '') + 'Z').join('')).join('');
}

/** A map in `frame` that calls `choose` with the key of a place, and `moved` with the box it shows. */
export function svgMap(frame, { choose, moved }) {
  const land = svg('g', { class: 'land', 'aria-hidden': 'true' });
  const names = svg('g', { class: 'names', 'aria-hidden': 'true' });
  const dots = svg('path', { class: 'dots', 'aria-hidden': 'true' });
  const marks = svg('g', { class: 'marks' });
  const picture = svg('svg', { class: 'map-svg', tabindex: '0', role: 'group', 'aria-label': t('map.label') },
    svg('defs', {}, svg('pattern', { id: 'hatch', width: '7', height: '7', patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
      svg('line', { class: 'hatching', x1: '0', y1: '0', x2: '0', y2: '7' }))),
    land, names, dots, marks);
  frame.append(picture);
  let lands = [];
  let places = [];
  let chosen = null;
  let view = { x: 0.5, y: 0.35, w: 0.1 };
  const size = () => [frame.clientWidth || 600, frame.clientHeight || 400];

  function draw() {
    const [width, height] = size();
    picture.setAttribute('viewBox', `0 0 ${width} ${height}`);
    const k = width / view.w;
    const h = height / k;
    const [west, north] = unproject(view.x, view.y);
    const [east, south] = unproject(view.x + view.w, view.y + h);
    const seen = lands.filter(({ box: b }) => b[0] < east && b[2] > west && b[1] < north && b[3] > south);
    land.replaceChildren(...seen.map((c) => svg('path', { d: path(c.polygons, view, width) })));
    names.replaceChildren(...seen.map((c) => named(c, k, width, height)).filter(Boolean));
    drawPlaces(k, { west, south, east, north });
  }

  function drawPlaces(k, { west, south, east, north }) {
    const near = places.filter(({ place: p }) => {
      const reach = (p.radius_m ?? 0) / 80_000;
      return p.lon + reach > west && p.lon - reach < east && p.lat + reach > south && p.lat - reach < north;
    });
    const atHand = stacked(near.slice(0, AT_HAND));
    const most = Math.max(1, ...atHand.map((p) => p.n));
    const focused = document.activeElement?.closest?.('.place')?.dataset.key;
    marks.replaceChildren(...atHand.map((p) => mark(p, k, most)));
    if (focused) [...marks.children].find((g) => g.dataset.key === focused)?.focus();
    dots.setAttribute('d', near.slice(AT_HAND).map(({ place: p }) => {
      const [x, y] = project(p.lon, p.lat);
      return `M${((x - view.x) * k - 3).toFixed(1)} ${((y - view.y) * k).toFixed(1)}a3 3 0 1 0 6 0a3 3 0 1 0-6 0`;
    }).join(''));
  }

  function named(c, k, width, height) {
    // A land without a code of ISO 3166 has no name in the browser's tables, and gets none here.
    if (!c.middle || !c.code || !fits(country(c.code), (c.width / 360) * k)) return null;
    const [x, y] = project(...c.middle);
    const at = [(x - view.x) * k, (y - view.y) * k];
    if (at[0] < 0 || at[1] < 0 || at[0] > width || at[1] > height) return null;
    return svg('text', { x: at[0].toFixed(1), y: at[1].toFixed(1) }, country(c.code));
  }

  function mark(p, k, most) {
    const [x, y] = project(p.place.lon, p.place.lat);
    const at = { cx: ((x - view.x) * k).toFixed(1), cy: ((y - view.y) * k).toFixed(1) };
    const reach = scaled(p.place.radius_m ?? 0, p.place.lat) * k;
    const label = t('map.place', { place: nameOf(p.place), n: p.n, how: t(`map.${p.how}`) });
    const dot = sizeOf(p.n, most);
    return svg('g', {
      'data-key': p.key, class: `place ${p.how}${p.key === chosen ? ' chosen' : ''}`, tabindex: '0', role: 'button', 'aria-label': label, 'aria-pressed': p.key === chosen ? 'true' : 'false',
      onclick: () => choose(p), onkeydown: (e) => { if (e.key === 'Enter' || e.key === ' ') { e.preventDefault(); e.stopPropagation(); choose(p); } },
    },
    svg('title', {}, label),
    svg('circle', { class: 'touch', ...at, r: Math.max(13, dot).toFixed(1) }),
    p.how === 'point' ? svg('circle', { class: 'dot', ...at, r: dot.toFixed(1) }) : svg('circle', { class: 'reach', ...at, r: Math.max(reach, dot + 3).toFixed(1) }),
    p.n > 1 && dot > 8 ? svg('text', { class: 'many', x: at.cx, y: at.cy, dy: '0.35em' }, number(p.n)) : null);
  }

  let waiting = 0;
  /** Once for each picture that the screen shows, however often the hand moves. */
  function soon() {
    waiting ||= requestAnimationFrame(() => {
      waiting = 0;
      draw();
    });
  }

  function show(box) {
    const [width, height] = size();
    const [x0, y0] = project(box[0], box[3]);
    const [x1, y1] = project(box[2], box[1]);
    const w = Math.max(x1 - x0, ((y1 - y0) * width) / height);
    view = { w, x: (x0 + x1) / 2 - w / 2, y: (y0 + y1) / 2 - (w * height) / width / 2 };
    draw();
  }

  function zoom(factor, at = null) {
    const [width, height] = size();
    const [px, py] = at ?? [width / 2, height / 2];
    const w = Math.min(1, Math.max(CLOSEST, view.w * factor));
    view = { w, x: view.x + (px / width) * (view.w - w), y: view.y + (py / width) * (view.w - w) };
    draw();
    told();
  }

  function pan(dx, dy) {
    const [width] = size();
    view = { ...view, x: view.x - (dx * view.w) / width, y: view.y - (dy * view.w) / width };
    soon();
  }

  function bounds() {
    const [width, height] = size();
    const [west, north] = unproject(view.x, view.y);
    const [east, south] = unproject(view.x + view.w, view.y + (height * view.w) / width);
    return [west, south, east, north];
  }

  const told = () => moved?.(bounds());
  hands(picture, pan, zoom, told);
  const observer = new ResizeObserver(() => draw());
  observer.observe(frame);
  world().then((all) => { lands = all; draw(); });
  return {
    set(these, selected) { places = these; chosen = selected; draw(); },
    show, zoom, bounds,
    remove() { observer.disconnect(); picture.remove(); },
  };
}

/** Drag, wheel with a modifier (a bare wheel scrolls the page), arrows, plus and minus. */
function hands(picture, pan, zoom, told) {
  let from = null;
  picture.addEventListener('pointerdown', (e) => {
    if (e.target.closest('.place')) return;
    from = [e.clientX, e.clientY];
    picture.setPointerCapture(e.pointerId);
  });
  picture.addEventListener('pointermove', (e) => {
    if (!from) return;
    pan(e.clientX - from[0], e.clientY - from[1]);
    from = [e.clientX, e.clientY];
  });
  picture.addEventListener('pointerup', () => { if (from) told(); from = null; });
  picture.addEventListener('wheel', (e) => {
    if (!e.ctrlKey && !e.metaKey) return;
    e.preventDefault();
    const box = picture.getBoundingClientRect();
    zoom(e.deltaY > 0 ? 1.2 : 1 / 1.2, [e.clientX - box.left, e.clientY - box.top]);
  }, { passive: false });
  const steps = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] };
  picture.addEventListener('keydown', (e) => {
    if (e.altKey || e.ctrlKey || e.metaKey) return;
    if (steps[e.key]) { e.preventDefault(); pan(...steps[e.key]); told(); }
    if (e.key === '+' || e.key === '=') zoom(1 / 1.5);
    if (e.key === '-') zoom(1.5);
  });
}
