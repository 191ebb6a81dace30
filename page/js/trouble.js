// What is said when something could not be had.

import { el } from './dom.js';
import { language, t } from './words.js';
import { Problem } from './api.js';
import { tokenForm } from './token.js';
import { tame } from './quote.js';
import { translated } from './reasons.js';

/** An error in words, with what the server said of it. */
export function trouble(error) {
  const known = error instanceof Problem;
  const key = !known ? 'trouble.page' : { 0: 'trouble.unreachable', 400: 'trouble.asked', 401: 'trouble.token', 403: 'trouble.token', 404: 'trouble.none', 422: 'trouble.asked' }[error.status] ?? 'trouble.server';
  const detail = known ? [error.title, error.detail].filter(Boolean).join(' – ') : String(error?.message ?? error);
  if (known && error.status === 401) return tokenForm();
  const own = known && language() !== 'en' ? translated(tame(error.detail)) : null;
  if (own) return el('div', { class: 'trouble', role: 'alert' }, el('p', {}, t(key)), el('p', { class: 'note' }, own));
  return el('div', { class: 'trouble', role: 'alert' }, el('p', {}, t(key)), detail && error.status !== 0 && !(error.status === 404 && language() !== 'en') ? el('p', { class: 'note', lang: 'en', dir: 'ltr' }, detail) : null);
}
