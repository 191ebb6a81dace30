// On how many voices something rests, said the same way everywhere: a filled sign for an origin with access of its own,
// an open one for an origin that is merely untraced, and the words beside it.

import { el } from './dom.js';
import { t } from './words.js';

const DRAWN = 6;

function signs(kind, n) {
  const drawn = Array.from({ length: Math.min(n, DRAWN) }, () => el('span', { class: `voice ${kind}` }));
  return n > DRAWN ? [...drawn, el('span', { class: 'voice-more' }, '+')] : drawn;
}

/** The words for a support. */
export function inWords({ independent = 0, untraced = 0 } = {}) {
  const parts = [];
  if (independent) parts.push(t('support.independent', { n: independent }));
  if (untraced) parts.push(t('support.untraced', { n: untraced }));
  return parts.length ? parts.join(t('list.comma')) : t('support.none');
}

/** Signs and words; `brief` says only how many origins there are, and the rest to who cannot see the signs. */
export function support(of, brief = false) {
  const { independent = 0, untraced = 0 } = of ?? {};
  const drawn = el('span', { class: 'voices', 'aria-hidden': 'true' }, signs('independent', independent), signs('untraced', untraced));
  return el('span', { class: 'support' }, drawn, el('span', { class: brief ? 'unseen' : null }, inWords(of)),
    brief ? el('span', { 'aria-hidden': 'true' }, t('count.origins', { n: independent + untraced })) : null);
}
