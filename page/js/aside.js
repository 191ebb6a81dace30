// What was not read, and why; what stood in a report's place and is to be captured by hand.

import { el, replace } from './dom.js';
import { label, number, t } from './words.js';
import { name, tame } from './quote.js';
import { reason } from './reasons.js';
import { aside } from './records.js';
import { address, save } from './api.js';
import { trouble } from './trouble.js';

// So many are listed; how many there are is said of all.
const SHOWN = 2000;

function item(one) {
  const file = [one.path, one.line ? t('aside.line', { n: one.line }) : null].filter(Boolean);
  const where = () => el('bdi', { dir: 'auto' }, tame(file.join(t('list.comma'))));
  return el('li', {},
    one.by_hand ? el('p', { class: 'aside-head' }, name(one.by_hand)) : null,
    el('p', { class: one.by_hand ? 'url' : 'url aside-head', dir: one.url ? 'ltr' : 'auto' }, one.url ? tame(one.url) : where()),
    el('p', {}, reason(one.reason ?? '', one.kind)),
    el('p', { class: 'note' }, one.url ? [where(), ' · '] : null, one.sha256 ? ['SHA-256 ', el('code', { class: 'hash', dir: 'ltr' }, one.sha256)] : null),
    one.sealed ? original(one) : null);
}

/** The way to the sealed bytes: they are saved, never shown as what they claim to be. */
export function original(one) {
  const from = address(`/aside/${encodeURIComponent(one.sha256)}/original`);
  return el('p', { class: 'note' }, t('aside.sealed'), ' ',
    el('button', { type: 'button', onclick: () => save(from, '*/*', (one.path ?? one.sha256).split(/[\\/]/).pop()) }, t('original.download')));
}

function kinds(rows) {
  if (rows.length < 2) return null;
  return el('ul', { class: 'aside-kinds', 'aria-label': t('aside.kinds') }, rows.map((row) => el('li', {},
    label('aside', row.value === 'unreadable' ? '' : row.value), ' ', el('span', { class: 'note' }, number(row.count)))));
}

function section(title, note, items, total, none) {
  return el('section', {}, el('h2', {}, t(title), total ? el('span', { class: 'note' }, ' ', number(total)) : null),
    note && items.length ? el('p', { class: 'note' }, t(note)) : null,
    items.length ? el('ul', { class: 'aside-list' }, items.map(item)) : el('p', { class: 'note' }, t(none)));
}

/** The view. */
export async function asideView(main) {
  replace(main, el('h1', { tabindex: '-1' }, t('aside.title')), el('p', { class: 'note' }, t('loading')));
  try {
    const items = [];
    let page = await aside();
    items.push(...page.items);
    while (page.next && items.length < SHOWN) {
      page = await aside(page.next);
      items.push(...page.items);
    }
    const byHand = items.filter((one) => one.by_hand);
    const others = items.filter((one) => !one.by_hand);
    replace(main, el('h1', { tabindex: '-1' }, t('aside.title')), el('p', { class: 'lede' }, t('aside.lede')), kinds(page.kinds ?? []),
      byHand.length ? section('aside.hand', 'aside.hand.note', byHand, page.by_hand, 'aside.none') : null,
      section('aside.rest', null, others, page.total - page.by_hand, 'aside.none'),
      page.next ? el('p', { class: 'note' }, t('aside.more', { n: page.total - items.length })) : null);
  } catch (error) {
    replace(main, el('h1', { tabindex: '-1' }, t('aside.title')), trouble(error));
  }
  return null;
}
