// The token of a reader from another machine. It lives as long as the tab and goes to the server that the page came from.

import { el } from './dom.js';
import { t } from './words.js';

const KEY = 'marsad.token';

/** The token, or null on a machine that needs none. */
export function token() {
  return sessionStorage.getItem(KEY);
}

/** What a request says of the reader. */
export function signed(headers = {}) {
  const own = token();
  return own ? { ...headers, authorization: `Bearer ${own}` } : headers;
}

/** A form that asks for the token and draws the page anew. */
export function tokenForm() {
  const field = el('input', { type: 'password', id: 'token', autocomplete: 'off', dir: 'ltr', required: true });
  return el('form', { class: 'search-form', onsubmit: (e) => {
    e.preventDefault();
    sessionStorage.setItem(KEY, field.value.trim());
    location.reload();
  } }, el('p', {}, t('token.ask')), el('label', { for: 'token' }, t('token.label')), field, el('button', { type: 'submit', class: 'strong' }, t('token.give')));
}
