// How far two people agree who coded the same claims, one not knowing what the other ruled: field by field.

import { el, replace } from './dom.js';
import { has, number, t } from './words.js';
import { name, tame } from './quote.js';
import { agreement } from './records.js';
import { trouble } from './trouble.js';
import { to } from './address.js';

/** What a field of a claim is called here. */
const fieldLabel = (field) => (has(`field.${field}`) ? t(`field.${field}`) : field);

const share = (value) => (value === null || value === undefined ? '–' : number(Math.round(value * 100) / 100));

function table(fields) {
  const cell = (value) => el('td', { class: 'number' }, value);
  return el('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': t('agreement.title') }, el('table', { class: 'agreed-fields' },
    el('thead', {}, el('tr', {}, ['field', 'n', 'same', 'different', 'share', 'kappa'].map((one) => el('th', { scope: 'col' }, t(`agreement.${one}`))))),
    el('tbody', {}, fields.map((one) => el('tr', { 'data-field': one.field }, el('th', { scope: 'row' }, fieldLabel(one.field)),
      cell(number(one.same + one.different)), cell(number(one.same)), cell(number(one.different)), cell(share(one.share)), cell(share(one.kappa)))))));
}

/** A claim on which the two differ, and how. */
function differing(item) {
  const side = (tag, who, value) => el('p', { class: 'diff' }, name(who), ': ', el(tag, {}, el('code', { dir: 'auto' }, tame(JSON.stringify(value)))));
  return el('li', { 'data-claim': item.claim },
    el('p', {}, el('a', { href: to('report', item.report, { claim: item.claim }) }, t('agreement.report'))),
    item.fields.filter((one) => !one.same).map((one) => el('div', {}, el('strong', {}, fieldLabel(one.field)),
      side('del', item.first.join(t('list.comma')), one.first), side('ins', item.second, one.second))));
}

/** The view. */
export async function agreementView(main) {
  const head = () => el('h1', { tabindex: '-1' }, t('agreement.title'));
  replace(main, head(), el('p', { class: 'note' }, t('loading')));
  try {
    const found = await agreement();
    const apart = found.items.filter((item) => item.fields.some((one) => !one.same));
    replace(main, head(),
      el('p', { class: 'lede' }, t('agreement.coded', { n: found.coded }), ' ', t('agreement.single', { n: found.single })),
      el('p', {}, t('agreement.began')),
      found.fields.length ? [table(found.fields), el('p', { class: 'note' }, t('agreement.kappa.note'))] : null,
      apart.length ? [el('h2', {}, t('agreement.apart')), el('ul', { class: 'history' }, apart.map(differing))] : null);
  } catch (error) {
    replace(main, head(), trouble(error));
  }
  return null;
}
