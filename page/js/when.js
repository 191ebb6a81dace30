// Times of events and reports, in words. A ledger's times are days (UTC plays no part: no day is moved).

import { isolate, t } from './words.js';

const day = (text) => {
  const found = /^(-?\d{4,})-(\d{2})-(\d{2})/.exec(text ?? '');
  if (!found) return null;
  const date = new Date(Date.UTC(2000, Number(found[2]) - 1, Number(found[3])));
  date.setUTCFullYear(Number(found[1]));
  return date;
};

// What is told of a day, the least first. The browser's own tables of dates say the same, but to open them takes longer than to draw
// the first rows.
const PARTS = {
  day: (date) => date.getUTCDate(),
  long: (date) => t(`month.${date.getUTCMonth() + 1}`),
  short: (date) => t(`month.short.${date.getUTCMonth() + 1}`),
  year: (date) => date.getUTCFullYear(),
};

/** From `start` to `end`; what both have in common is said once. */
function range(start, end, parts) {
  const said = (date) => parts.map((part) => PARTS[part](date));
  const [from, to] = [said(start), said(end ?? start)];
  while (from.length && from.at(-1) === to[from.length - 1]) from.pop();
  return from.length ? `${from.join(' ')} – ${to.join(' ')}` : to.join(' ');
}

const SHAPES = { month: ['long', 'year'], year: ['year'] };

/** A time at its own precision; `short` for a line of a table. */
export function when(time, short = false) {
  if (!time) return t('time.unknown');
  const start = day(time.start);
  const end = day(time.end);
  if (!start && !end) return t('time.relative');
  const days = ['day', short ? 'short' : 'long', 'year'];
  if (!start) return t('time.until', { day: range(end, null, days) });
  if (!end) return t('time.since', { day: range(start, null, days) });
  const said = range(start, end, SHAPES[time.precision] ?? days);
  const hours = [time.start_time, time.end_time].filter(Boolean).join('–');
  return hours && !short ? `${said}${t('list.comma')}${isolate(hours)}` : said;
}

/** A value of a time as the ledger writes it: `2031-06-01` or `2031-06-30/2031-07-06`. */
export function written(value) {
  const [start, end] = String(value).split('/');
  return day(start) ? when({ start, end: end ?? start, precision: 'day' }) : value;
}

/** A month, `2031-06`, in words. */
export function month(value) {
  const date = day(`${value}-01`);
  return date ? range(date, null, SHAPES.month) : value;
}

/** When somebody did something here, which the ledger writes in UTC: day, hour and minute. */
export function moment(text) {
  return when(text && { start: text, end: text, precision: 'day', start_time: `${text.slice(11, 16)} UTC` });
}

/** The day of a time in milliseconds, or null. */
export function instant(text) {
  return day(text)?.getTime() ?? null;
}

/** A day as the ledger writes it. */
export function iso(milliseconds) {
  return new Date(milliseconds).toISOString().slice(0, 10);
}
