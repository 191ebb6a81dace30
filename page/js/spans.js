// Spans are counted in Unicode code points, strings of the page in UTF-16 units; here one becomes the other.

import { el } from './dom.js';
import { tame } from './quote.js';

/** Cuts a text of code points into pieces at the borders of `spans`, each with the spans that hold it. */
export function cut(text, spans) {
  const points = Array.from(text);
  const inside = spans.filter((s) => s && Number.isInteger(s.start) && Number.isInteger(s.end) && s.end > s.start)
    .map((s) => ({ ...s, start: Math.max(0, s.start), end: Math.min(points.length, s.end) }))
    .filter((s) => s.end > s.start);
  const borders = [...new Set([0, points.length, ...inside.flatMap((s) => [s.start, s.end])])].sort((a, b) => a - b);
  const starting = inside.slice().sort((a, b) => a.start - b.start);
  const pieces = [];
  let next = 0;
  let open = [];
  for (let i = 0; i + 1 < borders.length; i += 1) {
    const [start, end] = [borders[i], borders[i + 1]];
    while (next < starting.length && starting[next].start <= start) open.push(starting[next++]);
    open = open.filter((s) => s.end > start);
    pieces.push({ text: points.slice(start, end).join(''), start, end, spans: [...open] });
  }
  return pieces;
}

/** A sentence as nodes, with `marks` (spans of the same text as `evidence`) set off where the value stands. */
export function marked(evidence, marks) {
  const shifted = marks.filter(Boolean).map((m) => ({ ...m, start: m.start - evidence.start, end: m.end - evidence.start }));
  return cut(evidence.text, shifted).map((piece) =>
    piece.spans.length ? el('mark', { class: piece.spans.map((s) => s.class ?? '').join(' ').trim() || null }, tame(piece.text)) : tame(piece.text));
}
