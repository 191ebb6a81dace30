// The desk: what is least certain first, each claim beside its sentence, to be accepted, corrected, parted, joined, taken back.

import { announce, el, goOn, replace } from './dom.js';
import { t } from './words.js';
import { decide, history, queue } from './records.js';
import { typeLabel } from './filters.js';
import { trouble } from './trouble.js';
import { sentence } from './sentence.js';
import { values } from './claim.js';
import { further } from './further.js';
import { described, refused, signature, signed } from './signature.js';
import { correction } from './correction.js';
import { to } from './address.js';

const SHOWN = 10;

const cards = () => [...document.querySelectorAll('.waits')];

/** One claim that waits, with all that can be done with it. */
function card({ claim, report, seen, labels }, shared) {
  const said = el('div', { class: 'said', role: 'status' });
  const past = el('div', {});
  const form = el('div', {});
  const more = el('div', {});
  const mine = [];
  const box = el('article', { class: 'waits', 'data-claim': claim.id });

  const rule = async (ruling, done, others = []) => {
    const who = signed();
    if (!who) return false;
    try {
      const decision = await decide({ ...who, seen: [...seen, ...others], rule: ruling });
      seen.push(decision.id);
      mine.push(decision.id);
      if (done) replace(said, el('p', {}, t(done), ' ', el('button', { type: 'button', 'data-does': 'undo', onclick: undo }, t('review.undo'))));
      if (done) announce(t(done));
      return true;
    } catch (error) {
      replace(said, refused(error, (id) => { seen.push(id); replace(said); }));
      return false;
    }
  };
  const settle = async (ruling, done) => {
    if (!(await rule(ruling, done))) return;
    box.classList.add('ruled');
    (cards().find((one) => !one.classList.contains('ruled'))?.querySelector('h2 a') ?? box.querySelector('[data-does="undo"]'))?.focus();
  };
  async function undo() {
    const last = mine.pop();
    if (!last || !(await rule({ ruling: 'undo', undoes: last }, 'review.undone'))) return;
    mine.pop();
    box.classList.remove('ruled');
    box.querySelector('h2 a').focus();
  }
  const correct = () => {
    if (form.childNodes.length) { replace(form); return; }
    replace(form, correction(claim, async (rules) => {
      for (const one of rules) if (!(await rule(one, 'review.corrected'))) return;
      replace(form);
      box.querySelector('h2 a').focus();
    }));
    form.querySelector('input, select').focus();
  };
  const join = () => {
    if (!shared.held || shared.held.id === claim.id) {
      shared.held = shared.held ? null : { id: claim.id, seen };
      for (const one of cards()) one.classList.toggle('held', one.dataset.claim === shared.held?.id);
      announce(t(shared.held ? 'review.held' : 'review.let'));
      return;
    }
    rule({ ruling: 'merge', claims: [shared.held.id, claim.id] }, 'review.joined', shared.held.seen).then((done) => {
      if (!done) return;
      shared.held.seen.push(mine.at(-1));
      shared.held = null;
      for (const one of cards()) one.classList.remove('held');
    });
  };
  const tell = async () => {
    if (past.childNodes.length) { replace(past); return; }
    try {
      const { items } = await history({ claim: claim.id });
      replace(past, el('h3', {}, t('review.history')), items.length ? el('ul', { class: 'history' }, items.map(described)) : el('p', { class: 'note' }, t('review.nobody')));
    } catch (error) {
      replace(past, trouble(error));
    }
  };

  const rest = () => (more.childNodes.length ? replace(more) : further(more, claim, report, rule, labels));

  const button = (does, key, act) => el('button', { type: 'button', 'data-does': does, onclick: act }, t(`review.${does}`), ' ', el('kbd', { 'aria-hidden': 'true', dir: 'ltr' }, key));
  replace(box,
    el('h2', {}, el('a', { href: to('event', claim.event) }, typeLabel(claim.type))),
    el('div', { class: 'two' }, sentence(claim, report), values(claim, labels)),
    el('p', { class: 'does' },
      button('accept', 'y', () => settle({ ruling: 'accept', claims: [claim.id] }, 'review.accepted')),
      button('reject', 'n', () => settle({ ruling: 'reject', claims: [claim.id] }, 'review.rejected')),
      button('correct', 'c', correct),
      button('part', 'p', () => rule({ ruling: 'split', claims: [claim.id], events: [claim.event] }, 'review.parted')),
      button('join', 'g', join),
      button('further', 'v', rest),
      button('history', 'h', tell)),
    said, form, more, past);
  return box;
}

/** The view. */
export async function reviewView(main) {
  const head = () => el('h1', { tabindex: '-1' }, t('review.title'));
  replace(main, head(), el('p', { class: 'note' }, t('loading')));
  try {
    const shared = { held: null };
    const list = el('div', {});
    const foot = el('p', {});
    const more = async (cursor) => {
      const page = await queue({ cursor, limit: SHOWN });
      const cards = page.items.map((one) => card(one, shared));
      list.append(...cards);
      if (cursor) goOn(cards);
      replace(foot, page.next ? el('button', { type: 'button', onclick: () => more(page.next) }, t('review.more')) : null);
      return page;
    };
    const { total, items } = await more(null);
    replace(main, head(), el('p', { class: 'lede' }, items.length ? t('review.waiting', { n: total }) : t('review.none')),
      el('p', {}, el('a', { href: to('agreement') }, t('agreement.open'))), items.length ? signature() : null, list, foot);
  } catch (error) {
    replace(main, head(), trouble(error));
  }
  return null;
}
