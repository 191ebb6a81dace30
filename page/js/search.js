// Words found in reports, in both languages, with the words marked where they stand.

import { announce, el, replace } from './dom.js';
import { t } from './words.js';
import { name, quoting, tame } from './quote.js';
import { when } from './when.js';
import { cut } from './spans.js';
import { search } from './records.js';
import { to } from './address.js';
import { trouble } from './trouble.js';

/** A found stretch: pieces with marks, whether they come cut or as a text with spans. */
function snippet(hit, language) {
  const pieces = hit.segments ?? cut(hit.text ?? '', hit.marks ?? hit.highlights ?? []).map((p) => ({ text: p.text, mark: p.spans.length > 0 }));
  const whole = pieces.map((p) => p.text).join('');
  return el('blockquote', quoting(language, whole), pieces.map((p) => (p.mark || p.hit ? el('mark', {}, tame(p.text)) : tame(p.text))));
}

function result(item) {
  const report = item.report ?? item;
  const hits = item.snippets ?? item.hits ?? (item.segments || item.snippet ? [item.snippet ?? item] : []);
  return el('li', { class: 'found' },
    el('h2', {}, el('a', { href: to('report', report.id) }, report.title ? name(report.title, report.language) : t('report.untitled'))),
    el('p', { class: 'note' }, name(report.source?.name ?? t('source.unknown')), ' · ', when(report.published, true), ' · ', t(`language.${report.language}`)),
    hits.map((hit) => snippet(hit, report.language)),
    (item.events ?? []).length ? el('p', {}, item.events.map((e) => el('a', { class: 'button', href: to('event', e.id ?? e) }, t('search.event')))) : null,
    item.copies?.length ? el('details', { class: 'copies' }, el('summary', {}, t('copies', { n: item.copies.length })), el('ul', {}, item.copies.map((c) => el('li', {}, el('a', { href: to('report', c.id ?? c) }, name(c.source?.name ?? c.id ?? c)))))) : null);
}

/** The view. */
export async function searchView(main, query) {
  const q = query.get('q') ?? '';
  const field = el('input', { type: 'search', id: 'search-q', value: q, dir: 'auto', autocomplete: 'off' });
  const found = el('div', { class: 'results' });
  replace(main, el('h1', { tabindex: '-1' }, t('search.title')),
    el('form', { class: 'search-form', role: 'search', onsubmit: (e) => { e.preventDefault(); location.hash = to('search', null, { q: field.value.trim() }); } },
      el('label', { for: 'search-q' }, t('search.words')), field, el('button', { type: 'submit', class: 'strong' }, t('search.go'))),
    el('p', { class: 'note' }, t('search.hint')), found);
  if (!q) return { focus: field };
  try {
    const answer = await search(q);
    const items = answer.items ?? [];
    const n = answer.total ?? items.length;
    replace(found, el('p', { class: 'total' }, t('search.found', { n })), el('ol', { class: 'found-list' }, items.map(result)));
    announce(t('search.found', { n }));
  } catch (error) {
    replace(found, trouble(error));
  }
  return null;
}
