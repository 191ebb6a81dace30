// A sentence of a report with who published it, who is said to say so, and the way to the sealed bytes.

import { el } from './dom.js';
import { label, t } from './words.js';
import { languageOf, name, publisher, quoting, tame } from './quote.js';
import { homonym } from './homonym.js';
import { marked } from './spans.js';
import { when } from './when.js';
import { to } from './address.js';
import { standing } from './value.js';

/** A hash, short, that leads to the sealed original it is the hash of. */
export function sealed(report) {
  return el('a', { class: 'sealed', href: to('report', report.id, { sealed: '1' }), title: `sha256 ${report.sha256}` },
    t('sealed'), ' ', el('code', { dir: 'ltr' }, (report.sha256 ?? '').slice(0, 12)));
}

/** Who says so: what they are, and what they are called, unless that is the same word. */
function voiced({ kind, name: called }) {
  const said = label('voice', kind);
  const same = called && ` ${said}`.toLowerCase().endsWith(` ${called.trim().toLowerCase()}`);
  return [el('span', { class: 'voice-kind' }, said), called && !same ? [' ', name(called)] : null];
}

/** The chain of who says so. */
export function according(claim) {
  const chain = (claim.attribution ?? []).map(voiced);
  if (!chain.length) return null;
  return el('span', { class: 'according' }, t('according'), ' ', chain.flatMap((link, i) => (i ? [el('span', { class: 'through', 'aria-hidden': 'true' }, ' ‹ '), link] : [link])));
}

function stances(claim) {
  const notes = [];
  if (claim.modality && claim.modality !== 'asserted') notes.push(label('modality', claim.modality));
  if (claim.polarity === 'negative') notes.push(t('polarity.negative'));
  if (claim.access) notes.push(label('access', claim.access));
  return notes;
}

function holds(piece, span) {
  return span.start >= piece.start && span.end <= piece.end;
}

/** The sentences of `claim` that say `value` of `attribute`; the claim's own sentence where no other holds it. */
export function sentence(claim, report, attribute = 'occurrence', value = null) {
  const { spans, carried } = standing(attribute, value, claim);
  const pieces = [claim.evidence, ...(claim.more_evidence ?? [])].filter((piece) => piece?.text);
  const telling = pieces.filter((piece) => spans.some((span) => holds(piece, span)));
  const chosen = telling.length ? telling : pieces.slice(0, 1);
  // What stands outside of all sentences, as in a list of names below, is quoted by itself.
  const outside = spans.filter((span) => span.text && !pieces.some((piece) => holds(piece, span)));
  const first = spans[0] ?? claim.evidence;
  const lang = report?.language ?? languageOf(claim.evidence?.text ?? '');
  return el('figure', { class: 'sentence', 'data-claim': claim.id },
    chosen.map((piece) => el('blockquote', quoting(lang, piece.text), marked(piece, spans.filter((span) => holds(piece, span))))),
    outside.length ? el('blockquote', { class: 'outside', ...quoting(lang, outside[0].text) }, outside.flatMap((span) => ['… ', el('mark', {}, tame(span.text)), ' ']), '…') : null,
    attribute === 'place' ? (claim.places ?? []).filter((place) => !place.id).map(homonym) : null,
    carried && !telling.length ? el('p', { class: 'note' }, t('carried')) : null,
    el('figcaption', {},
      el('span', { class: 'source' }, publisher(report)),
      el('span', {}, when(report?.published, true)),
      according(claim),
      stances(claim).map((note) => el('span', { class: 'stance' }, note)),
      report ? el('a', { class: 'inreport', href: to('report', report.id, { at: `${first.start}-${first.end}`, claim: claim.id }) }, t('in.report')) : null,
      report ? sealed(report) : null));
}
