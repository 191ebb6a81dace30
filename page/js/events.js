// Events: map, timeline and table under one filter.

import { announce, el, goOn, painted, replace } from './dom.js';
import { t } from './words.js';
import { filter } from './address.js';
import { counts, events } from './records.js';
import { chips, complete, filterForm, nameField } from './filters.js';
import { eventTable } from './table.js';
import { timeline } from './timeline.js';
import { charts } from './charts.js';
import { mapPane } from './map.js';
import { at } from './places.js';
import { nameOf } from './quote.js';
import { current, fresh, watchPane } from './watches.js';
import { takeaway } from './takeaway.js';
import { trouble } from './trouble.js';

const LIMIT = 100;
// In pixels: what stands above the rows, and the height of a row, take no less.
const HEAD = 280;
const ROW = 56;
// In milliseconds. To lay out and paint the page takes longer than the answers do: with them at hand, it is done once.
const SOON = 250;

let begun = null;

/** Asks for what the view will show, before there are words to show it in; waits for the rows, if they come soon. */
export function beginEvents() {
  begun = ask(filter());
  return Promise.race([begun.rows.catch(() => {}), new Promise((done) => { setTimeout(done, SOON); })]);
}

/** The rows, and how all events spread, which is longer to write and to read and stands further down. */
function ask(asked, signal) {
  const answers = { rows: events(asked, { limit: LIMIT, signal }), spread: counts(asked, signal) };
  for (const answer of Object.values(answers)) answer.catch(() => {});
  return answers;
}

/** Draws the view into `main` and keeps it until `signal` says that the reader went on. */
export async function eventsView(main, signal) {
  const asked = filter();
  // Asked for before anything is drawn: the answers come while the page is made.
  const answers = begun ?? ask(asked, signal);
  begun = null;
  const list = el('section', { class: 'list', id: 'list', 'aria-label': t('events.title') }, el('p', { class: 'note' }, t('loading')));
  const along = el('div', { class: 'along' });
  const tallies = el('div', { class: 'tallies' });
  const told = el('p', { class: 'total' });
  let chosen = null;
  const form = filterForm();
  const set = el('div', {}, chips());
  const map = mapPane({ after: answers.spread, choose: (place) => choose(chosen === place.key ? null : place) });
  signal.addEventListener('abort', () => map.remove());
  replace(main,
    el('div', { class: 'events-head' }, el('h1', { tabindex: '-1' }, t('events.title')), told),
    el('details', { class: 'filter-fold', open: wide() || Object.keys(asked).length > 0 }, el('summary', {}, t('filter.label')), form, watchPane()),
    set,
    el('div', { class: 'events-body' },
      el('div', { class: 'overview' }, map.pane, along),
      list, tallies));
  painted().then(() => complete(form));

  const loaded = [];
  let tally = {};
  let next = null;
  const unseen = current() ? new Set(await fresh(current()).catch(() => [])) : null;

  /** Shows the events of one place only; of all with null. */
  async function choose(place) {
    chosen = place?.key ?? null;
    map.set(tally.place ?? [], tally.unplaced ?? 0, chosen, true);
    const near = place && next ? (await events({ ...asked, place: place.place.value }, { limit: LIMIT, signal })).items : loaded;
    table(place ? near.filter((event) => at(event, place)) : loaded, place);
    if (place) announce(t('events.at', { place: nameOf(place.place), n: place.n }));
  }

  /** Draws the table; of its rows `first` at once, the others, and what stands below them, by what it gives back. */
  function table(these, place, first = these.length) {
    const { table: drawn, rest } = eventTable(these, { first, fresh: (event) => unseen?.has(event.id) });
    const below = () => [
      next && !place ? el('button', { type: 'button', class: 'more-button', onclick: more }, t('events.more')) : null,
      these.length && !place ? takeaway(asked) : null].filter(Boolean);
    replace(list,
      place ? el('p', { class: 'narrowed' }, t('events.at', { place: nameOf(place.place), n: these.length }), ' ',
        el('button', { type: 'button', onclick: () => choose(null).then(() => goOn([list])) }, t('events.all'))) : null,
      these.length ? drawn : el('p', { class: 'nothing' }, t('events.none')));
    const others = () => { rest(); list.append(...below()); };
    if (first < these.length) return others;
    others();
    return () => {};
  }

  async function more() {
    const page = await events(asked, { cursor: next, limit: LIMIT, signal });
    const shown = loaded.length;
    loaded.push(...page.items);
    next = page.next;
    table(loaded, null);
    goOn([...list.querySelectorAll('tr[data-event]')].slice(shown));
  }

  try {
    const page = await answers.rows;
    loaded.push(...page.items);
    next = page.next;
    // Rows that fill a window come first, then the others, then the charts, whose room can only be told when all is laid out.
    const rest = table(loaded, null, Math.max(1, Math.ceil((innerHeight - HEAD) / ROW)));
    await painted();
    if (signal.aborted) return null;
    told.textContent = t('count.events', { n: page.total });
    announce(told.textContent);
    rest();
    const numbers = await answers.spread;
    if (signal.aborted) return null;
    tally = numbers;
    const named = names(numbers, asked);
    for (const [name, shown] of Object.entries(named)) nameField(form, name, asked[name], shown);
    replace(set, chips(named));
    replace(along, timeline(numbers.month ?? [], numbers.untimed ?? 0, Math.max(240, (along.clientWidth || 300) - 8)));
    replace(tallies, charts(numbers));
    await map.set(numbers.place ?? [], numbers.unplaced ?? 0, null, false);
  } catch (error) {
    if (error.name !== 'AbortError') replace(list, trouble(error));
  }
  return null;
}

/** The names of the place and the actor that a filter holds by their ids. */
function names(counts, asked) {
  const rows = ['place', 'actor'].map((kind) => [kind, (counts[kind] ?? []).find((row) => row.value === asked[kind])]);
  return Object.fromEntries(rows.filter(([, row]) => row).map(([kind, row]) => [kind, nameOf(row)]));
}

function wide() {
  return matchMedia('(min-width: 60rem)').matches;
}
