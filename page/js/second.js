// Second coding: a report's claims as they were read, without anything that people ruled and without a way to it.

import { announce, el, replace } from './dom.js';
import { t } from './words.js';
import { publisher, quoting, tame } from './quote.js';
import { blind, decide } from './records.js';
import { typeLabel } from './filters.js';
import { values } from './claim.js';
import { correction } from './correction.js';
import { refused, signature, signed } from './signature.js';
import { trouble } from './trouble.js';
import { when } from './when.js';
import { to } from './address.js';

const key = (letter) => [' ', el('kbd', { 'aria-hidden': 'true', dir: 'ltr' }, letter)];

/** One claim, to be coded: read rightly, not said so, or with other values. */
function card(claim, report, labels) {
  const said = el('div', { class: 'said', role: 'status' });
  const form = el('div', {});
  const seen = [];
  const box = el('article', { class: 'waits', 'data-claim': claim.id, tabindex: '-1' });
  const give = async (verdict, given = []) => {
    const who = signed();
    if (!who) return;
    try {
      const decision = await decide({ ...who, seen, rule: { ruling: 'second', claim: claim.id, verdict, values: given } });
      seen.push(decision.id);
      replace(form);
      replace(said, el('p', {}, t(given.length ? 'second.corrected' : `second.${verdict}`)));
      announce(t(given.length ? 'second.corrected' : `second.${verdict}`));
      box.classList.add('ruled');
      (document.querySelector('.waits:not(.ruled)') ?? box).querySelector('button').focus();
    } catch (error) {
      replace(said, refused(error, (id) => { seen.push(id); replace(said); }));
    }
  };
  const correct = () => {
    if (form.childNodes.length) { replace(form); return; }
    replace(form, correction(claim, (rules) => give('accepted', rules.map(({ attribute, value }) => ({ attribute, value })))));
    form.querySelector('input, select').focus();
  };
  const button = (does, letter, act) => el('button', { type: 'button', 'data-does': does, onclick: act }, t(`review.${does}`), key(letter));
  const pieces = [claim.evidence, ...(claim.more_evidence ?? [])].filter((piece) => piece?.text);
  replace(box,
    el('h2', {}, typeLabel(claim.type)),
    el('div', { class: 'two' },
      el('figure', { class: 'sentence' }, pieces.map((piece) => el('blockquote', quoting(report.language, piece.text), tame(piece.text)))),
      values(claim, labels)),
    el('p', { class: 'does' }, button('accept', 'y', () => give('accepted')), button('reject', 'n', () => give('rejected')), button('correct', 'c', correct)),
    said, form);
  return box;
}

/** The view of a report for a second coder. */
export async function secondView(main, id) {
  const head = () => el('h1', { tabindex: '-1' }, t('second.title'));
  replace(main, head(), el('p', { class: 'note' }, t('loading')));
  try {
    const { report, claims, labels, text } = await blind(id);
    replace(main, head(),
      el('p', { class: 'lede' }, t('second.lede')), el('p', { class: 'note' }, t('second.honest')),
      el('p', {}, el('strong', quoting(report.language, report.title ?? ''), tame(report.title ?? t('report.untitled'))), ' · ', publisher(report), ' · ', when(report.published, true)),
      el('details', {}, el('summary', {}, t('second.whole')), el('div', { class: 'text', ...quoting(report.language, text) }, tame(text).split('\n').filter(Boolean).map((p) => el('p', {}, p)))),
      claims.length ? signature() : el('p', { class: 'note' }, t('report.noclaims')),
      claims.map((claim) => card(claim, report, labels)),
      el('p', {}, el('a', { href: to('agreement') }, t('agreement.open'))));
  } catch (error) {
    replace(main, head(), trouble(error));
  }
  return null;
}
