// Where it happened, resolved on a map: one of the places that the name may mean, or the point under the cross.

import { el, replace } from './dom.js';
import { label, t } from './words.js';
import { labelled, nameOf } from './quote.js';
import { dossier } from './records.js';
import { svgMap } from './map_svg.js';
import { box } from './places.js';
import { project, unproject } from './projection.js';

const PRECISIONS = ['exact', 'settlement', 'near', 'district', 'region'];
const degrees = (n) => Number(n.toFixed(4));
const isPoint = (place) => Number.isFinite(place.lat) && Number.isFinite(place.lon);

/** The middle of what a map shows, as it is drawn. */
function middle([west, south, east, north]) {
  const [x0, y0] = project(west, north);
  const [x1, y1] = project(east, south);
  const [lon, lat] = unproject((x0 + x1) / 2, (y0 + y1) / 2);
  return { lat: degrees(lat), lon: degrees(lon) };
}

/** The places that a claim's place may be: as it was read, then all that the name may mean. */
async function candidates(claim, labels) {
  const found = (await dossier(claim.event)).claims.get(claim.id) ?? claim;
  const where = found.places.filter((place) => place.role === 'where');
  const known = (place) => ({ ...place, label: place.label ?? labels.find((one) => one.id === place.id)?.label });
  const all = [...where, ...where.flatMap((place) => place.candidates ?? [])].filter((place) => place.id && isPoint(place)).map(known);
  return { written: where[0]?.name ?? '', all: all.filter((place, i) => all.findIndex((one) => one.id === place.id) === i) };
}

/** A form that makes a ruling on the claim's place; `rule` is given it, `labels` are the names that knowledge has of places. */
export async function placing(claim, labels, rule) {
  const { written, all } = await candidates(claim, labels);
  const frame = el('div', { class: 'map-frame' });
  const at = el('output', { class: 'note', dir: 'ltr' });
  const named = el('input', { name: 'name', required: true, maxlength: 200, value: written, dir: 'auto' });
  const finely = el('select', { name: 'precision' }, PRECISIONS.map((one) => el('option', { value: one, selected: one === 'settlement' }, label('precision', one))));
  const option = (value, ...words) => el('label', { class: 'choice' }, el('input', { type: 'radio', name: 'where', value, required: true }), ' ', words);
  const choice = (value) => form.querySelector(`input[name="where"][value="${CSS.escape(value)}"]`);
  let point = { lat: 0, lon: 0 };
  const form = el('form', { class: 'placing', onsubmit: (e) => {
    e.preventDefault();
    const chosen = all.find((place) => place.id === new FormData(form).get('where'));
    const place = chosen ? { id: chosen.id, name: chosen.label?.en ?? chosen.name, lat: chosen.lat, lon: chosen.lon } : { name: named.value.trim(), ...point };
    rule({ ruling: 'place', claim: claim.id, place: { ...place, precision: finely.value } });
  } },
  el('fieldset', {}, el('legend', {}, t('place.which')),
    all.map((place) => option(place.id, labelled(place), place.within ? [t('list.comma'), labelled({ label: place.within })] : null, ' ', el('code', { dir: 'ltr' }, place.id))),
    option('cross', t('place.cross'), ' ', at)),
  el('div', { class: 'aimed' }, frame, el('span', { class: 'cross', 'aria-hidden': 'true' }, '+')),
  el('p', { class: 'note' }, t('place.keys')),
  el('label', {}, t('place.named'), ' ', named), ' ', el('label', {}, t('place.precision'), ' ', finely), ' ',
  el('button', { class: 'strong' }, t('place.set')));
  const aim = (bounds) => {
    point = middle(bounds);
    replace(at, `${point.lat}, ${point.lon}`);
  };
  return {
    form,
    /** The map is drawn once the form stands in the page. */
    draw() {
      const map = svgMap(frame, {
        choose: ({ key }) => { choice(key).checked = true; map.set(marks, key); },
        moved: (bounds) => { aim(bounds); choice('cross').checked = true; },
      });
      const marks = all.map((place) => ({ key: place.id, n: 1, how: 'point', place: { ...place, name: nameOf(place) } }));
      map.set(marks, null);
      map.show(box(marks));
      aim(map.bounds());
    },
  };
}
