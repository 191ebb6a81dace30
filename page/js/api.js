// Everything the page knows comes through here, from the server it came from and from nowhere else.

import { signed, token } from './token.js';

const BASE = 'api/v1';
const known = new Map();

/** What the server answered when it did not answer with what was asked for (RFC 9457). */
export class Problem extends Error {
  constructor(status, title, detail, decision = null) {
    super(detail ? `${title}: ${detail}` : title);
    this.decision = decision;
    this.status = status;
    this.title = title;
    this.detail = detail;
  }
}

/** The address of something the API has. */
export function address(path, query = {}) {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === null || value === undefined || value === '') continue;
    for (const one of [value].flat()) search.append(name, one);
  }
  const tail = search.toString();
  return `${BASE}${path}${tail ? `?${tail}` : ''}`;
}

async function ask(url, accept, signal, sent = null, form = 'application/json') {
  let answer;
  try {
    const body = sent !== null && { method: 'POST', body: sent };
    answer = await fetch(url, { headers: signed({ accept, ...(sent !== null && { 'content-type': form }) }), signal, credentials: 'same-origin', ...body });
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new Problem(0, 'unreachable', '');
  }
  if (!answer.ok) {
    const problem = await answer.json().catch(() => ({}));
    throw new Problem(answer.status, problem.title ?? answer.statusText, problem.detail ?? '', problem.decision ?? null);
  }
  return answer;
}

/** A file from the API, under a name of its own; what is noted when it leaves is `asked` for. Gives the answer's headers. */
export async function save(url, accept, name, asked = false) {
  const answer = await ask(url, accept, undefined, asked ? '' : null);
  const href = URL.createObjectURL(await answer.blob());
  Object.assign(document.createElement('a'), { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
  return answer.headers;
}

/** JSON from the API. */
export async function get(path, query, signal) {
  const answer = await ask(address(path, query), 'application/json', signal);
  return answer.json();
}

/** Sends JSON to the API, which answers with JSON; what was kept may be another now. */
export async function send(path, body) {
  const answer = await ask(address(path), 'application/json', null, JSON.stringify(body));
  forget();
  return answer.json();
}

/** Sends a file to the API, which answers with JSON. */
export async function hand(path, query, file) {
  const answer = await ask(address(path, query), 'application/json', null, file, 'application/octet-stream');
  forget();
  return answer.json();
}

/** JSON that is the same for as long as the page is open, unless the ledger grew. */
export function getOnce(path, query) {
  const key = address(path, query);
  if (!known.has(key)) {
    known.set(key, get(path, query).catch((error) => {
      known.delete(key);
      throw error;
    }));
  }
  return known.get(key);
}

/** Forgets what was kept, as the ledger has grown. */
export function forget() {
  known.clear();
}

/** The sealed bytes of a report. */
export async function original(report) {
  const answer = await ask(address(`/reports/${encodeURIComponent(report)}/original`), '*/*');
  return { bytes: await answer.arrayBuffer(), type: answer.headers.get('content-type') ?? '' };
}

/** After so many milliseconds is listened again where a stream ended. */
const AGAIN = 5_000;

/** Hears a stream that the server gives to whoever shows a token: one of the browser's own can bring none along. */
async function attend(take, signal) {
  while (!signal.aborted) {
    try {
      const pieces = (await ask(address('/stream'), 'text/event-stream', signal)).body.pipeThrough(new TextDecoderStream()).getReader();
      let kept = '';
      for (let piece = await pieces.read(); !piece.done; piece = await pieces.read()) {
        const whole = (kept + piece.value).split('\n\n');
        kept = whole.pop();
        for (const told of whole) {
          const field = (name) => told.split('\n').filter((line) => line.startsWith(`${name}:`)).map((line) => line.slice(name.length + 1).trim()).join('\n');
          if (field('data')) take({ type: field('event') || 'message', data: field('data') });
        }
      }
    } catch (error) {
      // What is refused stays so.
      if (signal.aborted || (error instanceof Problem && error.status >= 400 && error.status < 500)) return;
    }
    await new Promise((done) => { setTimeout(done, AGAIN); });
  }
}

/** Calls `heard` with each thing the server tells of on its own; ends when the returned function is called. */
export function listen(heard) {
  const take = (message) => {
    try {
      heard(message.type, JSON.parse(message.data));
    } catch {
      heard(message.type, null);
    }
  };
  if (token()) {
    const over = new AbortController();
    attend(take, over.signal);
    return () => over.abort();
  }
  if (!('EventSource' in window)) return () => {};
  const stream = new EventSource(address('/stream'));
  for (const type of ['message', 'event', 'ledger']) stream.addEventListener(type, take);
  // A server without a stream is asked once, not for ever.
  stream.addEventListener('error', () => { if (stream.readyState === EventSource.CLOSED) stream.close(); });
  return () => stream.close();
}
