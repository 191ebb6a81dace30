// The desk: what is least certain first, each claim beside its sentence, to be accepted, corrected, parted, joined, taken back.

import { announce, el, replace } from './dom.js';
import { label, number, t } from './words.js';
import { labelled, name, tame } from './quote.js';
import { decide, history, queue } from './records.js';
import { typeLabel } from './filters.js';
import { trouble } from './trouble.js';
import { sentence } from './sentence.js';
import { harm } from './value.js';
import { instant, when } from './when.js';
import { correction } from './correction.js';
import { to } from './address.js';

const SHOWN = 10;
const WHO = 'marsad.who';

const cards = () => [...document.querySelectorAll('.waits')];

/** The card that a key is meant for: the one in which the reader is, else the first that waits. */
function current() {
  return document.activeElement?.closest('.waits') ?? cards().find((one) => !one.classList.contains('ruled'));
}

/** Presses the button of the card that has this name; false where there is none. */
export function press(which) {
  const button = current()?.querySelector(`button[data-does="${which}"]`);
  button?.click();
  return Boolean(button);
}

function values(claim, labels) {
  const row = (key, nodes) => (nodes.length ? [el('dt', {}, t(key)), el('dd', {}, nodes)] : null);
  const decided = new Set((claim.decided ?? []).map((one) => one.attribute));
  const mark = (attribute) => (decided.has(attribute) ? el('span', { class: 'note' }, ' ', t('review.decided')) : null);
  const known = (thing) => ({ ...thing, label: labels.find((one) => one.id === thing.id)?.label });
  const list = (nodes) => nodes.flatMap((node, i) => [i ? t('list.comma') : '', node]);
  return el('dl', { class: 'facts' },
    row('review.type', [typeLabel(claim.type), mark('type')]),
    row('attribute.actors', claim.actors.length ? [list(claim.actors.map((a) => el('span', {}, label('role', a.role), ' ', labelled(known(a))))), mark('actors')] : []),
    row('attribute.place', claim.places.length ? [list(claim.places.filter((p) => p.role === 'where').map(known).map(labelled)), mark('places')] : []),
    row('attribute.time', claim.time ? [when(claim.time), mark('time')] : []),
    row('attribute.casualties', claim.casualties.length ? [list(claim.casualties.map(harm)), mark('casualties')] : []),
    row('review.sure', [number(claim.confidence)]));
}

/** The field for who rules and why; both are kept while the page is open, who also after. */
function signature() {
  const who = el('input', { id: 'review-who', autocomplete: 'name', required: true, maxlength: 120, value: localStorage.getItem(WHO) ?? '', onchange: (e) => localStorage.setItem(WHO, e.target.value.trim()) });
  const why = el('input', { id: 'review-why', required: true, maxlength: 1000 });
  return el('form', { class: 'signature', onsubmit: (e) => e.preventDefault() },
    el('label', {}, t('review.who'), ' ', who), el('label', {}, t('review.why'), ' ', why),
    el('p', { class: 'trouble unsigned', role: 'alert', hidden: true }));
}

function signed() {
  const [who, why] = ['#review-who', '#review-why'].map((id) => document.querySelector(id));
  who.form.querySelector('.unsigned').hidden = true;
  const empty = [who, why].find((field) => !field.value.trim());
  if (empty) {
    const note = empty.form.querySelector('.unsigned');
    note.textContent = t('review.unsigned');
    note.hidden = false;
    empty.focus();
    return null;
  }
  return { by: who.value.trim(), why: why.value.trim() };
}

function described(decision) {
  const side = (value) => el('code', { dir: 'auto' }, tame(JSON.stringify(value)));
  const changes = (decision.changes ?? []).map((c) => el('p', { class: 'diff' },
    el('del', {}, side(c.before.value)), ' ', el('ins', {}, side(c.after.value))));
  return el('li', {}, el('p', {}, el('strong', {}, label('ruling', decision.ruling)), ' · ', name(decision.by), ' · ', instant(decision.at),
    decision.standing === 'stands' ? null : el('span', { class: 'note' }, ' ', label('standing', decision.standing))),
  el('p', {}, name(decision.why)), changes);
}

/** One claim that waits, with all that can be done with it. */
function card({ claim, report, seen, labels }, shared) {
  const said = el('div', { class: 'said', role: 'status' });
  const past = el('div', {});
  const form = el('div', {});
  const mine = [];
  const box = el('article', { class: 'waits', 'data-claim': claim.id });

  const rule = async (ruling, done, others = []) => {
    const signature = signed();
    if (!signature) return false;
    try {
      const decision = await decide({ ...signature, seen: [...seen, ...others], rule: ruling });
      seen.push(decision.id);
      mine.push(decision.id);
      if (done) replace(said, el('p', {}, t(done), ' ', el('button', { type: 'button', 'data-does': 'undo', onclick: undo }, t('review.undo'))));
      if (done) announce(t(done));
      return true;
    } catch (error) {
      const other = error.decision;
      replace(said, other ? el('div', { class: 'trouble', role: 'alert' }, el('p', {}, t('review.meanwhile')), el('ul', {}, described(other)),
        el('button', { type: 'button', onclick: () => { seen.push(other.id); replace(said); } }, t('review.saw'))) : trouble(error));
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
      button('history', 'h', tell)),
    said, form, past);
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
      list.append(...page.items.map((one) => card(one, shared)));
      replace(foot, page.next ? el('button', { type: 'button', onclick: () => more(page.next) }, t('review.more')) : null);
      return page;
    };
    const { total, items } = await more(null);
    replace(main, head(), el('p', { class: 'lede' }, items.length ? t('review.waiting', { n: total }) : t('review.none')), items.length ? signature() : null, list, foot);
  } catch (error) {
    replace(main, head(), trouble(error));
  }
  return null;
}
