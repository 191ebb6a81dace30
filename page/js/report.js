// One report: its readable text with marks beside its sealed original and the hash of both.

import { el, replace } from './dom.js';
import { label, t } from './words.js';
import { breakable, brief, name, publisher, quoting, tame } from './quote.js';
import { when } from './when.js';
import { cut } from './spans.js';
import { report } from './records.js';
import { address, original, save } from './api.js';
import { to } from './address.js';
import { typeLabel } from './filters.js';
import { changed } from './changes.js';
import { trouble } from './trouble.js';

const KINDS = ['claim', 'actor', 'place', 'time', 'quantity', 'person', 'organisation', 'weapon'];
const SHOWN = 60_000;
// How much of a very long text is shown at once, in code points, and how much of it before the place that was asked for.
const STRETCH = 60_000;
const BEFORE = 5_000;
const LONGEST_TITLE = 400;

function asked(query) {
  const found = /^(\d+)-(\d+)$/.exec(query.get('at') ?? '');
  return found ? { start: Number(found[1]), end: Number(found[2]), kind: 'asked' } : null;
}

function spansOf(claims, mentions, wanted) {
  return [
    ...mentions.map((m) => ({ ...m.span, kind: m.kind })),
    ...claims.flatMap((c) => (c.trigger ? [{ ...c.trigger, kind: 'claim', claim: c }] : [])),
    ...(wanted ? [wanted] : []),
  ];
}

function piece({ text, spans }) {
  if (!spans.length) return breakable(tame(text));
  const kinds = [...new Set(spans.map((s) => s.kind))];
  const claim = spans.find((s) => s.claim)?.claim;
  const cls = kinds.map((k) => `is-${k}`).join(' ');
  const inner = claim?.event ? el('a', { href: to('event', claim.event), title: typeLabel(claim.type) }, breakable(tame(text))) : breakable(tame(text));
  return el('mark', { class: cls, title: claim ? null : kinds.filter((k) => k !== 'asked').map((k) => label('kind', k)).join(t('list.comma')) || null }, inner);
}

/** The text, a stretch of it where it is very long, with a button for the next. */
function readable(one, claims, mentions, wanted) {
  const points = Array.from(one.text ?? '');
  const from = points.length > STRETCH && wanted ? Math.max(0, Math.min(wanted.start, points.length) - BEFORE) : 0;
  const spans = spansOf(claims, mentions, wanted);
  const room = el('div', {});
  const show = (start) => {
    const end = Math.min(points.length, start + STRETCH);
    const inside = spans.filter((s) => s.start < end && s.end > start).map((s) => ({ ...s, start: Math.max(s.start, start) - start, end: s.end - start }));
    const leap = (to, key) => el('button', { type: 'button', onclick: () => { show(to); room.scrollIntoView(); } }, t(key));
    replace(room, start > 0 ? leap(Math.max(0, start - STRETCH), 'report.before') : null, paragraphs(one, points.slice(start, end).join(''), inside),
      end < points.length ? leap(end, 'report.after') : null);
  };
  show(from);
  return room;
}

function paragraphs(one, stretch, spans) {
  const body = el('div', { class: 'text', ...quoting(one.language, one.text) });
  let paragraph = el('p', {});
  for (const part of cut(stretch, spans)) {
    part.text.split('\n').forEach((text, i) => {
      if (i) {
        if (paragraph.childNodes.length) body.append(paragraph);
        paragraph = el('p', {});
      }
      if (text) paragraph.append(...[piece({ ...part, text })].flat());
    });
  }
  if (paragraph.childNodes.length) body.append(paragraph);
  return body;
}

function switches(mentions, claims) {
  const there = KINDS.filter((kind) => (kind === 'claim' ? claims.length : mentions.some((m) => m.kind === kind)));
  return el('fieldset', { class: 'switches' }, el('legend', {}, t('report.marks')), there.map((kind) => {
    const box = el('input', { type: 'checkbox', checked: kind === 'claim', onchange: (e) => e.target.closest('.report').classList.toggle(`show-${kind}`, e.target.checked) });
    return el('label', { class: `is-${kind}` }, box, ' ', label('kind', kind));
  }));
}

function facts(one) {
  const row = (key, ...value) => (value.some(Boolean) ? [el('dt', {}, t(key)), el('dd', {}, value)] : null);
  const basis = one.published?.basis;
  return el('dl', { class: 'facts' },
    row('report.source', publisher(one), one.source?.kind && one.source.kind !== 'unknown' ? ` (${label('sourcekind', one.source.kind)})` : null),
    row('report.published', when(one.published), basis ? el('span', { class: 'note' }, ' ', t('report.basis', { basis: label('basis', basis) })) : null),
    one.updated ? row('report.updated', when(one.updated)) : null,
    one.gone ? row('report.gone', el('span', { class: 'gone' }, one.gone.at ? t('report.gone.at', { when: when({ start: one.gone.at, end: one.gone.at, precision: 'day' }), status: one.gone.status }) : t('report.gone.status', { status: one.gone.status }))) : null,
    row('report.byline', one.byline ? name(one.byline) : null),
    row('report.language', t(`language.${one.language}`)),
    row('report.url', one.url ? el('span', { class: 'url', dir: 'ltr' }, tame(one.url)) : null),
    row('report.path', ...(one.paths?.length ? one.paths : [one.path]).filter(Boolean).map((p) => el('span', { class: 'url', dir: 'auto' }, tame(p)))));
}

const hex = (buffer) => Array.from(new Uint8Array(buffer), (b) => b.toString(16).padStart(2, '0')).join('');

async function digest(bytes) {
  // Browsers give this only to a page that came over a safe way; loopback is one.
  return globalThis.crypto?.subtle ? hex(await crypto.subtle.digest('SHA-256', bytes)) : null;
}

function decoded(bytes, type) {
  const charset = /charset=([\w-]+)/i.exec(type)?.[1];
  for (const one of [charset, 'utf-8', 'windows-1256'].filter(Boolean)) {
    try {
      return new TextDecoder(one, { fatal: true }).decode(bytes);
    } catch {
      // The next one.
    }
  }
  return null;
}

function sealedPane(one, open) {
  const verdict = el('p', { class: 'verdict', role: 'status' });
  const bytes = el('div', {});
  const load = async () => {
    try {
      const found = await original(one.id);
      const sum = await digest(found.bytes);
      verdict.className = sum === one.sha256 ? 'verdict good' : sum ? 'verdict bad' : 'verdict';
      verdict.textContent = sum === null ? t('original.unchecked') : sum === one.sha256 ? t('original.same') : t('original.other');
      const text = decoded(found.bytes, found.type);
      const start = text?.slice(0, SHOWN) ?? '';
      replace(bytes, el('p', { class: 'note' }, t('original.bytes', { n: found.bytes.byteLength })),
        text === null ? el('p', { class: 'note' }, t('original.notext')) : el('pre', { class: 'raw', tabindex: '0', role: 'region', 'aria-label': t('original.title'), dir: 'auto' }, breakable(tame(start))),
        text && text.length > SHOWN ? el('p', { class: 'note' }, t('original.cut')) : null);
    } catch (error) {
      replace(bytes, trouble(error));
    }
  };
  const pane = el('details', { class: 'original', id: 'original', open },
    el('summary', {}, t('original.title')),
    el('p', {}, t('original.sealed')),
    el('dl', { class: 'facts' }, el('dt', {}, 'SHA-256'), el('dd', {}, el('code', { class: 'hash', dir: 'ltr' }, one.sha256)),
      one.text_sha256 ? [el('dt', {}, t('original.text')), el('dd', {}, el('code', { class: 'hash', dir: 'ltr' }, one.text_sha256))] : null),
    verdict,
    el('p', {}, el('button', { type: 'button', onclick: () => save(address(`/reports/${encodeURIComponent(one.id)}/original`), '*/*', `${(one.sha256 ?? one.id).slice(0, 16)}.txt`) }, t('original.download'))),
    bytes);
  let loaded = false;
  const once = () => { if (pane.open && !loaded) { loaded = true; load(); } };
  pane.addEventListener('toggle', once);
  once();
  return pane;
}

function told(claims) {
  if (!claims.length) return el('p', { class: 'note' }, t('report.noclaims'));
  return el('ul', { class: 'told' }, claims.map((c) => el('li', {},
    c.event ? el('a', { href: to('event', c.event) }, typeLabel(c.type)) : typeLabel(c.type), ': ', el('q', quoting(null, c.trigger?.text ?? ''), tame(c.trigger?.text ?? '')),
    c.status === 'background' ? el('span', { class: 'note' }, ' ', t('background')) : null,
    c.modality !== 'asserted' ? el('span', { class: 'note' }, ' ', label('modality', c.modality)) : null)));
}

/** The view of a report. `query` may hold the span that was asked for, or ask for the sealed original. */
export async function reportView(main, id, query) {
  replace(main, el('h1', { tabindex: '-1' }, t('report.title')), el('p', { class: 'note' }, t('loading')));
  try {
    const { report: one, claims, mentions } = await report(id);
    const wanted = asked(query);
    const sealedAsked = query.get('sealed') === '1';
    const wide = matchMedia('(min-width: 60rem)').matches;
    const pane = sealedPane(one, sealedAsked || wide);
    replace(main, el('article', { class: 'report show-claim' },
      el('header', {}, el('p', { class: 'kicker' }, t('report.title'), ' ', el('code', { dir: 'ltr' }, one.id)),
        el('h1', { tabindex: '-1', ...quoting(one.language, one.title ?? '') }, one.title ? brief(tame(one.title), LONGEST_TITLE) : t('report.untitled'))),
      el('div', { class: 'two' },
        el('section', { class: 'reading', 'aria-label': t('report.readable') }, switches(mentions, claims), readable(one, claims, mentions, wanted)),
        el('aside', { class: 'beside', 'aria-label': t('report.about') }, facts(one),
          el('p', {}, el('a', { class: 'button', href: to('lineage', one.id) }, t('lineage.title'))),
          el('h2', {}, t('report.told')), told(claims), changed(one), pane))));
    const mark = main.querySelector('mark.is-asked');
    if (sealedAsked) return { focus: pane.querySelector('summary') };
    if (mark) mark.tabIndex = -1;
    return { focus: mark };
  } catch (error) {
    replace(main, el('h1', { tabindex: '-1' }, t('report.title')), trouble(error));
    return null;
  }
}
