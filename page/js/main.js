// The frame: masthead, colophon, and which view the address asks for.

import { announce, el, replace } from './dom.js';
import { LANGUAGES, language, t, useLanguage } from './words.js';
import { read, to } from './address.js';
import { forget, listen } from './api.js';
import { status } from './records.js';
import { beginEvents, eventsView } from './events.js';
import { listenForKeys, sheet } from './keys.js';
import { turn } from './theme.js';
import { loadReasons } from './reasons.js';
import { trouble } from './trouble.js';

const main = document.getElementById('main');
let leaving = new AbortController();
let arrived = null;
let last = null;

/** Views that few see first: their code is asked for when the first view stands, or when they are. */
const LATER = {
  event: () => import('./dossier.js').then(({ dossierView }) => (room, { id, query }) => dossierView(room, id, query)),
  report: () => import('./report.js').then(({ reportView }) => (room, { id, query }) => reportView(room, id, query)),
  lineage: () => import('./lineage.js').then(({ lineageView }) => (room, { id }) => lineageView(room, id)),
  search: () => import('./search.js').then(({ searchView }) => (room, { query }) => searchView(room, query)),
  aside: () => import('./aside.js').then(({ asideView }) => (room) => asideView(room)),
  inbox: () => import('./inbox.js').then(({ inboxView }) => (room, { query }) => inboxView(room, query)),
  review: () => import('./review.js').then(({ reviewView }) => (room) => reviewView(room)),
  second: () => import('./second.js').then(({ secondView }) => (room, { id }) => secondView(room, id)),
  agreement: () => import('./agreement.js').then(({ agreementView }) => (room) => agreementView(room)),
};

async function show(view, room, asked) {
  if (!LATER[view]) return eventsView(room, asked.signal);
  let draws;
  try {
    draws = await LATER[view]();
  } catch (error) {
    replace(room, trouble(error));
    return null;
  }
  return draws(room, asked);
}

function masthead() {
  const { view } = read();
  const tab = (name) => el('a', { href: to(name), 'aria-current': view === name || (name === 'events' && view === 'event') ? 'page' : null }, t(`nav.${name}`));
  const other = LANGUAGES.find((one) => one !== language());
  replace(document.getElementById('masthead'),
    el('a', { class: 'brand', href: to('events') }, el('span', { lang: 'en' }, 'Marsad'), ' ', el('span', { lang: 'ar', dir: 'rtl' }, 'مرصد')),
    el('nav', { 'aria-label': t('nav.label') }, tab('events'), tab('inbox'), tab('review'), tab('search'), tab('aside')),
    el('div', { class: 'settings' },
      el('button', { type: 'button', lang: other, onclick: changeLanguage }, t('other.language')),
      el('button', { type: 'button', onclick: turn, 'aria-label': t('theme'), title: t('theme') }, '◐'),
      el('button', { type: 'button', 'aria-label': t('keys.title'), title: t('keys.title'), onclick: sheet }, '?')));
  document.getElementById('skip').textContent = t('skip');
}

async function colophon() {
  const foot = document.getElementById('colophon');
  const state = await status().catch(() => null);
  replace(foot, el('p', {}, t('colophon.grade')), el('p', {}, t('colophon.borders')),
    state?.stale ? el('p', {}, t('colophon.stale')) : null,
    state ? el('p', { class: 'note' }, t('colophon.state', { program: state.program ?? state.version ?? '', knowledge: state.knowledge ?? '' })) : null);
}

async function changeLanguage() {
  const other = LANGUAGES.find((one) => one !== language());
  localStorage.setItem('marsad.language', other);
  await useLanguage(other);
  await loadReasons();
  await draw(false);
  document.querySelector('.settings button')?.focus();
}

/** What the reader held before the events were drawn under another filter or order, drawn anew; whoever went elsewhere meanwhile
 * stays there. True where the reader has a place. */
function hold(id) {
  if (document.activeElement !== document.body) return true;
  const again = id && document.getElementById(id);
  if (again) again.focus();
  return Boolean(again);
}

/** Draws what the address asks for; `moved` where the reader came from another view, whose place in the page is lost. */
async function draw(moved = true) {
  leaving.abort();
  leaving = new AbortController();
  const { signal } = leaving;
  const { view, id, query } = read();
  // A link that changes the address has been let go of by the browser.
  const held = view === 'events' && arrived === view && last?.isConnected ? last.id : '';
  masthead();
  document.body.dataset.view = view;
  document.body.dataset.drawn = '';
  // Each view has a room of its own: one that the reader has left draws where nobody looks.
  const room = el('div', { class: 'room' });
  replace(main, room);
  const drawing = show(view, room, { id, query, signal });
  if (held) hold(held);
  const drawn = await drawing;
  if (signal.aborted) return;
  const head = main.querySelector('h1');
  document.title = `${head?.textContent ?? ''} – ${t('marsad')}`;
  const stays = held && hold(held);
  if (moved && arrived && !stays) (drawn?.focus ?? head)?.focus({ preventScroll: Boolean(!drawn?.focus) });
  else if (drawn?.focus && view !== 'search') drawn.focus.focus();
  if (moved && !drawn?.focus && !stays) scrollTo(0, 0);
  // Of what is taller than the window, the beginning is to be seen.
  else drawn?.focus?.scrollIntoView({ block: drawn.focus.getBoundingClientRect().height > innerHeight / 2 ? 'start' : 'center' });
  arrived = view;
  document.body.dataset.drawn = 'yes';
}

let state = null;

/** The server tells of each state of the ledger, the present one first. */
function grew(type, data) {
  if (!data?.state || data.state === state?.state) return;
  const before = state;
  state = data;
  if (!before) return;
  forget();
  const n = data.events - before.events;
  if (n <= 0) return;
  document.querySelector('.grew')?.remove();
  const bar = el('p', { class: 'grew' }, t('stream.new', { n }), ' ', el('button', { type: 'button', onclick: () => { bar.remove(); draw(false); } }, t('stream.show')));
  main.before(bar);
  announce(t('stream.new', { n }));
}

function openForPrint() {
  const shut = [...document.querySelectorAll('.dossier details:not([open])')];
  for (const one of shut) one.open = true;
  addEventListener('afterprint', () => { for (const one of shut) one.open = false; }, { once: true });
}

const first = document.documentElement.lang === 'ar' ? 'ar' : 'en';
await Promise.all([useLanguage(first), loadReasons(first), LATER[read().view] ? null : beginEvents()]);
addEventListener('hashchange', () => draw());
addEventListener('beforeprint', openForPrint);
document.getElementById('skip').addEventListener('click', (e) => { e.preventDefault(); main.focus(); });
main.addEventListener('focusin', (e) => { last = e.target; });
listenForKeys({ language: changeLanguage, theme: turn });
await draw();
await colophon();
listen(grew);
// One that cannot be had now is asked for again when it is wanted.
for (const load of Object.values(LATER)) load().catch(() => {});
