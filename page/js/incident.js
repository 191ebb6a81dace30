// An incident drafted from reports: which of their claims tell of it is for a person to say; they are then one event.

import { announce, el, replace } from './dom.js';
import { t } from './words.js';
import { tame } from './quote.js';
import { decide, history, report } from './records.js';
import { typeLabel } from './filters.js';
import { trouble } from './trouble.js';
import { refused, signed } from './signature.js';
import { to } from './address.js';

let turn = 0;

/** Shows in `room` the claims of these reports, from which an incident is drafted. */
export async function incident(room, ids) {
  turn += 1;
  const mine = turn;
  if (ids.length < 2) {
    replace(room, ids.length ? el('p', { class: 'note' }, t('incident.more')) : null);
    return;
  }
  try {
    const reports = await Promise.all(ids.map(report));
    const seen = (await Promise.all(ids.map((id) => history({ report: id })))).flatMap((one) => one.items.map((d) => d.id));
    if (mine === turn) draw(room, reports, seen);
  } catch (error) {
    replace(room, trouble(error));
  }
}

function draw(room, reports, seen) {
  const said = el('div', { class: 'said', role: 'status' });
  const claims = reports.map((one) => one.claims.filter((claim) => claim.event));
  // What a report tells first is mostly what it is about; the rest is ticked by whoever drafts.
  const line = (claim, first, head) => el('li', {}, el('label', {},
    el('input', { type: 'checkbox', name: 'claim', value: claim.id, checked: first }), ' ', el('strong', {}, typeLabel(claim.type)), ' ',
    el('q', { lang: head.language, dir: 'auto' }, tame(claim.evidence.text))));
  const form = el('form', { onsubmit: async (e) => {
    e.preventDefault();
    const chosen = [...form.querySelectorAll('input[name="claim"]:checked')].map((box) => box.value);
    if (chosen.length < 2) { replace(said, el('p', { class: 'trouble', role: 'alert' }, t('incident.few'))); return; }
    const who = signed();
    if (!who) return;
    try {
      const decision = await decide({ ...who, seen, rule: { ruling: 'merge', claims: chosen } });
      seen.push(decision.id);
      const event = claims.flat().find((claim) => claim.id === chosen[0]).event;
      replace(said, el('p', {}, t('incident.done'), ' ', el('a', { href: to('event', event) }, t('incident.open'))));
      announce(t('incident.done'));
    } catch (error) {
      replace(said, refused(error, (id) => { seen.push(id); replace(said); }));
    }
  } },
  reports.map((one, i) => el('fieldset', {}, el('legend', {}, el('bdi', {}, tame(one.report.title ?? t('inbox.untitled')))),
    claims[i].length ? el('ul', { class: 'told' }, claims[i].map((claim, n) => line(claim, n === 0, one.report))) : el('p', { class: 'note' }, t('incident.silent')))),
  el('button', { class: 'strong' }, t('incident.join')));
  replace(room, el('section', { 'aria-label': t('incident.title') }, el('h2', {}, t('incident.title')), el('p', { class: 'note' }, t('incident.lede')), form, said));
}
