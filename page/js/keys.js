// Keys for every view, and the sheet that lists them. Keys of one letter can be turned off, as they get in the way of who
// speaks to the computer.

import { el, replace } from './dom.js';
import { t } from './words.js';
import { to } from './address.js';

const OFF = 'marsad.keys';

const enabled = () => localStorage.getItem(OFF) !== 'off';
const typing = (target) => target.closest?.('input, textarea, select, [contenteditable]');

const LIST = [
  ['?', 'keys.sheet'], ['/', 'keys.find'], ['e', 'keys.events'], ['s', 'keys.search'], ['a', 'keys.aside'], ['i', 'keys.inbox'], ['r', 'keys.review'],
  ['j', 'keys.next'], ['k', 'keys.previous'], ['Enter', 'keys.open'], ['m', 'keys.map'], ['t', 'keys.list'],
  ['o', 'keys.original'], ['x', 'keys.expand'], ['y n c', 'keys.rule'], ['p g v h u', 'keys.rule.more'], ['y n h u', 'keys.rule.inbox'], ['l', 'keys.language'], ['d', 'keys.theme'], ['Esc', 'keys.close'],
];

/** What a key does with the claim under review. */
const RULES = { y: 'accept', n: 'reject', c: 'correct', p: 'part', g: 'join', v: 'further', h: 'history', u: 'undo' };

function step(by) {
  const lines = [...document.querySelectorAll('tr[data-event] td.what a, .found h2 a, main .agreement > summary, main .told a, .waits h2 a')];
  const here = lines.indexOf(document.activeElement);
  const next = lines[Math.min(lines.length - 1, Math.max(0, here + by))];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}

function expand() {
  const all = [...document.querySelectorAll('main details')];
  const open = all.some((d) => !d.open);
  for (const one of all) one.open = open;
}

function find() {
  const field = document.querySelector('#filter-q, #search-q');
  if (!field) {
    location.hash = to('search');
    return;
  }
  const fold = field.closest('details');
  if (fold) fold.open = true;
  field.focus();
}

/** Opens or closes the sheet. */
export function sheet() {
  const open = document.querySelector('dialog.sheet');
  if (open) {
    open.close();
    return;
  }
  const box = el('input', { type: 'checkbox', checked: enabled(), onchange: (e) => localStorage.setItem(OFF, e.target.checked ? 'on' : 'off') });
  const dialog = el('dialog', { class: 'sheet', 'aria-labelledby': 'sheet-title', onclose: () => dialog.remove() });
  replace(dialog, el('h2', { id: 'sheet-title' }, t('keys.title')),
    el('dl', {}, LIST.flatMap(([key, what]) => [el('dt', {}, el('kbd', { dir: 'ltr' }, key)), el('dd', {}, t(what))])),
    el('p', {}, t('keys.map.moves')),
    el('p', {}, el('label', {}, box, ' ', t('keys.on'))),
    el('form', { method: 'dialog' }, el('button', { class: 'strong' }, t('close'))));
  document.body.append(dialog);
  dialog.showModal();
}

/** The card that a key is meant for: the one in which the reader is, else the first that waits. */
function current() {
  return document.activeElement?.closest('.waits') ?? document.querySelector('.waits:not(.ruled)');
}

/** Presses the button of the card that has this name; false where there is none. */
function press(which) {
  const button = current()?.querySelector(`button[data-does="${which}"]`);
  button?.click();
  return Boolean(button);
}

/** Listens for keys; `does` has what the frame of the page offers. */
export function listenForKeys(does) {
  document.addEventListener('keydown', (e) => {
    if (e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey) return;
    if (e.key === 'Escape' && typing(e.target)) { e.target.blur(); return; }
    if (typing(e.target) || !enabled() || (document.querySelector('dialog[open]') && e.key !== '?')) return;
    const act = {
      '?': sheet, '/': find, e: () => { location.hash = to('events'); }, s: () => { location.hash = to('search'); }, a: () => { location.hash = to('aside'); }, i: () => { location.hash = to('inbox'); }, r: () => { location.hash = to('review'); },
      j: () => step(1), k: () => step(-1), m: () => document.querySelector('#map svg, #map canvas, #map [tabindex]')?.focus(),
      t: () => document.querySelector('#list a')?.focus(), o: () => { const d = document.querySelector('#original'); if (d) { d.open = true; d.querySelector('summary').focus(); } },
      x: expand, l: does.language, d: does.theme,
    }[e.key];
    if (!act && !(RULES[e.key] && press(RULES[e.key]))) return;
    e.preventDefault();
    act?.();
  });
}
