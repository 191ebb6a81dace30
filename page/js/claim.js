// The values of one claim in the interface's words, as whoever rules on it is shown them.

import { el } from './dom.js';
import { label, number, t } from './words.js';
import { labelled } from './quote.js';
import { typeLabel } from './filters.js';
import { harm } from './value.js';
import { when } from './when.js';

/** What a claim says, attribute by attribute; `labels` are the names that knowledge has of actors and places. */
export function values(claim, labels = []) {
  const row = (key, nodes) => (nodes.length ? [el('dt', {}, t(key)), el('dd', {}, nodes)] : null);
  const decided = new Set((claim.decided ?? []).map((one) => one.attribute));
  const mark = (attribute) => (decided.has(attribute) ? el('span', { class: 'note' }, ' ', t('review.decided')) : null);
  const known = (thing) => ({ ...thing, label: labels.find((one) => one.id === thing.id)?.label });
  const list = (nodes) => nodes.flatMap((node, i) => [i ? t('list.comma') : '', node]);
  const where = claim.places.filter((p) => p.role === 'where');
  return el('dl', { class: 'facts' },
    row('review.type', [typeLabel(claim.type), mark('type')]),
    row('field.modality', [label('modality', claim.modality), claim.polarity === 'negative' ? [t('list.comma'), t('polarity.negative')] : null, mark('modality')].flat().filter(Boolean)),
    row('attribute.actors', claim.actors.length ? [list(claim.actors.map((a) => el('span', {}, label('role', a.role), ' ', labelled(known(a))))), mark('actors')] : []),
    row('attribute.place', where.length ? [list(where.map(known).map(labelled)), mark('places')] : []),
    row('attribute.time', claim.time ? [when(claim.time), mark('time')] : []),
    row('attribute.casualties', claim.casualties.length ? [list(claim.casualties.map(harm)), mark('casualties')] : []),
    row('review.sure', [number(claim.confidence)]));
}
