// The inbox: a link is pasted or a file dropped, and each report is put where it is in the day's work.

import { announce, el, goOn, replace } from './dom.js';
import { label, number, t } from './words.js';
import { name, tame } from './quote.js';
import { reason } from './reasons.js';
import { decide, history, inbox, take } from './records.js';
import { trouble } from './trouble.js';
import { moment, when } from './when.js';
import { described, refused, signature, signed } from './signature.js';
import { incident } from './incident.js';
import { to } from './address.js';
import { original as sealed } from './aside.js';

const SHOWN = 20;
/** The states that a person puts a report in, with the key of each that has one. `withdrawn` is ruled where bytes are destroyed. */
const STATES = [['relevant', 'y', 'accept'], ['not_relevant', 'n', 'reject'], ['duplicate'], ['coded'], ['second_review'], ['published'], ['corrected'], ['new']];

const key = (letter) => (letter ? [' ', el('kbd', { 'aria-hidden': 'true', dir: 'ltr' }, letter)] : null);

function stands(desk) {
  return [el('strong', {}, label('state', desk.state)), desk.proposed ? el('span', { class: 'note' }, ' ', t('inbox.proposed')) : null,
    desk.copies ? [' ', el('a', { href: to('report', desk.copies) }, t('inbox.copies'))] : null,
    ' · ', desk.by ? [name(desk.by), ' · '] : null, moment(desk.at),
    desk.handed_in_by ? [' · ', t('inbox.handed'), ' ', name(desk.handed_in_by)] : null];
}

/** One report, with all that can be done with it. */
function card({ report, desk }, ticked) {
  const head = el('p', { class: 'stands' });
  const said = el('div', { class: 'said', role: 'status' });
  const past = el('div', {});
  const mine = [];
  const tell = (now) => replace(head, stands(now));
  const rule = async (ruling) => {
    const who = signed();
    if (!who) return null;
    try {
      const decision = await decide({ ...who, seen: desk.seen, rule: ruling });
      desk.seen.push(decision.id);
      mine.push(decision.id);
      return decision;
    } catch (error) {
      replace(said, refused(error, (id) => { desk.seen.push(id); replace(said); }));
      return null;
    }
  };
  const put = async (state) => {
    const decision = await rule({ ruling: 'state', report: desk.id, state });
    if (!decision) return;
    tell({ ...desk, state, proposed: false, copies: null, by: decision.by, at: decision.at });
    const words = t('inbox.put', { state: label('state', state) });
    replace(said, el('p', {}, words, ' ', el('button', { type: 'button', 'data-does': 'undo', onclick: undo }, t('review.undo'), key('u'))));
    announce(words);
  };
  async function undo() {
    const last = mine.pop();
    const decision = last && await rule({ ruling: 'undo', undoes: last });
    if (!decision) return;
    mine.pop();
    tell(desk);
    replace(said, el('p', {}, t('review.undone')));
    announce(t('review.undone'));
  }
  const recount = async () => {
    if (past.childNodes.length) { replace(past); return; }
    try {
      const { items } = await history({ report: desk.id });
      const states = items.filter((one) => one.ruling === 'state');
      replace(past, el('h3', {}, t('review.history')), states.length ? el('ul', { class: 'history' }, states.map(described)) : el('p', { class: 'note' }, t('inbox.nobody')));
    } catch (error) {
      replace(past, trouble(error));
    }
  };
  const tick = el('input', { type: 'checkbox', name: 'incident', onchange: (e) => ticked(desk.id, e.target.checked) });
  const box = el('article', { class: 'waits', 'data-report': desk.id });
  tell(desk);
  replace(box,
    el('h2', {}, report ? el('a', { href: to('report', desk.id), lang: report.language, dir: report.direction }, tame(report.title ?? t('inbox.untitled'))) : el('span', {}, t('inbox.gone'))),
    report ? el('p', { class: 'note' }, name(report.source?.name ?? t('unknown')), ' · ', when(report.published, true)) : null,
    head, desk.why ? el('p', {}, name(desk.why)) : null,
    report ? el('p', { class: 'does' },
      STATES.map(([state, letter, does]) => el('button', { type: 'button', 'data-state': state, 'data-does': does ?? null, onclick: () => put(state) }, label('state', state), key(letter))),
      el('button', { type: 'button', 'data-does': 'history', onclick: recount }, t('review.history'), key('h')),
      el('a', { class: 'button', href: to('second', desk.id) }, t('second.open')),
      el('label', { class: 'tick' }, tick, ' ', t('inbox.tick'))) : null,
    said, past);
  return box;
}

function wall(aside) {
  return el('article', { class: 'waits wall' },
    el('h2', {}, aside.by_hand ? name(aside.by_hand) : t('inbox.untitled')),
    el('p', { class: 'url', dir: 'auto' }, tame(aside.url ?? aside.path)),
    el('p', { class: 'stands' }, el('strong', {}, label('state', 'capture_by_hand')), el('span', { class: 'note' }, ' ', t('inbox.proposed'))),
    el('p', {}, reason(aside.reason ?? '', aside.kind)));
}

function came(taken) {
  const more = taken.reports.length - taken.known;
  return [el('p', {}, more ? t('inbox.taken', { n: more }) : taken.known ? null : t('inbox.nothing'), taken.known ? [' ', t('inbox.known', { n: taken.known })] : null),
    el('ul', {}, taken.reports.map((id, i) => el('li', {}, el('a', { href: to('report', id) }, t('inbox.open', { n: i + 1 }))))),
    taken.set_aside.length ? el('ul', { class: 'aside-list' }, taken.set_aside.map((one) => el('li', {}, tame(one.url ?? one.path), ': ', reason(one.reason, one.kind), one.sealed ? sealed(one) : null))) : null];
}

/** Where a link is pasted and files are dropped. */
function door(done) {
  const said = el('div', { class: 'came', role: 'status' });
  const offer = async (what) => {
    const line = el('div', {}, t('inbox.taking'));
    said.prepend(line);
    try {
      replace(line, came(await take(what, document.querySelector('#review-who')?.value.trim())));
      announce(line.textContent);
      done();
    } catch (error) {
      replace(line, what.name ? el('p', {}, tame(what.name)) : null, trouble(error));
    }
  };
  const all = async (files) => { for (const file of files) await offer(file); };
  const link = el('input', { id: 'inbox-link', type: 'url', dir: 'ltr', required: true, maxlength: 2000, placeholder: 'https://' });
  const files = el('input', { id: 'inbox-file', type: 'file', multiple: true, onchange: async (e) => { await all([...e.target.files]); e.target.value = ''; } });
  const over = (on) => (e) => { e.preventDefault(); zone.classList.toggle('over', on); };
  const zone = el('div', { class: 'drop', ondragover: over(true), ondragleave: over(false), ondrop: (e) => { over(false)(e); all([...e.dataTransfer.files]); } },
    el('label', {}, t('inbox.drop'), ' ', files));
  const form = el('form', { class: 'search-form', onsubmit: async (e) => { e.preventDefault(); const url = link.value.trim(); link.value = ''; await offer({ url }); } },
    el('label', { for: 'inbox-link' }, t('inbox.link')), link, el('button', { class: 'strong' }, t('inbox.take')));
  return el('section', { class: 'door', 'aria-label': t('inbox.door') }, form, zone, said);
}

/** The view. */
export async function inboxView(main, query) {
  const state = query.get('state');
  const chosen = new Set();
  const [tabs, list, foot, draft] = [el('nav', { class: 'states', 'aria-label': t('inbox.states') }), el('div', {}), el('p', {}), el('div', { class: 'draft' })];
  const tab = (value, words, n) => el('a', { href: to('inbox', null, value ? { state: value } : {}), 'aria-current': (state ?? '') === value ? 'true' : null }, words, ' ', el('span', { class: 'note' }, number(n)));
  const ticked = (id, on) => {
    if (on) chosen.add(id); else chosen.delete(id);
    incident(draft, [...chosen]);
  };
  const more = async (cursor) => {
    const page = await inbox({ state, cursor, limit: SHOWN });
    replace(tabs, tab('', t('inbox.all'), page.states.reduce((sum, one) => sum + one.count, 0)), page.states.filter((one) => one.count || one.value === state).map((one) => tab(one.value, label('state', one.value), one.count)));
    const cards = page.items.map((one) => (one.aside ? wall(one.aside) : card(one, ticked)));
    list.append(...cards);
    if (cursor) goOn(cards);
    replace(foot, page.next ? el('button', { type: 'button', onclick: () => more(page.next) }, t('review.more')) : null,
      page.total ? null : el('span', { class: 'note' }, t('inbox.none')));
  };
  const again = async () => {
    replace(list);
    chosen.clear();
    replace(draft);
    await more(null);
  };
  const head = el('h1', { tabindex: '-1' }, t('inbox.title'));
  replace(main, head, el('p', { class: 'note' }, t('loading')));
  try {
    await more(null);
    replace(main, head, el('p', { class: 'lede' }, t('inbox.lede')), door(again), signature(), tabs, draft, list, foot);
  } catch (error) {
    replace(main, head, trouble(error));
  }
  return null;
}
