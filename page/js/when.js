// Times of events and reports, in words. A ledger's times are days (UTC plays no part: no day is moved).

import { isolate, locale, t } from './words.js';

const day = (text) => {
  const found = /^(-?\d{4,})-(\d{2})-(\d{2})/.exec(text ?? '');
  if (!found) return null;
  const date = new Date(Date.UTC(2000, Number(found[2]) - 1, Number(found[3])));
  date.setUTCFullYear(Number(found[1]));
  return date;
};

// Formats by locale and shape: to make one takes longer than to write a hundred days with it.
const formats = new Map();

function shaped(options) {
  const key = `${locale()} ${Object.entries(options)}`;
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(locale(), { timeZone: 'UTC', ...options }));
  return formats.get(key);
}

function range(start, end, options) {
  const format = shaped(options);
  return end && end - start ? format.formatRange(start, end) : format.format(start);
}

const SHAPES = {
  month: { year: 'numeric', month: 'long' },
  year: { year: 'numeric' },
};

/** A time at its own precision; `short` for a line of a table. */
export function when(time, short = false) {
  if (!time) return t('time.unknown');
  const start = day(time.start);
  const end = day(time.end);
  if (!start && !end) return t('time.relative');
  if (!start) return t('time.until', { day: range(end, null, { dateStyle: short ? 'medium' : 'long' }) });
  if (!end) return t('time.since', { day: range(start, null, { dateStyle: short ? 'medium' : 'long' }) });
  const shape = SHAPES[time.precision] ?? { day: 'numeric', month: short ? 'short' : 'long', year: 'numeric' };
  const said = range(start, end, shape);
  const hours = [time.start_time, time.end_time].filter(Boolean).join('–');
  return hours && !short ? `${said}${t('list.comma')}${isolate(hours)}` : said;
}

/** A value of a time as the ledger writes it: `2031-06-01` or `2031-06-30/2031-07-06`. */
export function written(value) {
  const [start, end] = String(value).split('/');
  return day(start) ? when({ start, end: end ?? start, precision: 'day' }) : value;
}

/** A month, `2031-06`, in words. */
export function month(value, style = 'long') {
  const date = day(`${value}-01`);
  return date ? range(date, null, { year: 'numeric', month: style }) : value;
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
