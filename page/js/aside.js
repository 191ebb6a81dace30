// What was not read, and why; what stood in a report's place and is to be captured by hand.

import { el, replace } from './dom.js';
import { label, t } from './words.js';
import { name, tame } from './quote.js';
import { aside } from './records.js';
import { trouble } from './trouble.js';

const SHOWN = 2000;

function item(one) {
  const where = one.path ?? one.where ?? one.url ?? one.container ?? '';
  const why = one.reason ?? one.because ?? one.why ?? '';
  return el('li', {}, el('p', { class: 'url', dir: 'auto' }, tame(where)),
    el('p', {}, label('aside', one.kind ?? ''), one.kind && why ? ': ' : '', why ? name(why) : null),
    one.line ? el('p', { class: 'note' }, t('aside.line', { n: one.line })) : null,
    one.url && one.url !== where ? el('p', { class: 'url', dir: 'ltr' }, tame(one.url)) : null,
    one.sha256 ? el('p', {}, el('code', { dir: 'ltr' }, one.sha256)) : null);
}

/** The view. */
export async function asideView(main) {
  replace(main, el('h1', { tabindex: '-1' }, t('aside.title')), el('p', { class: 'note' }, t('loading')));
  try {
    const items = [];
    let cursor = null;
    do {
      const page = await aside(cursor);
      items.push(...(page.items ?? []));
      cursor = page.next ?? null;
    } while (cursor && items.length < SHOWN);
    const byHand = items.filter((one) => one.by_hand !== null && one.by_hand !== undefined);
    const others = items.filter((one) => one.by_hand === null || one.by_hand === undefined);
    replace(main, el('h1', { tabindex: '-1' }, t('aside.title')), el('p', { class: 'lede' }, t('aside.lede')),
      byHand.length ? el('section', {}, el('h2', {}, t('aside.hand')), el('p', { class: 'note' }, t('aside.hand.note')), el('ul', { class: 'aside-list' }, byHand.map(item))) : null,
      el('section', {}, el('h2', {}, t('aside.rest')), others.length ? el('ul', { class: 'aside-list' }, others.map(item)) : el('p', { class: 'note' }, t('aside.none'))));
  } catch (error) {
    replace(main, el('h1', { tabindex: '-1' }, t('aside.title')), trouble(error));
  }
  return null;
}
