// Who rules, and why; what was ruled; and what is said when somebody else ruled meanwhile. The same wherever people rule.

import { el } from './dom.js';
import { label, t } from './words.js';
import { name, tame } from './quote.js';
import { moment } from './when.js';
import { trouble } from './trouble.js';

const WHO = 'marsad.who';

/** The field for who rules and why; both are kept while the page is open, who also after. */
export function signature() {
  const who = el('input', { id: 'review-who', autocomplete: 'name', required: true, maxlength: 120, value: localStorage.getItem(WHO) ?? '', onchange: (e) => localStorage.setItem(WHO, e.target.value.trim()) });
  const why = el('input', { id: 'review-why', required: true, maxlength: 1000 });
  return el('form', { class: 'signature', onsubmit: (e) => e.preventDefault() },
    el('label', {}, t('review.who'), ' ', who), el('label', {}, t('review.why'), ' ', why),
    el('p', { class: 'trouble unsigned', role: 'alert', hidden: true }));
}

/** Who rules and why; null, and the reader is led there, where either is missing. */
export function signed() {
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

/** A decision as a line of a history. */
export function described(decision) {
  const side = (value) => el('code', { dir: 'auto' }, tame(JSON.stringify(value)));
  const changes = (decision.changes ?? []).map((c) => el('p', { class: 'diff' },
    el('del', {}, side(c.before.value)), ' ', el('ins', {}, side(c.after.value))));
  const harmed = decision.harmed ? label('suffered', decision.harmed.harm) : t('further.unharmed');
  const named = decision.victim ? [': ', name(decision.victim.exact), t('list.comma'), decision.ruling === 'victim' ? harmed : label('publish', decision.publish)] : null;
  const state = decision.ruling === 'state' ? [': ', label('state', decision.state)] : null;
  return el('li', {}, el('p', {}, el('strong', {}, label('ruling', decision.ruling), state, named), ' · ', name(decision.by), ' · ', moment(decision.at),
    decision.standing === 'stands' ? null : el('span', { class: 'note' }, ' ', label('standing', decision.standing))),
  el('p', {}, name(decision.why)), changes);
}

/** What is said where nothing was decided: the ruling that came before, which `saw` is told of once it was looked at. */
export function refused(error, saw) {
  const other = error.decision;
  if (!other) return trouble(error);
  return el('div', { class: 'trouble', role: 'alert' }, el('p', {}, t('review.meanwhile')), el('ul', {}, described(other)),
    el('button', { type: 'button', onclick: () => saw(other.id) }, t('review.saw')));
}
