// A form in which the values of a claim are corrected beside its sentence, and the rulings that it makes.

import { el } from './dom.js';
import { label, t } from './words.js';

const HARMS = ['killed', 'injured'];
export const STATUSES = ['civilian', 'combatant', 'hors_de_combat', 'unknown'];
const wholeNumber = (text) => (text.trim() === '' ? null : Number(text));

/** The claim's count of one harm, of everybody. */
function told(claim, harm) {
  const of = claim.casualties.filter((one) => one.harm === harm);
  return of.find((one) => one.group === null) ?? of[0] ?? null;
}

function plain(one) {
  return { harm: one.harm, status: one.status, group: one.group, min: one.min, max: one.max };
}

/** The rulings that bring the claim to what stands in the fields: one for each attribute that is another now. */
function rulings(claim, fields) {
  const rules = [];
  const edit = (attribute, value) => rules.push({ ruling: 'edit', claim: claim.id, attribute, value });
  if (fields.type.value.trim() !== claim.type) edit('type', fields.type.value.trim());
  const [start, end] = [fields.start.value, fields.end.value];
  if (start !== (claim.time?.start ?? '') || end !== (claim.time?.end ?? '')) edit('time', start ? { start, end: end || null, precision: 'day' } : null);
  const changed = HARMS.filter((harm) => {
    const was = told(claim, harm);
    return wholeNumber(fields[`${harm}.min`].value) !== (was?.min ?? null) || wholeNumber(fields[`${harm}.max`].value) !== (was?.max ?? null)
      || (was && fields[`${harm}.status`].value !== was.status);
  });
  if (changed.length) {
    const kept = claim.casualties.filter((one) => !changed.some((harm) => one === told(claim, harm)));
    const now = changed.map((harm) => ({ ...plain(told(claim, harm) ?? { harm, group: null }), status: fields[`${harm}.status`].value,
      min: wholeNumber(fields[`${harm}.min`].value), max: wholeNumber(fields[`${harm}.max`].value) }));
    // Whoever was told of without a number stays so where the status alone is another.
    const unnumbered = (one) => told(claim, one.harm)?.min === null && told(claim, one.harm)?.max === null && one.status !== told(claim, one.harm).status;
    edit('casualties', [...kept.map(plain), ...now.filter((one) => one.min !== null || one.max !== null || unnumbered(one))]);
  }
  return rules;
}

/** The form; `rule` is given the rulings when it is sent. */
export function correction(claim, rule) {
  const input = (key, attributes) => el('input', { name: key, ...attributes });
  const count = (harm, end) => input(`${harm}.${end}`, { type: 'number', min: 0, inputmode: 'numeric', 'aria-label': `${label('harm', harm)}: ${t(`review.${end}`)}`, value: told(claim, harm)?.[end] ?? '' });
  const status = (harm) => el('select', { name: `${harm}.status`, 'aria-label': `${label('harm', harm)}: ${t('review.status')}` },
    STATUSES.map((one) => el('option', { value: one, selected: one === (told(claim, harm)?.status ?? 'unknown') }, label('person', one))));
  const form = el('form', { class: 'correction', onsubmit: (e) => { e.preventDefault(); rule(rulings(claim, form.elements)); } },
    el('label', {}, t('review.type'), ' ', input('type', { value: claim.type, dir: 'ltr', pattern: '[a-z_]+\\.[a-z_]+', required: true })),
    el('label', {}, t('review.from'), ' ', input('start', { type: 'date', value: claim.time?.start ?? '' })),
    el('label', {}, t('review.to'), ' ', input('end', { type: 'date', value: claim.time?.end ?? '' })),
    HARMS.map((harm) => el('span', { class: 'counts' }, label('harm', harm), ' ', count(harm, 'min'), '–', count(harm, 'max'), ' ', status(harm))),
    el('button', { class: 'strong' }, t('review.save')));
  return form;
}
