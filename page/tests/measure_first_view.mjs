// How long a reader waits for the first rows: node page/tests/measure_first_view.mjs ADDRESS [TIMES] [READERS]
//
// Opens the page in Chromium so many times, each time as somebody who never saw it, and takes the time at which the frame was done
// that has the first rows. READERS others meanwhile ask, once a second each, what the page asks for. The figures stand in
// docs/performance.md.
import { chromium } from 'playwright-core';

const [address, times = '9', readers = '0'] = process.argv.slice(2);
if (!address) {
  console.error('usage: node page/tests/measure_first_view.mjs ADDRESS [TIMES] [READERS]');
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
    requestAnimationFrame(() => requestAnimationFrame(() => { window.painted = performance.now(); }));
  });
  look.observe(document, { childList: true, subtree: true });
};

/** When the rows were painted, and when each answer was there, in milliseconds after the page was asked for. */
const told = () => {
  const answers = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].filter((one) => !/fonts|icon/.test(one.name));
  return { painted: Math.round(window.painted), answered: Object.fromEntries(answers.map((one) => [one.name.replace(/.*\//, '') || 'page', Math.round(one.responseEnd)])) };
};

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
const waits = [];
for (let time = 0; time < Number(times); time++) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.addInitScript(watch);
  await page.goto(address, { waitUntil: 'commit' });
  await page.waitForFunction(() => window.painted, null, { polling: 100 });
  waits.push(await page.evaluate(told));
  await page.close();
  await new Promise((done) => setTimeout(done, 1000));
}
await browser.close();
others.forEach((stop) => stop());
waits.sort((a, b) => a.painted - b.painted);
const [all, median] = [waits.map((one) => one.painted), waits[Math.floor(waits.length / 2)].painted];
console.log(`first rows painted after ${all.join(', ')} ms; median ${median} ms; ${all.filter((one) => one < 1000).length} of ${all.length} under 1 s`);
console.log('of the slowest, each answer was there after, in ms:', JSON.stringify(waits.at(-1).answered));
