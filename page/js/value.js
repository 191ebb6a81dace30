// Values of attributes in the interface's words, and the place in a claim's sentence where a value stands.

import { has, label, number, t } from './words.js';
import { labelled, name } from './quote.js';
import { written } from './when.js';

const NAMES = new Set(['place', 'initiator', 'actors']);
const JOIN = ', ';
const TOLL = /^(.+?) ([a-z_]+)( \(combatants\))?$/;
const LISTS = { occurrence: 'occurrence', status: 'person', means: 'means', intent: 'intent', outcome: 'outcome' };

/** A count of people: `7`, `2–5`, `12+`, or that there were some. */
export function count({ min, max }) {
  if (min === null && max === null) return t('count.some');
  if (min === null) return `≤ ${number(max)}`;
  if (max === null) return `${number(min)}+`;
  return min === max ? number(min) : t('count.range', { min, max });
}

/** Who was harmed and how many, in words. */
export function harm(casualty) {
  const who = [casualty.group && label('group', casualty.group), casualty.status !== 'unknown' && label('person', casualty.status)].filter(Boolean);
  const tail = who.length ? ` (${who.join(t('list.comma'))})` : '';
  return `${t(`harmed.${casualty.harm}`, { count: count(casualty) })}${tail}`;
}

/** The widest statement of one harm among an event's casualties, or null. */
export function toll(event, harms) {
  const of = (event.casualties ?? []).filter((c) => harms.includes(c.harm));
  if (!of.length) return null;
  const stated = of.filter((c) => c.min !== null || c.max !== null);
  if (!stated.length) return { min: null, max: null };
  const open = stated.some((c) => c.max === null);
  const lows = stated.map((c) => c.min).filter((n) => n !== null);
  return {
    min: lows.length ? Math.max(...stated.filter((c) => c.max === null || c.max === Math.max(...stated.map((s) => s.max ?? 0))).map((c) => c.min ?? 0)) : null,
    max: open ? null : Math.max(...stated.map((c) => c.max ?? 0)),
  };
}

/** A value of an attribute as a node or text. */
export function shown(attribute, value, event = null) {
  const text = String(value.value ?? '');
  if (NAMES.has(attribute)) return names(text, event);
  if (attribute === 'time') return written(text);
  if (attribute === 'casualties') {
    const found = TOLL.exec(text);
    if (found && has(`harmed.${found[2]}`)) return t(`harmed.${found[2]}`, { count: amount(found[1]) }) + (found[3] ? ` (${label('person', 'combatant')})` : '');
  }
  const list = LISTS[attribute];
  if (!list) return name(text);
  return text.split(JOIN).map((one) => label(list, one)).join(t('list.comma'));
}

/** Names as the event has them, in the interface's language where they are known in it. */
function names(text, event) {
  const known = (one) => [event?.place, ...(event?.actors ?? [])].find((thing) => thing?.name === one);
  const parts = known(text) ? [text] : text.split(JOIN);
  return parts.flatMap((one, i) => [i ? t('list.comma') : '', known(one) ? labelled(known(one)) : name(one)]);
}

function amount(text) {
  const range = /^(\d+)–(\d+)$/.exec(text);
  if (range) return t('count.range', { min: Number(range[1]), max: Number(range[2]) });
  if (text === 'some') return t('count.some');
  const least = /^at least (\d+)$/.exec(text);
  return least ? `${number(Number(least[1]))}+` : text;
}

/** Of which harm a value of casualties speaks. */
export function harmOf(value) {
  return TOLL.exec(String(value?.value ?? ''))?.[2] ?? null;
}

/** Whether a claim says anything of an attribute. */
export function tells(attribute, claim) {
  return (FIELDS[attribute]?.(claim, '') ?? []).some(Boolean);
}

const FIELDS = {
  occurrence: (claim) => [claim.trigger],
  type: (claim) => [claim.trigger],
  time: (claim) => [claim.time],
  place: (claim) => (claim.places ?? []).filter((p) => p.role === 'where'),
  initiator: (claim, value) => named(claim, value, ['initiator', 'accused']),
  actors: (claim, value) => named(claim, value, null),
  casualties: (claim, value) => totals(claim.casualties ?? [], value),
  status: (claim, value) => (claim.casualties ?? []).filter((c) => value.split(JOIN).includes(c.status)),
  means: (claim, value) => (claim.means ?? []).filter((m) => value.split(JOIN).includes(m.kind)),
  cause: (claim) => [claim.cause],
  outcome: (claim) => [claim.outcome],
  intent: (claim) => [claim.trigger],
};

function named(claim, value, roles) {
  const those = (claim.actors ?? []).filter((a) => !roles || roles.includes(a.role));
  const same = those.filter((a) => a.name === value || a.id === value);
  return same.length ? same : those;
}

/** The counts that a toll was made of: of that harm, and not of a group among the harmed where the whole is told. */
function totals(casualties, value) {
  const found = TOLL.exec(value);
  const same = casualties.filter((c) => !found || c.harm === found[2]);
  const whole = same.filter((c) => c.group === null && c.part_of === null && (c.status === 'combatant') === Boolean(found?.[3]));
  return whole.length ? whole : same;
}

/** The spans in `claim` at which `value` of `attribute` was read; `carried` where it was said elsewhere in the report. */
export function standing(attribute, value, claim) {
  const things = (FIELDS[attribute]?.(claim, String(value ?? '')) ?? []).filter(Boolean);
  const spans = things.map((thing) => thing.span ?? (Number.isInteger(thing.start) && thing.text ? thing : null)).filter(Boolean);
  return { spans: spans.length ? spans : [claim.trigger].filter(Boolean), carried: things.length > 0 && things.every((thing) => thing.carried) };
}
