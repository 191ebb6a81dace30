// Light or dark: the reader's choice, else the system's.

const KEY = 'marsad.theme';

/** Whether the page is dark now. */
export function dark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
}

/** The other of light and dark, kept for the next visit. */
export function turn() {
  const next = dark() ? 'light' : 'dark';
  document.documentElement.dataset.theme = next;
  localStorage.setItem(KEY, next);
  document.dispatchEvent(new CustomEvent('themechange'));
  return next;
}
