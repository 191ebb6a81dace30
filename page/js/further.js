// What can be ruled beside a claim's own values: where it happened, whose telling its report is, how the report descends from
// another, how far its source is to be relied on, who was harmed, how their name is to be published, and which names are one
// person's.

import { el, replace } from './dom.js';
import { label, t } from './words.js';
import { brief, nameOf, publisherName, tame } from './quote.js';
import { dossier, lineage, report as read, victims } from './records.js';
import { HARMS } from './filters.js';
import { STATUSES } from './correction.js';
import { placing } from './placing.js';
import { trouble } from './trouble.js';

const SEXES = ['female', 'male'];
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

/** Each naming of somebody harmed, as a ruling calls it: by a claim of the naming's report and the words there. */
async function namings(event) {
  const [{ claims, reports }, harmed] = await Promise.all([dossier(event), victims(event)]);
  return harmed.flatMap((one) => one.namings.flatMap(({ report, span }) => {
    const claim = one.claims.find((id) => claims.get(id)?.report === report);
    const words = brief([span.text, reports.has(report) && publisherName(reports.get(report))].filter(Boolean).map(tame).join(' – '), LONGEST);
    return claim ? [{ claim, name: span.text, option: [JSON.stringify({ claim, name: span.text }), words] }] : [];
  }));
}

/** Those of them in one claim, each name once, to choose from. */
const inClaim = (named, claim) => [...new Set(named.filter((one) => one.claim === claim.id).map((one) => one.name))].map((one) => [one, nameOf({ name: one })]);

function names(claim, named, rule) {
  const harmed = inClaim(named, claim);
  if (!harmed.length) return null;
  const make = (fields) => ({ ruling: 'publish', victim: { claim: claim.id, name: fields.get('victim') }, publish: fields.get('publish') });
  return form('publish', make, rule, choices('victim', harmed), choices('publish', PUBLISH.map((one) => [one, label('publish', one)])));
}

/** Who was harmed by what a claim tells, and who they were: somebody whom the reader saw, or missed, or took for one. */
function victim(claim, named, rule) {
  const id = `named-${claim.id}`;
  const known = el('datalist', { id }, inClaim(named, claim).map(([value]) => el('option', { value })));
  const name = el('label', {}, t('further.named'), ' ', el('input', { name: 'named', list: id, required: true, autocomplete: 'off', dir: 'auto' }), known);
  const age = el('label', {}, t('further.age'), ' ', el('input', { name: 'age', type: 'number', min: '0', max: '130', inputmode: 'numeric' }));
  const make = (fields) => {
    const told = { harm: fields.get('harm'), status: fields.get('status'), ...(fields.get('age') ? { age: Number(fields.get('age')) } : {}), ...(fields.get('sex') ? { sex: fields.get('sex') } : {}) };
    return { ruling: 'victim', claim: claim.id, victim: { claim: claim.id, name: fields.get('named').trim() }, harmed: told.harm ? told : null };
  };
  return form('victim', make, rule, name, choices('harm', [...HARMS.map((one) => [one, label('suffered', one)]), ['', t('further.unharmed')]]),
    choices('status', STATUSES.toReversed().map((one) => [one, label('one', one)])), age, choices('sex', [['', t('further.as_told')], ...SEXES.map((one) => [one, label('sex', one)])]));
}

/** Names of one person: one of this claim, and one of the event's other claims or of another event. */
function person(claim, named, rule) {
  const harmed = inClaim(named, claim);
  if (!harmed.length) return null;
  const here = named.filter((one) => one.claim !== claim.id);
  const also = choices('also', here.map((one) => one.option));
  also.required = true;
  const said = el('p', { class: 'note', role: 'status' });
  const look = async (field) => {
    const id = /e:[0-9a-f]{24}/.exec(field.value.replace(/%3a/gi, ':'))?.[0];
    if (!id) return;
    try {
      const there = (await namings(id)).filter((one) => one.claim !== claim.id);
      replace(also, [...there, ...here].map(({ option: [value, words] }) => el('option', { value }, words)));
      replace(said, there.length ? null : t('further.nameless'));
      if (there.length) also.focus();
    } catch (error) {
      replace(said, trouble(error));
    }
  };
  const onkeydown = (e) => { if (e.key === 'Enter') { e.preventDefault(); look(e.target); } };
  const elsewhere = el('label', {}, t('further.elsewhere'), ' ', el('input', { name: 'elsewhere', dir: 'ltr', autocomplete: 'off', onkeydown, onchange: (e) => look(e.target) }));
  const make = (fields) => ({ ruling: 'same_person', names: [{ claim: claim.id, name: fields.get('victim') }, JSON.parse(fields.get('also'))] });
  return form('same_person', make, rule, choices('victim', harmed), elsewhere, also, said);
}

/** Draws the forms into `room`; `rule` is given a ruling and the words for when it is done. */
export async function further(room, claim, report, rule, labels = []) {
  replace(room, el('p', { class: 'note' }, t('loading')));
  try {
    const [known, named, place] = await Promise.all([others(claim, report), namings(claim.event), placing(claim, labels, (ruling) => rule(ruling, 'further.place.done'))]);
    replace(room, el('section', { class: 'further', 'aria-label': t('review.further') },
      el('h3', {}, t('further.place')), place.form, origin(report, known, rule), tie(report, known, rule), reliability(report, rule), victim(claim, named, rule), names(claim, named, rule), person(claim, named, rule)));
    place.draw();
    room.querySelector('input, select').focus();
  } catch (error) {
    replace(room, trouble(error));
  }
}
