// In what a report differs from the version before it at its address, and that it is gone from there.

import { el } from './dom.js';
import { label, t } from './words.js';
import { breakable, brief, quoting, tame } from './quote.js';
import { to } from './address.js';

const SHOWN = 10;
const LONGEST = 600;

/** A paragraph of one of the two versions, which leads to where it stands in it. */
function side(tag, version, quote) {
  if (!quote) return null;
  const at = to('report', version, { at: `${quote.start}-${quote.end}` });
  return el(tag, quoting(null, quote.text), el('a', { href: at }, breakable(brief(tame(quote.text), LONGEST))));
}

function change(one, found) {
  return el('li', { 'data-change': found.what }, el('p', { class: 'note' }, label('change', found.what)),
    el('div', { class: 'versions' }, side('del', one.version_of, found.there), side('ins', one.id, found.here)));
}

/** What changed since the version before; nothing where there is none. */
export function changed(one) {
  if (!one.version_of) return null;
  const changes = one.changes ?? [];
  const [first, rest] = [changes.slice(0, SHOWN), changes.slice(SHOWN)];
  return el('section', { class: 'changes', 'aria-labelledby': 'changes' },
    el('h2', { id: 'changes' }, t('changes.title')),
    el('p', {}, el('a', { href: to('report', one.version_of) }, t('changes.before'))),
    changes.length ? el('ul', { class: 'told' }, first.map((c) => change(one, c))) : el('p', { class: 'note' }, t('changes.none')),
    rest.length ? el('details', {}, el('summary', {}, t('more.n', { n: rest.length })), el('ul', { class: 'told' }, rest.map((c) => change(one, c)))) : null);
}
