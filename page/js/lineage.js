// How reports descend from one another: a drawing, and the same in words.

import { el, replace, svg } from './dom.js';
import { label, number, t } from './words.js';
import { brief, direction, languageOf, name, publisherName, quoting, tame } from './quote.js';
import { when } from './when.js';
import { directed, layout } from './graph.js';
import { lineage } from './records.js';
import { to } from './address.js';
import { sealed } from './sentence.js';
import { reason } from './reasons.js';
import { trouble } from './trouble.js';

const BOX = { width: 190, height: 62 };
const GAP = { x: 22, y: 58 };
const ROOM = 26;

const short = (text, most = ROOM) => brief(tame(text ?? ''), most);

const source = (report) => publisherName(report);

function line(text, x, y, cls) {
  const rtl = direction(languageOf(text), text) === 'rtl';
  return svg('text', { x, y, class: cls, direction: rtl ? 'rtl' : 'ltr', lang: rtl ? 'ar' : 'en' }, text);
}

function box(report, { x, y }, root) {
  const middle = x + BOX.width / 2;
  return svg('a', { href: to('report', report.id), class: report.id === root ? 'node root' : 'node' },
    svg('title', {}, tame(report.title ?? '')),
    svg('rect', { x, y, width: BOX.width, height: BOX.height, rx: 3 }),
    line(short(source(report)), middle, y + 20, 'node-source'),
    line(short(report.title ?? '', 32), middle, y + 37, 'node-title'),
    svg('text', { x: middle, y: y + 53, class: 'node-date', direction: document.documentElement.dir }, `${when(report.published, true)} · ${t(`language.${report.language}`)}`));
}

function link(edge, at) {
  const [a, b] = [at.get(edge.parent), at.get(edge.child)];
  const [upper, lower] = a.y <= b.y ? [a, b] : [b, a];
  const x1 = upper.x + BOX.width / 2;
  const x2 = lower.x + BOX.width / 2;
  const y1 = upper.y + BOX.height;
  const y2 = lower.y;
  const mid = (y1 + y2) / 2;
  const towardsLower = a.y <= b.y;
  return svg('g', { class: `link ${edge.relation}` },
    svg('path', { d: `M${x1} ${y1}C${x1} ${mid} ${x2} ${mid} ${x2} ${y2}`, 'marker-end': edge.sure && towardsLower ? 'url(#descends)' : null, 'marker-start': edge.sure && !towardsLower ? 'url(#descends)' : null }),
    svg('text', { x: (x1 + x2) / 2, y: mid + 4, class: 'relation' }, label('relation', edge.relation)));
}

const byDate = (a, b) => (a.published?.start ?? '9999').localeCompare(b.published?.start ?? '9999') || (a.id < b.id ? -1 : 1);

/** The drawing and the words for `reports` (a map by id) and their edges. */
export function lineagePane(reports, edges, root = null) {
  const links = directed(edges).filter((l) => reports.has(l.parent) && reports.has(l.child));
  if (!links.length) return el('p', { class: 'note' }, t('lineage.none'));
  const ids = [...reports.values()].sort(byDate).map((r) => r.id).filter((id) => links.some((l) => l.parent === id || l.child === id));
  const placed = layout(ids, links, { room: 260, box: BOX, gap: GAP });
  const picture = svg('svg', { class: 'lineage-graph', viewBox: `-4 -4 ${placed.width + 8} ${placed.height + 8}`, width: placed.width + 8, height: placed.height + 8, role: 'group', 'aria-label': t('lineage.label') },
    svg('defs', {}, svg('marker', { id: 'descends', viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 8, markerHeight: 8, orient: 'auto-start-reverse' }, svg('path', { d: 'M0 0L8 4L0 8Z' }))),
    links.map((l) => link(l, placed.at)),
    ids.map((id) => box(reports.get(id), placed.at.get(id), root)));
  return el('div', { class: 'lineage' },
    el('div', { class: 'graph-room', tabindex: '0', role: 'region', 'aria-label': t('lineage.label') }, picture),
    el('ul', { class: 'lineage-words' }, links.map((l) => inWords(l, reports))));
}

function inWords(edge, reports) {
  const [parent, child] = [reports.get(edge.parent), reports.get(edge.child)];
  const linkTo = (r) => el('a', { href: to('report', r.id) }, name(source(r)));
  const { phraseKey, first, second } = edge.sure
    ? { phraseKey: `lineage.from.${edge.relation}`, first: child, second: parent }
    : { phraseKey: `lineage.with.${edge.relation}`, first: parent, second: child };
  return el('li', {}, linkTo(first), ' ', t(phraseKey), ' ', linkTo(second),
    edge.confidence ? el('span', { class: 'note' }, ' ', t('lineage.confidence', { p: `${number(Math.round(edge.confidence * 100))}%` })) : null,
    edge.sure ? null : el('span', { class: 'note' }, ' ', t('lineage.unsure')),
    edge.spans.length || edge.because.length ? el('details', {}, el('summary', {}, t('lineage.evidence', { n: edge.spans.length })),
      edge.because.map((why) => el('p', { class: 'note' }, reason(why))),
      edge.spans.map((pair) => side(pair, edge, reports))) : null);
}

function side(pair, edge, reports) {
  const other = edge.spansOf === edge.parent ? edge.child : edge.parent;
  const quoted = (span, report) => (span?.text ? el('blockquote', quoting(report?.language, span.text), tame(span.text)) : null);
  return el('div', { class: 'pair' }, quoted(pair.here, reports.get(edge.spansOf)), quoted(pair.there, reports.get(other)));
}

/** The view of one report's lineage. */
export async function lineageView(main, id) {
  replace(main, el('h1', { tabindex: '-1' }, t('lineage.title')), el('p', { class: 'note' }, t('loading')));
  try {
    const { reports, edges, more } = await lineage(id);
    const here = reports.get(id);
    replace(main, el('p', { class: 'back' }, el('a', { href: to('report', id) }, t('back.report'))),
      el('h1', { tabindex: '-1' }, t('lineage.title')),
      here ? el('p', { class: 'lede', ...quoting(here.language, here.title ?? '') }, tame(here.title ?? '')) : null,
      lineagePane(reports, edges, id), more ? el('p', { class: 'note' }, t('lineage.more')) : null,
      el('h2', {}, t('lineage.reports')),
      el('ul', { class: 'report-list' }, [...reports.values()].sort(byDate).map((r) => el('li', {},
        el('a', { href: to('report', r.id) }, name(source(r))), el('span', {}, when(r.published, true)), sealed(r)))));
  } catch (error) {
    replace(main, el('h1', { tabindex: '-1' }, t('lineage.title')), trouble(error));
  }
}
