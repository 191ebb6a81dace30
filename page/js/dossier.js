// The dossier of one event: what is agreed, what is disputed, in whose words, and on what all of it rests.

import { el, replace } from './dom.js';
import { has, label, t } from './words.js';
import { labelled, name, publisher, quoting, tame } from './quote.js';
import { when } from './when.js';
import { harm, harmOf, shown, tells } from './value.js';
import { support } from './support.js';
import { sealed, sentence } from './sentence.js';
import { dossier, victims } from './records.js';
import { lineagePane } from './lineage.js';
import { to } from './address.js';
import { typeLabel } from './filters.js';
import { howNear, parties } from './table.js';
import { homonym } from './homonym.js';
import { reason } from './reasons.js';
import { trouble } from './trouble.js';

const attributeLabel = (attribute) => label('attribute', attribute);

function sentences(d, attribute, value) {
  const told = (value.claims ?? []).map((id) => d.claims.get(id)).filter(Boolean);
  // Copies of one telling fold to one line: the first of an origin is shown, the rest on demand.
  const origins = new Map();
  for (const claim of told) origins.set(claim.origin, [...(origins.get(claim.origin) ?? []), claim]);
  const show = (claim) => sentence(claim, d.reports.get(claim.report), attribute, value.value);
  return el('div', { class: 'sentences' }, [...origins.values()].map(([first, ...copies]) => el('div', { class: 'telling' }, show(first),
    copies.length ? el('details', { class: 'copies' }, el('summary', {}, t('copies', { n: copies.length })), copies.map(show)) : null)));
}

/** What an address can ask for: the attribute, and of casualties the harm. */
const mark = (one, values) => ({ 'data-value': one.attribute, 'data-harm': one.attribute === 'casualties' ? harmOf(values[0]) : null });

function disputedSection(d, disputed) {
  if (!disputed.length) return el('section', {}, el('h2', { id: 'disputed' }, t('dossier.disputed')), el('p', { class: 'note' }, t('dossier.undisputed')));
  return el('section', { class: 'disputed-section' }, el('h2', { id: 'disputed' }, t('dossier.disputed')),
    disputed.map((one) => el('article', { class: 'dispute', ...mark(one, one.values), tabindex: '-1' },
      el('h3', {}, attributeLabel(one.attribute), el('span', { class: 'relation' }, label('differs', one.relation))),
      el('div', { class: 'sides' }, one.values.map((value) => el('section', { class: 'side' },
        el('h4', {}, shown(one.attribute, value, d.event)), support(value.support), sentences(d, one.attribute, value)))))));
}

function agreedSection(d, agreed, open) {
  if (!agreed.length && !d.attributes.length) return null;
  return el('section', {}, el('h2', { id: 'agreed' }, t('dossier.agreed')),
    agreed.length ? el('div', { class: 'agreements' }, agreed.flatMap((one) => one.values.map((value, i) =>
      el('details', { class: 'agreement', ...mark(one, [value]), open: !i && open === one.attribute },
        el('summary', {}, el('span', { class: 'attribute' }, attributeLabel(one.attribute)), el('span', { class: 'value' }, shown(one.attribute, value, d.event)), support(value.support)),
        sentences(d, one.attribute, value)))))
      : el('p', { class: 'note' }, t('dossier.nothing.agreed')));
}

// What stands among the facts, and which attributes of the ledger speak of it.
const NEAR = { actors: ['initiator', 'actors', 'status'], casualties: ['casualties', 'status'] };
const FACTS = { occurrence: () => true, time: (e) => e.time, place: (e) => e.place, actors: (e) => e.actors.length, casualties: (e) => e.casualties?.length };

/** Facts of which no attribute speaks, as where a party alone tells of them: their sentences all the same. */
function otherSection(d) {
  const there = new Set(d.attributes.map((one) => one.attribute));
  const left = Object.keys(FACTS).filter((key) => FACTS[key](d.event) && !(NEAR[key] ?? [key]).some((one) => there.has(one)));
  const telling = (key) => [...d.claims.values()].filter((claim) => key === 'occurrence' || tells(key, claim)).map((claim) => claim.id);
  const rows = left.map((key) => [key, telling(key)]).filter(([, claims]) => claims.length);
  if (!rows.length) return null;
  return el('section', {}, el('h2', {}, t('dossier.others')), el('div', { class: 'agreements' }, rows.map(([attribute, claims]) =>
    el('details', { class: 'agreement', 'data-value': attribute },
      el('summary', {}, el('span', { class: 'attribute' }, attributeLabel(attribute)), el('span', { class: 'value' }, t('count.sentences', { n: claims.length }))),
      sentences(d, attribute, { value: '', claims })))));
}

function rests(d, loaded) {
  const { event } = d;
  const s = event.support ?? { independent: 0, untraced: 0 };
  const grade = event.grade ?? {};
  const line = loaded ? t('rests.of', { reports: t('count.reports', { n: event.reports }), origins: t('count.origins', { n: event.origins }), sources: t('count.sources', { n: loaded }) })
    : t('rests', { reports: t('count.reports', { n: event.reports }), origins: t('count.origins', { n: event.origins }) });
  return el('section', { class: 'rests-on', 'data-value': 'origins', tabindex: '-1', 'aria-labelledby': 'rests' },
    el('h2', { id: 'rests' }, t('dossier.rests')),
    el('p', { class: 'rests-line' }, support(s)),
    el('ul', {}, el('li', {}, line),
      el('li', {}, !event.origins ? t('grade.party') : has(`grade.${grade.occurrence}`) ? t(`grade.${grade.occurrence}`) : name(grade.occurrence ?? '')),
      s.untraced ? el('li', {}, t('rests.untraced')) : null,
      (grade.contested ?? []).length ? el('li', {}, t('rests.contested', { what: grade.contested.map(attributeLabel).join(t('list.comma')) })) : null),
    grade.airwars ? el('p', { class: 'suggested' }, t('grade.suggested'), ' ', el('strong', {}, label('airwars', grade.airwars)), el('span', { class: 'note' }, ' ', t('grade.person'))) : null,
    d.because.length ? el('details', { class: 'because' }, el('summary', {}, t('because')), el('ul', {}, d.because.map((why) => el('li', {}, reason(why))))) : null);
}

/** A party by its id, under the name that the event has for it. */
function party(event, id) {
  const known = event.actors.find((actor) => actor.id === id);
  return known ? labelled(known) : name(id ?? '');
}

function positions(d) {
  const list = d.event.positions ?? [];
  if (!list.length) return null;
  return el('section', {}, el('h2', {}, t('dossier.positions')), el('p', { class: 'note' }, t('dossier.positions.note')),
    list.map((p) => el('div', { class: 'position' }, el('h3', {}, party(d.event, p.actor), ' ', el('span', { class: 'relation' }, label('stance', p.stance))),
      d.claims.get(p.claim) ? sentence(d.claims.get(p.claim), d.reports.get(d.claims.get(p.claim).report)) : null)));
}

/** Reports by origin: one telling each, those that descend from it below. */
function voices(d) {
  const origins = new Map();
  for (const claim of d.claims.values()) {
    const reports = origins.get(claim.origin) ?? new Map();
    reports.set(claim.report, claim);
    origins.set(claim.origin, reports);
  }
  const first = (a, b) => (d.reports.get(a)?.published?.start ?? '9999').localeCompare(d.reports.get(b)?.published?.start ?? '9999');
  const line = (id, claim) => {
    const report = d.reports.get(id);
    return report ? el('li', {}, el('a', { href: to('report', id, { claim: claim.id }) }, publisher(report)),
      el('span', {}, when(report.published, true)), el('span', {}, t(`language.${report.language}`)),
      report.title ? el('span', { class: 'title' }, name(report.title, report.language)) : null, sealed(report)) : null;
  };
  return el('section', {}, el('h2', {}, t('dossier.voices')), el('ol', { class: 'origins' }, [...origins].map(([, reports]) => {
    const ids = [...reports.keys()].sort(first);
    const own = [...reports.values()].some((c) => c.access === 'own');
    return el('li', {}, el('p', { class: 'origin-head' }, d.event.origins ? el('span', { class: `voice ${own ? 'independent' : 'untraced'}`, 'aria-hidden': 'true' }) : null, t(!d.event.origins ? 'origin.party' : own ? 'origin.own' : 'origin.untraced'), el('span', { class: 'note' }, t('count.reports', { n: ids.length }))),
      el('ul', { class: 'report-list' }, line(ids[0], reports.get(ids[0]))),
      ids.length > 1 ? el('details', { class: 'copies' }, el('summary', {}, t('copies', { n: ids.length - 1 })), el('ul', { class: 'report-list' }, ids.slice(1).map((id) => line(id, reports.get(id))))) : null);
  })));
}

/** Whom the claims name as harmed, each with the sentences that name them. */
function harmed(d, all) {
  const details = (v) => [label('suffered', v.harm), v.status === 'unknown' ? null : label('one', v.status), v.age === null ? null : t('count.years', { n: v.age }),
    v.sex ? label('sex', v.sex) : null, v.publish === 'withheld' ? null : t('dossier.publish', { how: label('publish', v.publish) })].filter(Boolean).join(t('list.comma'));
  const naming = ({ report, span }) => {
    const known = d.reports.get(report);
    return el('li', {}, el('a', { href: to('report', report, { at: `${span.start}-${span.end}` }) }, name(span.text, known?.language)), known ? [' ', el('span', { class: 'note' }, publisher(known))] : null);
  };
  return all.length ? el('section', { class: 'harmed' }, el('h2', {}, t('dossier.harmed')), el('p', { class: 'note' }, t('dossier.harmed.note')),
    el('ul', {}, all.map((v) => el('li', {}, el('span', {}, details(v)), v.kin ? [t('list.comma'), name(v.kin)] : null, el('ul', { class: 'report-list' }, v.namings.map(naming)))))) : null;
}

function hashes(d) {
  return el('section', { class: 'hashes' }, el('h2', {}, t('dossier.hashes')), el('p', { class: 'note' }, t('dossier.hashes.note')),
    el('ul', {}, [...d.reports.values()].map((r) => el('li', {}, publisher(r), ' ', el('a', { href: to('report', r.id, { sealed: '1' }) }, el('code', { dir: 'ltr' }, r.sha256))))));
}

/** What is told in short; each value leads to its sentences below. */
function facts(event) {
  const row = (key, attribute, value, ...after) => (value ? [el('dt', {}, t(`fact.${key}`)),
    el('dd', {}, el('a', { class: 'fact', href: to('event', event.id, { value: attribute }) }, value), after)] : null);
  const { place, casualties = [] } = event;
  return el('dl', { class: 'facts' },
    row('what', 'occurrence', typeLabel(event.type)),
    row('when', 'time', when(event.time)),
    row('where', 'place', place ? labelled(place) : t('unknown'), howNear(place), homonym(place)),
    row('who', 'actors', parties(event, 8)),
    casualties.length ? [el('dt', {}, t('fact.casualties')), el('dd', {}, casualties.map((c, i) => [i ? el('br') : '',
      el('a', { class: 'fact', href: to('event', event.id, { value: `casualties.${c.harm}` }) }, harm(c))]))] : null);
}

/** The view. `query` may name the attribute whose sentences were asked for. */
export async function dossierView(main, id, query) {
  replace(main, el('h1', { tabindex: '-1' }, t('dossier.title')), el('p', { class: 'note' }, t('loading')));
  try {
    const [d, all] = await Promise.all([dossier(id), victims(id)]);
    const { event } = d;
    const disputed = d.attributes.filter((one) => one.relation);
    const agreed = d.attributes.filter((one) => !one.relation);
    const wanted = query.get('value');
    replace(main,
      el('article', { class: 'dossier' },
        el('header', {},
          el('p', { class: 'kicker' }, t('dossier.title'), ' ', el('code', { dir: 'ltr' }, event.id)),
          el('h1', { tabindex: '-1' }, typeLabel(event.type), ' · ', event.place ? labelled(event.place) : t('place.unknown'), ' · ', when(event.time, true)),
          el('blockquote', { class: 'lede', ...quoting(null, event.summary ?? '') }, tame(event.summary ?? '')),
          el('p', { class: 'note onpaper' }, t('dossier.as.written')),
          el('p', { class: 'doing noprint' }, el('button', { type: 'button', onclick: () => window.print() }, t('print')))),
        el('div', { class: 'head-grid' }, facts(event), rests(d, d.loaded)),
        disputedSection(d, disputed), agreedSection(d, agreed, wanted), otherSection(d), positions(d), harmed(d, all), voices(d),
        el('section', {}, el('h2', {}, t('lineage.title')), lineagePane(d.reports, d.edges)),
        hashes(d)));
    return { focus: wanted ? lead(main, wanted) : null };
  } catch (error) {
    replace(main, el('h1', { tabindex: '-1' }, t('dossier.title')), trouble(error));
    return null;
  }
}

/** The place of the dossier that an address asks for: an attribute, or what stands nearest to it. */
function lead(main, wanted) {
  const [attribute, harmed] = wanted.split('.');
  const asked = (one, more = '') => main.querySelector(`[data-value="${CSS.escape(one)}"]${more}`);
  const found = (harmed ? asked(attribute, `[data-harm="${CSS.escape(harmed)}"]`) : null)
    ?? (NEAR[attribute] ?? [attribute]).map((one) => asked(one)).find(Boolean) ?? asked('occurrence');
  if (!found) return null;
  if (found.tagName === 'DETAILS') {
    found.open = true;
    return found.querySelector('summary');
  }
  return found;
}
