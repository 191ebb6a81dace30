// How long a reader waits for the first rows: node page/tests/measure_first_view.mjs [--processor] ADDRESS [TIMES] [READERS]
//
// Opens the page in Chromium so many times, each time as somebody who never saw it, in a window that has been open for a second, and
// takes the time at which the frame was done that has the first rows. READERS others meanwhile ask, once a second each, what the page
// asks for. With --processor it also tells for how long the page's own thread was at work until then. The figures stand in
// docs/performance.md.
//
// Nothing looks into the page until its rows stand: what a tool for tests does there takes as long as the page does.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const processor = process.argv.includes('--processor');
const [address, times = '9', readers = '0'] = process.argv.slice(2).filter((word) => word !== '--processor');
if (!address) {
  console.error('usage: node page/tests/measure_first_view.mjs [--processor] ADDRESS [TIMES] [READERS]');
  process.exit(2);
}
const asked = ['events?limit=100', 'events/counts', 'events?country=SY&sort=-harm&limit=100', 'search?q=shelling&limit=20', 'sources', 'inbox'];
let n = 0;
const ask = () => fetch(`${address}/api/v1/${asked[n++ % asked.length]}`).then((answer) => answer.arrayBuffer());
const others = Array.from({ length: Number(readers) }, (_, place) => {
  let paced;
  const late = setTimeout(() => (paced = setInterval(ask, 1000)), (1000 * place) / Number(readers));
  return () => (clearTimeout(late), clearInterval(paced));
});

/** Notes when the rows are there, and when the frame that has them is done: the second one after it begins when the first has left. */
const watch = () => {
  const look = new MutationObserver(() => {
    if (!document.querySelector('tbody tr[data-event]')) return;
    look.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(() => { window.painted = performance.mark('painted').startTime; }));
  });
  look.observe(document, { childList: true, subtree: true });
};

/** When the rows were painted, and when each answer was there, in milliseconds after the page was asked for. */
const told = () => {
  if (!window.painted) return null;
  const answers = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].filter((one) => !/fonts|icon/.test(one.name));
  return { painted: Math.round(window.painted), answered: Object.fromEntries(answers.map((one) => [one.name.replace(/.*\//, '') || 'page', Math.round(one.responseEnd)])) };
};

/** The browser, told what to do by DevTools' protocol; `events` has what it told on its own. */
function started(folder) {
  const flags = ['--headless=new', '--no-sandbox', '--no-first-run', '--remote-debugging-pipe', `--user-data-dir=${folder}`, 'about:blank'];
  const program = spawn(process.env.CHROMIUM ?? '/usr/bin/chromium', flags, { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
  const [waiting, events] = [new Map(), []];
  let rest = [];
  program.stdio[4].on('data', (bytes) => {
    const pieces = Buffer.concat([...rest, bytes]).toString('latin1').split('\0');
    rest = [Buffer.from(pieces.pop(), 'latin1')];
    for (const piece of pieces) {
      const said = JSON.parse(Buffer.from(piece, 'latin1').toString());
      if (said.id) waiting.get(said.id)(said);
      else events.push(said);
    }
  });
  const send = (method, params = {}, sessionId = undefined) => new Promise((done, fail) => {
    const id = waiting.size + 1;
    waiting.set(id, (said) => (said.error ? fail(new Error(`${method}: ${said.error.message}`)) : done(said.result)));
    program.stdio[3].write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
  });
  return { program, send, events };
}

const pause = (milliseconds) => new Promise((done) => { setTimeout(done, milliseconds); });
const folder = mkdtempSync(join(tmpdir(), 'first-view-'));
const { program, send, events } = started(folder);

/** For how many milliseconds of a processor the page's thread was at work from when the page was asked for until its rows were painted. */
async function worked(painted) {
  await send('Tracing.end');
  while (!events.some((one) => one.method === 'Tracing.tracingComplete')) await pause(20);
  const traced = events.splice(0).flatMap((one) => one.params.value ?? []);
  const mark = traced.find((one) => one.name === 'painted' && one.cat.includes('user_timing'));
  const tasks = traced.filter((one) => one.pid === mark.pid && one.tid === mark.tid && one.tdur && /RunTask/.test(one.name));
  return Math.round(tasks.filter(({ ts }) => ts < mark.ts && ts >= mark.ts - painted * 1000).reduce((sum, { tdur }) => sum + tdur, 0) / 1000);
}

async function view() {
  const { browserContextId } = await send('Target.createBrowserContext');
  const { targetId } = await send('Target.createTarget', { url: 'about:blank', browserContextId, width: 1280, height: 800, newWindow: true });
  const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true });
  await send('Page.enable', {}, sessionId);
  await send('Page.addScriptToEvaluateOnNewDocument', { source: `(${watch})()` }, sessionId);
  // A new window has work of its own.
  await pause(1000);
  events.length = 0;
  if (processor) await send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories: ['toplevel', 'blink.user_timing'] } });
  await send('Page.navigate', { url: address }, sessionId);
  let seen = null;
  for (let wait = 1500; !seen; wait = 250) {
    await pause(wait);
    seen = (await send('Runtime.evaluate', { expression: `(${told})()`, returnByValue: true }, sessionId)).result.value;
  }
  if (processor) seen.worked = await worked(seen.painted);
  await send('Target.closeTarget', { targetId });
  await send('Target.disposeBrowserContext', { browserContextId });
  return seen;
}

const waits = [];
for (let time = 0; time < Number(times); time++) waits.push(await view());
await send('Browser.close');
await new Promise((done) => { program.once('exit', done); });
rmSync(folder, { recursive: true, force: true });
others.forEach((stop) => stop());
const middle = (list) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)];
waits.sort((a, b) => a.painted - b.painted);
const all = waits.map((one) => one.painted);
console.log(`first rows painted after ${all.join(', ')} ms; median ${middle(all)} ms; ${all.filter((one) => one < 1000).length} of ${all.length} under 1 s`);
if (processor) console.log(`of which the page's thread was at work for a median of ${middle(waits.map((one) => one.worked))} ms`);
console.log('of the slowest, each answer was there after, in ms:', JSON.stringify(waits.at(-1).answered));
