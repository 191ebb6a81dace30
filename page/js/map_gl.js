// The map where WebGL is there: MapLibre draws land, borders and the reach of places; names and places themselves are HTML
// over it, so that Arabic is shaped by the browser and every place can be reached by key.

import { el } from './dom.js';
import { fits, size as sizeOf, stacked } from './places.js';
import { world } from './topology.js';
import { nameOf } from './quote.js';
import { ownTiles } from './tiles.js';
import { country, number, t } from './words.js';

const LIBRARY = 'vendor/maplibre/';
const AS_BUTTONS = 400;
const CORNERS = 72;
const KM_A_DEGREE = 111.32;
// From which radius on, in pixels, a circle speaks for itself.
const SEEN = 9;
const PATIENCE = 10_000;

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

async function library() {
  const at = (file) => new URL(`${LIBRARY}${file}`, document.baseURI).href;
  if (!document.querySelector('link[data-map]')) {
    document.head.append(el('link', { rel: 'stylesheet', href: at('maplibre-gl.css'), 'data-map': true }));
  }
  const maplibre = await import(at('maplibre-gl.mjs'));
  maplibre.setWorkerUrl(at('maplibre-gl-worker.mjs'));
  return maplibre;
}

const features = (list) => ({ type: 'FeatureCollection', features: list });

function land(countries) {
  return features(countries.map((c) => ({ type: 'Feature', properties: {}, geometry: { type: 'MultiPolygon', coordinates: c.polygons } })));
}

/** The circle of a place's radius as a polygon of true size. */
function reach({ place, how }) {
  const degrees = (place.radius_m ?? 0) / 1000 / KM_A_DEGREE;
  const ring = Array.from({ length: CORNERS + 1 }, (_, i) => {
    const angle = (i / CORNERS) * 2 * Math.PI;
    return [place.lon + (degrees * Math.cos(angle)) / Math.cos((place.lat * Math.PI) / 180), place.lat + degrees * Math.sin(angle)];
  });
  return { type: 'Feature', properties: { how }, geometry: { type: 'Polygon', coordinates: [ring] } };
}

/** A tile of slanted lines. */
function hatch() {
  const side = 16;
  const canvas = el('canvas', { width: side, height: side });
  const pen = canvas.getContext('2d');
  pen.strokeStyle = colour('accent');
  pen.globalAlpha = 0.55;
  pen.lineWidth = 2;
  for (const shift of [-side, 0, side]) {
    pen.beginPath();
    pen.moveTo(shift, side);
    pen.lineTo(shift + side, 0);
    pen.stroke();
  }
  return pen.getImageData(0, 0, side, side);
}

function style(countries, own) {
  return {
    version: 8,
    sources: { ...own.sources, land: { type: 'geojson', data: land(countries) }, reach: { type: 'geojson', data: features([]) }, points: { type: 'geojson', data: features([]) } },
    layers: [
      { id: 'sea', type: 'background', paint: { 'background-color': colour('soft') } },
      { id: 'land', type: 'fill', source: 'land', paint: { 'fill-color': colour('sheet') } },
      ...own.layers,
      { id: 'borders', type: 'line', source: 'land', paint: { 'line-color': colour('line'), 'line-width': 1 } },
      { id: 'around', type: 'fill', source: 'reach', filter: ['==', 'how', 'around'], paint: { 'fill-color': colour('accent'), 'fill-opacity': 0.1 } },
      { id: 'area', type: 'fill', source: 'reach', filter: ['==', 'how', 'area'], paint: { 'fill-pattern': 'hatch' } },
      { id: 'edge', type: 'line', source: 'reach', paint: { 'line-color': colour('accent'), 'line-width': 1.5, 'line-dasharray': [3, 2] } },
      { id: 'points', type: 'circle', source: 'points', paint: { 'circle-color': colour('accent'), 'circle-radius': 4, 'circle-opacity': 0.8 } },
    ],
  };
}

function button(place, most, chosen, choose) {
  const label = t('map.place', { place: nameOf(place.place), n: place.n, how: t(`map.${place.how}`) });
  const size = 2 * sizeOf(place.n, most);
  return el('button', {
    type: 'button', class: `spot ${place.how}`, 'aria-label': label, title: label, 'aria-pressed': place.key === chosen ? 'true' : 'false',
    style: { '--size': `${size.toFixed(0)}px` }, onclick: (e) => { e.stopPropagation(); choose(place); },
  }, el('span', { class: 'spot-mark', 'aria-hidden': 'true' }, place.n > 1 && size > 16 ? number(place.n) : ''));
}

/** A map in `frame` with the same hands as the plain one. */
export async function glMap(frame, { choose, moved, tiles }) {
  const [maplibre, countries] = await Promise.all([library(), world()]);
  const { Map: GlMap, Marker } = maplibre;
  const own = tiles ? await ownTiles(maplibre, colour) : { sources: {}, layers: [] };
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const map = new GlMap({
    container: frame, style: style(countries, own), center: [40, 34], zoom: 4, attributionControl: false, dragRotate: false, pitchWithRotate: false,
    touchPitch: false, cooperativeGestures: false, renderWorldCopies: false, fadeDuration: 0, maxZoom: 13,
  });
  map.scrollZoom.disable();
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.getCanvas().setAttribute('aria-label', t('map.label'));
  const drawn = new Promise((done, fail) => {
    map.once('load', done);
    map.once('error', (e) => fail(e.error));
    setTimeout(() => fail(new Error('the map was not drawn in time')), PATIENCE);
  });
  await drawn.catch((error) => {
    map.remove();
    throw error;
  });
  map.addImage('hatch', hatch(), { pixelRatio: 2 });
  // The wheel scrolls the page unless a key says that the map is meant.
  frame.addEventListener('wheel', (e) => { if (e.ctrlKey || e.metaKey) map.scrollZoom.enable(); else map.scrollZoom.disable(); }, { capture: true, passive: true });
  let places = [];
  let spots = [];
  const within = (place) => ((place.radius_m ?? 0) / 1000 / KM_A_DEGREE / Math.cos((place.lat * Math.PI) / 180)) * perDegree();
  const perDegree = () => (512 * 2 ** map.getZoom()) / 360;
  const names = countries.filter((c) => c.middle && c.code).map((c) => ({ c, marker: null }));

  function label() {
    const bounds = map.getBounds();
    // Where the true circle is large enough to be seen, no second sign stands in it.
    spots.forEach((spot, i) => spot.getElement().classList.toggle('bare', places[i].how !== 'point' && within(places[i].place) > SEEN));
    for (const one of names) {
      const roomy = fits(country(one.c.code), one.c.width * perDegree()) && bounds.contains(one.c.middle);
      if (roomy && !one.marker) {
        one.marker = new Marker({ element: el('span', { class: 'land-name', 'aria-hidden': 'true' }, country(one.c.code)) }).setLngLat(one.c.middle).addTo(map);
      } else if (!roomy && one.marker) {
        one.marker.remove();
        one.marker = null;
      }
    }
  }

  function recolour() {
    const paints = { sea: ['background-color', 'soft'], land: ['fill-color', 'sheet'], borders: ['line-color', 'line'], around: ['fill-color', 'accent'], edge: ['line-color', 'accent'], points: ['circle-color', 'accent'] };
    for (const [layer, [property, name]] of Object.entries(paints)) map.setPaintProperty(layer, property, colour(name));
    map.updateImage('hatch', hatch());
  }
  document.addEventListener('themechange', recolour);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', recolour);

  function bounds() {
    const b = map.getBounds();
    return [b.getWest(), b.getSouth(), b.getEast(), b.getNorth()];
  }
  map.on('moveend', () => { label(); moved?.(bounds()); });
  map.on('click', 'points', (e) => {
    const found = places.find((p) => p.key === e.features[0]?.properties.key);
    if (found) choose(found);
  });
  return {
    set(these, selected) {
      const most = Math.max(1, ...these.map((p) => p.n));
      places = [...stacked(these.slice(0, AS_BUTTONS)), ...these.slice(AS_BUTTONS)];
      for (const spot of spots) spot.remove();
      spots = places.slice(0, AS_BUTTONS).map((p) => new Marker({ element: button(p, most, selected, choose) }).setLngLat([p.place.lon, p.place.lat]).addTo(map));
      map.getSource('reach').setData(features(these.filter((p) => p.how !== 'point').map(reach)));
      map.getSource('points').setData(features(these.slice(AS_BUTTONS).map((p) => ({ type: 'Feature', properties: { key: p.key }, geometry: { type: 'Point', coordinates: [p.place.lon, p.place.lat] } }))));
      label();
    },
    show(box) { map.fitBounds([[box[0], box[1]], [box[2], box[3]]], { animate: false }); label(); },
    zoom(factor) { map.zoomTo(map.getZoom() - Math.log2(factor), { animate: !still }); },
    bounds,
    remove() {
      document.removeEventListener('themechange', recolour);
      map.remove();
    },
  };
}
