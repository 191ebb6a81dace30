// Filters that the reader keeps, with which of their events were there when they last looked. All of it stays in the
// reader's own browser.

import { el } from './dom.js';
import { t } from './words.js';
import { filter, to } from './address.js';
import { events } from './records.js';

const KEY = 'marsad.watches';
const REMEMBERED = 2000;
const PAGE = 500;

/** The kept watches. */
export function watches() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter((w) => w && typeof w.name === 'string') : [];
  } catch {
    return [];
  }
}

function keep(list) {
  localStorage.setItem(KEY, JSON.stringify(list));
}

const bare = (f) => JSON.stringify(Object.entries(f).filter(([name]) => name !== 'sort').sort());

/** The watch whose filter is the one of the address. */
export function current() {
  return watches().find((w) => bare(w.filter) === bare(filter())) ?? null;
}

async function ids(of) {
  const found = [];
  let cursor = null;
  do {
    const page = await events(of, { cursor, limit: PAGE });
    found.push(...page.items.map((event) => event.id));
    cursor = page.next;
  } while (cursor && found.length < REMEMBERED);
  return found;
}

/** Which events of a watch were not there when it was last looked at. */
export async function fresh(watch) {
  const seen = new Set(watch.seen ?? []);
  return (await ids(watch.filter)).filter((id) => !seen.has(id));
}

async function looked(name) {
  const watch = watches().find((w) => w.name === name);
  if (!watch) return;
  const seen = await ids(watch.filter);
  keep(watches().map((w) => (w.name === name ? { ...w, seen } : w)));
}

function line(watch, changed) {
  const news = el('span', { class: 'news' });
  fresh(watch).then((list) => {
    news.textContent = list.length ? t('watch.new', { n: list.length }) : t('watch.nothing');
    if (list.length) news.classList.add('some');
  }).catch(() => { news.textContent = ''; });
  return el('li', {},
    el('a', { href: to('events', null, watch.filter) }, el('bdi', {}, watch.name)), news,
    el('button', { type: 'button', onclick: async () => { await looked(watch.name); changed(); } }, t('watch.looked')),
    el('button', { type: 'button', 'aria-label': t('watch.drop', { name: watch.name }), onclick: () => { keep(watches().filter((w) => w.name !== watch.name)); changed(); } }, '×'));
}

/** The list of watches and a form to keep the filter that is set. */
export function watchPane() {
  const pane = el('details', { class: 'watches' });
  const draw = () => {
    const list = watches();
    const field = el('input', { type: 'text', id: 'watch-name', maxlength: '60', dir: 'auto', required: true });
    const form = el('form', { class: 'keep', onsubmit: async (e) => {
      e.preventDefault();
      const name = field.value.trim();
      if (!name) return;
      keep([...watches().filter((w) => w.name !== name), { name, filter: filter(), seen: await ids(filter()) }]);
      draw();
    } }, el('label', { for: 'watch-name' }, t('watch.name')), field, el('button', { type: 'submit' }, t('watch.keep')));
    pane.replaceChildren(el('summary', {}, t('watch.title'), list.length ? ` (${list.length})` : ''),
      list.length ? el('ul', {}, list.map((w) => line(w, draw))) : el('p', { class: 'note' }, t('watch.none')), form);
  };
  draw();
  return pane;
}
