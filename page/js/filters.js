// The filter of the events view: a form whose state is the address.

import { el } from './dom.js';
import { has, label, t } from './words.js';
import { filter, to } from './address.js';

const CLASSES = {
  battle: ['clash', 'offensive', 'raid', 'infiltration', 'territory_gain', 'withdrawal'],
  explosion: ['air_strike', 'drone_strike', 'shelling', 'air_or_artillery', 'naval', 'bombing', 'mine', 'remnant', 'chemical', 'interception'],
  civilians: ['attack', 'targeted_killing', 'crossfire', 'celebratory_fire', 'border_shooting', 'abduction', 'sexual_violence', 'recruitment'],
  communal: ['clash'],
  execution: ['execution'],
  custody: ['arrest', 'escape', 'release', 'surrender', 'torture', 'death'],
  protest: ['protest', 'riot', 'force_used'],
  politics: ['negotiation', 'agreement', 'mediation', 'allegiance', 'demand', 'threat', 'statement', 'responsibility_claim', 'responsibility_denial'],
  movement: ['deployment', 'displacement', 'evacuation', 'return'],
  siege: ['imposed', 'eased', 'lifted', 'siege'],
  aid: ['delivered', 'blocked', 'attacked'],
  property: ['destruction', 'demolition', 'arson', 'looting', 'seizure'],
  remains: ['found'],
};
export const HARMS = ['killed', 'injured', 'captured', 'detained', 'missing', 'displaced', 'surrendered', 'tortured', 'sexual_violence'];

const DAYS = ['from', 'to'];

/** An event's type in words: the kind, or the class where the kind is open or unknown. */
export function typeLabel(type) {
  if (has(`type.${type}`)) return t(`type.${type}`);
  const [cls] = String(type).split('.');
  return has(`class.${cls}`) ? t(`class.${cls}`) : label('type', type);
}

function field(name, control, wide = false) {
  const id = `filter-${name}`;
  control.id = id;
  control.name = name;
  return el('div', { class: wide ? 'field wide' : 'field' }, el('label', { for: id }, t(`filter.${name}`)), control);
}

// What the lists that are not filled yet will hold: nobody opens one before the first rows stand, and to make all choices takes as
// long as to make those. So do fields of days, for which the browser opens its tables of dates; they are plain ones until then.
const unfilled = new WeakMap();

function choice(value, options) {
  const list = el('select', {}, el('option', { value: '' }, t('filter.any')));
  unfilled.set(list, options);
  if (value) fill(list);
  list.value = value ?? '';
  return list;
}

function fill(list) {
  const options = unfilled.get(list);
  if (options) list.append(...options());
  unfilled.delete(list);
}

/** Fills the lists of the form, and makes its days fields of days. */
export function complete(form) {
  for (const list of form.querySelectorAll('select')) fill(list);
  for (const name of DAYS) form.elements[name].type = 'date';
}

function types(value) {
  return choice(value, () => Object.entries(CLASSES).map(([cls, kinds]) => el('optgroup', { label: t(`class.${cls}`) },
    el('option', { value: cls }, t('filter.all.of', { what: t(`class.${cls}`) })),
    kinds.map((kind) => el('option', { value: `${cls}.${kind}` }, typeLabel(`${cls}.${kind}`))))));
}

const text = (value, type = 'text', more = {}) => el('input', { type, value: value ?? '', autocomplete: 'off', ...more });

/** The form, yet to be completed. It changes the address when it is sent or one of its lists is changed; the view follows
 * the address. */
export function filterForm() {
  const now = filter();
  const more = ['harm', 'min_origins', 'language', 'disputed', 'country'].some((name) => now[name]);
  const form = el('form', { class: 'filters', role: 'search', 'aria-label': t('filter.label') },
    field('q', text(now.q, 'search', { dir: 'auto', placeholder: t('filter.q.hint') }), true),
    field('type', types(now.type)),
    field('place', text(now.place, 'text', { dir: 'auto' })),
    field('actor', text(now.actor, 'text', { dir: 'auto' })),
    DAYS.map((name) => field(name, text(now[name], now[name] ? 'date' : 'text'))),
    el('div', { class: 'tail' }, el('div', { class: 'doing' },
      el('button', { type: 'submit', class: 'strong' }, t('filter.apply')),
      el('a', { class: 'button', href: to('events') }, t('filter.clear'))),
    el('details', { class: 'more', open: more },
      el('summary', {}, t('filter.more')),
      el('div', { class: 'fields' },
        field('harm', choice(now.harm, () => HARMS.map((h) => el('option', { value: h }, label('harm', h))))),
        field('min_origins', choice(now.min_origins, () => ['2', '3', '4', '5'].map((n) => el('option', { value: n }, t('filter.origins', { n: Number(n) }))))),
        field('language', choice(now.language, () => ['ar', 'en'].map((l) => el('option', { value: l }, t(`language.${l}`))))),
        field('disputed', choice(now.disputed, () => [el('option', { value: 'true' }, t('filter.disputed.only'))])),
        field('country', text(now.country, 'text', { maxlength: '2', size: '4', dir: 'ltr', placeholder: 'SY' }))))));
  const go = () => {
    const next = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, idOf(form, name) ?? String(value).trim()]));
    location.hash = to('events', null, { ...(now.bbox ? { bbox: now.bbox } : {}), ...(now.sort ? { sort: now.sort } : {}), ...next, country: next.country?.toUpperCase() });
  };
  form.addEventListener('submit', (e) => { e.preventDefault(); go(); });
  form.addEventListener('change', (e) => { if (e.target.matches('select, input[type=date]:not(.typed)')) go(); });
  // A day that is typed is one of the year 2 before it is one of 2031: it holds when the reader goes on.
  form.addEventListener('keydown', (e) => { if (e.target.type === 'date') e.target.classList.add('typed'); });
  form.addEventListener('focusout', (e) => { if (e.target.matches('.typed') && e.target.value !== (now[e.target.name] ?? '')) go(); });
  return form;
}

/** The id that a field stands for, as long as nobody wrote something else into it. */
function idOf(form, name) {
  const { id, shown } = form.elements[name]?.dataset ?? {};
  return id && form.elements[name].value === shown ? id : null;
}

/** Writes the name of a place or an actor into its field, where the filter holds an id. */
export function nameField(form, name, id, shown) {
  const control = form.elements[name];
  if (!control || control.value !== id || id === shown) return;
  control.value = shown;
  control.dataset.id = id;
  control.dataset.shown = shown;
}

/** What the filter is, one by one, each with a way to take it off. */
export function chips(named = {}) {
  const now = filter();
  const names = Object.keys(now).filter((name) => name !== 'sort');
  if (!names.length) return null;
  return el('ul', { class: 'chips', 'aria-label': t('filter.set') }, names.map((name) => {
    const said = { type: () => typeLabel(now.type), harm: () => label('harm', now.harm), disputed: () => t('filter.disputed.only'), bbox: () => t('filter.bbox.set'), language: () => t(`language.${now.language}`) }[name]?.() ?? named[name] ?? now[name];
    return el('li', {}, el('span', {}, t(`filter.${name}`), ': ', el('bdi', {}, said)),
      el('a', { href: to('events', null, { ...now, [name]: null }), 'aria-label': t('filter.off', { what: t(`filter.${name}`) }) }, '×'));
  }));
}
