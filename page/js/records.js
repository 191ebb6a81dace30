// Answers of the API in the shapes that the views read, so that a field that is added or missing is met in one place.

import { get, getOnce, hand, send } from './api.js';

const byId = (list) => new Map((list ?? []).map((one) => [one.id, one]));

/** A page of events under a filter. */
export async function events(filter, { cursor = null, limit = 50, signal = null } = {}) {
  const answer = await get('/events', { ...filter, cursor, limit }, signal);
  return { items: answer.items ?? [], next: answer.next ?? null, total: answer.total ?? (answer.items ?? []).length };
}

/** How many events there are by type, actor, place and month under a filter. */
export function counts(filter, signal) {
  return get('/events/counts', { ...filter, sort: null }, signal);
}

function attributes(answer) {
  if (Array.isArray(answer.attributes) && answer.attributes.length) {
    return answer.attributes.map((one) => ({ ...one, values: one.values ?? [one] }));
  }
  const event = answer.event ?? answer;
  const agreed = grouped(event.agreed ?? []);
  return [
    ...(event.disagreements ?? []).map((one) => ({ ...one })),
    ...[...agreed].map(([attribute, values]) => ({ attribute, relation: null, values })),
  ];
}

function grouped(list) {
  const groups = new Map();
  for (const one of list) groups.set(one.attribute, [...(groups.get(one.attribute) ?? []), one]);
  return groups;
}

function edges(answer, reports) {
  if (Array.isArray(answer.lineage)) return answer.lineage.map((edge) => ({ ...edge, report: edge.report ?? edge.from ?? edge.here }));
  return [...reports.values()].flatMap((report) => (report.lineage ?? []).map((edge) => ({ ...edge, report: report.id })));
}

/** All that is known of an event. */
export async function dossier(id) {
  const answer = await getOnce(`/events/${encodeURIComponent(id)}`);
  const event = answer.event ?? answer;
  const reports = byId(answer.reports);
  const claims = answer.claims ?? [];
  const candidates = byId(answer.candidates);
  // A claim's candidates are told by their ids; their names and where they lie stand once for all claims.
  for (const place of claims.flatMap((claim) => claim.places ?? [])) place.candidates = (place.candidates ?? []).map((c) => candidates.get(c.id) ?? c);
  return {
    event,
    attributes: attributes(answer),
    claims: byId(claims),
    reports,
    edges: edges(answer, reports),
    loaded: answer.sources_loaded ?? answer.loaded ?? null,
    because: event.grade?.because ?? [],
  };
}

/** Whom an event's claims name as harmed, each person once. */
export async function victims(id) {
  return (await getOnce(`/events/${encodeURIComponent(id)}/victims`)).items;
}

/** A report with its claims and mentions. */
export async function report(id) {
  const answer = await getOnce(`/reports/${encodeURIComponent(id)}`);
  const one = answer.report ?? answer;
  one.source_label ??= answer.source_label;
  return { report: one, claims: answer.claims ?? one.claims ?? [], mentions: answer.mentions ?? one.mentions ?? [], edges: edges({ lineage: answer.lineage ?? one.lineage }, new Map()).map((e) => ({ ...e, report: e.report ?? one.id })) };
}

/** The reports that one descends from or that descend from it, and how. */
export async function lineage(id) {
  const answer = await getOnce(`/reports/${encodeURIComponent(id)}/lineage`);
  const reports = byId(answer.reports ?? answer.nodes);
  return { reports, more: Boolean(answer.truncated), edges: (answer.edges ?? answer.lineage ?? []).map((e) => ({ ...e, report: e.report ?? e.from ?? e.here })), root: id };
}

/** What the words `q` are found in. */
export function search(q, options = {}) {
  return get('/search', { q, ...options });
}

/** What was not read, and why. */
export function aside(cursor = null) {
  return get('/aside', { cursor });
}

/** Claims that nobody ruled on, the least certain first. */
export function queue(options) {
  return get('/queue', options);
}

/** A report for a second coder: its claims as they were read. */
export function blind(report) {
  return get('/second', { report });
}

/** How far second coders agree with those who ruled first. */
export function agreement() {
  return get('/agreement');
}

/** Reports by where they are in the day's work, those that came in last first. */
export function inbox(options) {
  return get('/inbox', options);
}

/** Hands in a link (`{ url }`) or a file; `by` is who does, where they say so. */
export function take(what, by) {
  return what.url ? send('/intake', { url: what.url, ...(by ? { by } : {}) }) : hand('/intake', { name: what.name, by: by || null }, what);
}

/** What people ruled on a claim, an event or a report. */
export function history(of) {
  return get('/decisions', { ...of, limit: 500 });
}

/** Rules on something. */
export function decide(draft) {
  return send('/decisions', draft);
}

/** What the program and its ledger are. */
export function status() {
  return getOnce('/status');
}


