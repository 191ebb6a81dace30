// How long a reader waits for the first rows: node page/tests/measure_first_view.mjs ADDRESS [TIMES] [READERS]
//
// Opens the page in Chromium so many times, each time as somebody who never saw it, and asks the browser what it painted when:
// the largest part of the page that was painted first has to be a row of the table. READERS others meanwhile ask, once a second
// each, what the page asks for. The figures stand in docs/performance.md.
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

/** When the largest part was painted that is a row, and when each answer was there, in milliseconds after the page was asked for. */
const painted = () => new Promise((done) => {
  const answers = () => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].filter((one) => !/fonts|icon/.test(one.name));
  const answered = () => Object.fromEntries(answers().map((one) => [one.name.replace(/.*\//, '') || 'page', Math.round(one.responseEnd)]));
  new PerformanceObserver((list) => {
    const row = list.getEntries().find((entry) => entry.element?.closest('tbody tr'));
    if (row) done({ painted: Math.round(row.startTime), answered: answered() });
  }).observe({ type: 'largest-contentful-paint', buffered: true });
});

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
const waits = [];
for (let time = 0; time < Number(times); time++) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(address, { waitUntil: 'commit' });
  waits.push(await page.evaluate(painted));
  await page.close();
  await new Promise((done) => setTimeout(done, 1000));
}
await browser.close();
others.forEach((stop) => stop());
waits.sort((a, b) => a.painted - b.painted);
console.log(`first rows painted after ${waits.map((one) => one.painted).join(', ')} ms; median ${waits[Math.floor(waits.length / 2)].painted} ms`);
console.log('of the slowest, each answer was there after, in ms:', JSON.stringify(waits.at(-1).answered));
