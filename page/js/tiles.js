// A user's own map, from a file of tiles that the server gives by the stretch. Its colours are the page's: what was told stands out.

import { el } from './dom.js';
import { address } from './api.js';
import { signed } from './token.js';

const LIBRARY = 'vendor/pmtiles/pmtiles.js';
const SCHEME = 'own';
// What the format calls vector tiles; of all other kinds the tiles are pictures.
const VECTOR = 1;

/** The library that reads the file; it puts itself on the window. */
function library() {
  return new Promise((done, fail) => {
    if (globalThis.pmtiles) done(globalThis.pmtiles);
    else document.head.append(el('script', { src: new URL(LIBRARY, document.baseURI).href, onload: () => done(globalThis.pmtiles), onerror: () => fail(new Error(LIBRARY)) }));
  });
}

/** Stretches of the file, asked for with the reader's token. */
const source = {
  getKey: () => SCHEME,
  async getBytes(offset, length, signal) {
    const answer = await fetch(address('/tiles'), { headers: signed({ range: `bytes=${offset}-${offset + length - 1}` }), signal, credentials: 'same-origin' });
    if (answer.status !== 206) throw new Error(`tiles: ${answer.status}`);
    return { data: await answer.arrayBuffer() };
  },
};

function layers(names, colour) {
  const kind = (type) => ['==', ['geometry-type'], type];
  return names.flatMap((name, i) => [
    { id: `tiles-fill-${i}`, type: 'fill', source: SCHEME, 'source-layer': name, filter: kind('Polygon'), paint: { 'fill-color': colour('line'), 'fill-opacity': 0.22 } },
    { id: `tiles-line-${i}`, type: 'line', source: SCHEME, 'source-layer': name, filter: kind('LineString'), paint: { 'line-color': colour('line'), 'line-width': 0.8 } },
  ]);
}

/** What a map's style needs for the tiles: their source and layers; and the protocol that `maplibre` is to know. */
export async function ownTiles(maplibre, colour) {
  const { PMTiles, Protocol } = await library();
  const file = new PMTiles(source);
  const [head, about] = await Promise.all([file.getHeader(), file.getMetadata()]);
  const protocol = new Protocol();
  protocol.add(file);
  maplibre.addProtocol(SCHEME, (asked, abort) => protocol.tile({ ...asked, url: asked.url.replace(`${SCHEME}://`, 'pmtiles://') }, abort));
  const vector = head.tileType === VECTOR;
  return {
    sources: { [SCHEME]: { type: vector ? 'vector' : 'raster', tiles: [`${SCHEME}://${SCHEME}/{z}/{x}/{y}`], minzoom: head.minZoom, maxzoom: head.maxZoom, ...(vector ? {} : { tileSize: 256 }) } },
    layers: vector ? layers((about?.vector_layers ?? []).map((layer) => layer.id), colour) : [{ id: 'tiles', type: 'raster', source: SCHEME, paint: { 'raster-opacity': 0.8 } }],
  };
}
