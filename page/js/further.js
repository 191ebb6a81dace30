// What can be ruled beside a claim's own values: where it happened, whose telling its report is, how the report descends from
// another, how far its source is to be relied on, how the name of somebody harmed is to be published, and which names are one person's.

import { el, replace } from './dom.js';
import { label, t } from './words.js';
import { brief, nameOf, publisherName, tame } from './quote.js';
import { dossier, lineage, report as read } from './records.js';
import { placing } from './placing.js';
import { trouble } from './trouble.js';

const HARMED = ['target', 'affected', 'detainee'];
const PUBLISH = ['withheld', 'initials', 'full'];
const RELATIONS = ['copy', 'excerpt', 'translation', 'rewrite', 'update', 'correction', 'quotes'];
const LETTERS = ['A', 'B', 'C', 'D', 'E', 'F'];
const LONGEST = 90;

const choices = (name, options) => el('select', { name, 'aria-label': t(`further.${name}`) }, options.map(([value, words]) => el('option', { value }, words)));

/** The other reports that this one may have to do with. */
async function others(claim, report) {
  const [event, graph] = await Promise.all([dossier(claim.event), lineage(report.id)]);
  const all = new Map([...graph.reports, ...event.reports]);
  all.delete(report.id);
  return [...all.values()];
}

/** A field for another report: one of those that are known, or any other by its id, key or path. */
function otherReport(known, required) {
  const id = `known-${known.map((one) => one.id).join('-').slice(0, 60)}-${required}`;
  const line = (one) => el('option', { value: one.id }, brief(`${publisherName(one)} – ${tame(one.title ?? '')}`, LONGEST));
  return el('label', {}, t('further.other'), ' ', el('input', { name: 'other', list: id, dir: 'ltr', required, autocomplete: 'off' }), el('datalist', { id }, known.map(line)));
}

/** A form whose ruling is made of its fields when it is sent. */
function form(key, make, rule, ...fields) {
  const said = el('div', {});
  return el('form', { class: 'correction', 'data-rules': key, onsubmit: async (e) => {
    e.preventDefault();
    replace(said);
    try {
      await rule(await make(new FormData(e.target)), `further.${key}.done`);
    } catch (error) {
      replace(said, trouble(error));
    }
  } }, el('h3', {}, t(`further.${key}`)), fields, el('button', { class: 'strong' }, t('further.rule')), said);
}

/** The id of the report that stands in a form's field. */
const idOf = async (fields) => (await read(fields.get('other').trim())).report.id;

function origin(report, known, rule) {
  const make = async (fields) => {
    const [which, on] = [fields.get('origin'), fields.get('other')?.trim()];
    return { ruling: 'origin', report: report.id, origin: which, ...(which === 'dependent' && on ? { on: await idOf(fields) } : {}) };
  };
  return form('origin', make, rule, choices('origin', ['independent', 'dependent'].map((one) => [one, t(`further.${one}`)])), otherReport(known, false));
}

function tie(report, known, rule) {
  const make = async (fields) => ({ ruling: 'lineage', report: report.id, to: await idOf(fields), relation: fields.get('relation') || null, direction: fields.get('relation') ? 'from' : 'unknown' });
  return form('lineage', make, rule, choices('relation', [...RELATIONS.map((one) => [one, t(`lineage.from.${one}`)]), ['', t('further.unrelated')]]), otherReport(known, true));
}

function reliability(report, rule) {
  const source = report.source?.id ?? report.source?.name;
  if (!source) return null;
  const make = (fields) => ({ ruling: 'reliability', source, letter: fields.get('letter') || null });
  return form('reliability', make, rule, el('span', {}, publisherName(report)), choices('letter', [...LETTERS.map((one) => [one, t(`letter.${one}`)]), ['', t('letter.none')]]));
}

const harmedIn = (claim) => (claim.actors ?? []).filter((actor) => HARMED.includes(actor.role) && !actor.id && actor.span);

function names(claim, rule) {
  const harmed = harmedIn(claim);
  if (!harmed.length) return null;
  const make = (fields) => ({ ruling: 'publish', victim: { claim: claim.id, name: fields.get('victim') }, publish: fields.get('publish') });
  return form('publish', make, rule, choices('victim', harmed.map((one) => [one.name, nameOf(one)])), choices('publish', PUBLISH.map((one) => [one, label('publish', one)])));
}

/** The names of those whom an event's claims say were harmed, each naming as what a ruling calls it by. */
async function namings(event, but) {
  const { claims, reports } = await dossier(event);
  return [...claims.values()].filter((one) => one.id !== but).flatMap((one) => harmedIn(one).map((actor) =>
    [JSON.stringify({ claim: one.id, name: actor.name }), brief([actor.name, reports.has(one.report) && publisherName(reports.get(one.report))].filter(Boolean).map(tame).join(' – '), LONGEST)]));
}

/** Names of one person: one of this claim, and one of the event's other claims or of another event. */
async function person(claim, rule) {
  const harmed = harmedIn(claim);
  if (!harmed.length) return null;
  const here = await namings(claim.event, claim.id);
  const also = choices('also', here);
  also.required = true;
  const said = el('p', { class: 'note', role: 'status' });
  const look = async (field) => {
    const id = /e:[0-9a-f]{24}/.exec(field.value.replace(/%3a/gi, ':'))?.[0];
    if (!id) return;
    try {
      const there = await namings(id, claim.id);
      replace(also, [...there, ...here].map(([value, words]) => el('option', { value }, words)));
      replace(said, there.length ? null : t('further.nameless'));
      if (there.length) also.focus();
    } catch (error) {
      replace(said, trouble(error));
    }
  };
  const onkeydown = (e) => { if (e.key === 'Enter') { e.preventDefault(); look(e.target); } };
  const elsewhere = el('label', {}, t('further.elsewhere'), ' ', el('input', { name: 'elsewhere', dir: 'ltr', autocomplete: 'off', onkeydown, onchange: (e) => look(e.target) }));
  const make = (fields) => ({ ruling: 'same_person', names: [{ claim: claim.id, name: fields.get('victim') }, JSON.parse(fields.get('also'))] });
  return form('same_person', make, rule, choices('victim', harmed.map((one) => [one.name, nameOf(one)])), elsewhere, also, said);
}

/** Draws the forms into `room`; `rule` is given a ruling and the words for when it is done. */
export async function further(room, claim, report, rule, labels = []) {
  replace(room, el('p', { class: 'note' }, t('loading')));
  try {
    const [known, one, place] = await Promise.all([others(claim, report), person(claim, rule), placing(claim, labels, (ruling) => rule(ruling, 'further.place.done'))]);
    replace(room, el('section', { class: 'further', 'aria-label': t('review.further') },
      el('h3', {}, t('further.place')), place.form, origin(report, known, rule), tie(report, known, rule), reliability(report, rule), names(claim, rule), one));
    place.draw();
    room.querySelector('input, select').focus();
  } catch (error) {
    replace(room, trouble(error));
  }
}
