// What a user brings along: names that several places bear, two versions of a report, and a map of their own.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { oneTile } from './pmtiles.mjs';
import { open, reader, settled } from './reader.mjs';

// One picture element, pure red.
const RED = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==', 'base64');
const more = { 'open.txt': 'Gunmen killed two guards at a depot in Springfield on 3 May 2030, residents said.',
  'versions.jsonl': [['2031-05-17', ['Three people were hurt in Hajin on Friday, a doctor said.', 'The road to the river is shut.', 'The market stays open.']],
    ['2031-05-18', ['Five people were hurt in Hajin on Friday, a doctor said.', 'The market stays open.', 'The hospital has asked for blood.']],
  ].map(([published, lines], i) => JSON.stringify({ key: `version-${i}`, url: 'https://hillpost.example/news/market', source: 'Hill Post', published, text: lines.join('\n\n') })).join('\n') };
let at;
before(async () => { at = await reader({ examplesOnly: true, more, tiles: oneTile(RED) }); }, { timeout: 180_000 });
after(async () => { await at?.close(); });

const api = async (path) => (await fetch(`${at.url}/api/v1${path}`)).json();

test('a name that several places bear is shown with all of them, and drawn nowhere', async () => {
  const { items: [event] } = await api('/events?q=Springfield');
  for (const [language, division, land] of [['en', 'Illinois', 'United States'], ['ar', 'إلينوي', 'الولايات المتحدة']]) {
    const { page, faults, close } = await open(at, '#/events?q=Springfield', { language });
    const row = page.locator(`tr[data-event="${event.id}"] td.where`);
    assert.match(await row.innerText(), /Springfield/);
    assert.match(await row.innerText(), new RegExp(String(event.place.candidates.length)), 'how many places bear the name');
    assert.equal(await page.locator('.map .place').count(), 0);
    assert.match(await page.locator('.map-off').innerText(), /1|واحد/);
    await page.evaluate(() => { document.body.dataset.drawn = ''; });
    await row.locator('a').click();
    await settled(page);
    for (const list of ['.facts .candidates', '[data-value="place"] .candidates, [data-value="occurrence"] .candidates']) {
      const shown = page.locator(list).first();
      assert.equal(await shown.locator('li').count(), event.place.candidates.length, list);
      await shown.locator('details').evaluateAll((all) => all.forEach((one) => { one.open = true; }));
      const said = await shown.innerText();
      assert.ok(said.includes(land), said);
      assert.ok(said.includes(division) || said.includes('Illinois'), said);
      assert.match(said, /39\.80, -89\.6/);
    }
    assert.deepEqual(faults, []);
    await close();
  }
});

test('tiles of the reader’s own are drawn below what was told, by stretches of the same server', async () => {
  const { page, faults, strangers, close } = await open(at, '#/events');
  const ranges = [];
  page.on('response', (answer) => { if (answer.url().endsWith('/api/v1/tiles')) ranges.push([answer.status(), answer.request().headers().range]); });
  assert.match(await page.locator('.map').innerText(), /Your own tiles/, 'the plain map says that it does without');
  await page.evaluate(() => localStorage.setItem('marsad.map', 'smooth'));
  await page.reload();
  await settled(page);
  await page.waitForSelector('.map-frame canvas');
  await page.waitForSelector('.spot');
  await page.waitForTimeout(1_500);
  assert.ok(ranges.length >= 2 && ranges.every(([status, range]) => status === 206 && /^bytes=\d+-\d+$/.test(range)), JSON.stringify(ranges));
  const picture = (await page.locator('.map-frame canvas').screenshot()).toString('base64');
  const red = await page.evaluate(async (data) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    Object.assign(canvas, { width: image.width, height: image.height });
    const pen = canvas.getContext('2d');
    pen.drawImage(image, 0, 0);
    const { data: points } = pen.getImageData(0, 0, image.width, image.height);
    let n = 0;
    for (let i = 0; i < points.length; i += 4) if (points[i] > 180 && points[i + 1] < 120 && points[i + 2] < 120) n += 1;
    return n / (points.length / 4);
  }, picture);
  assert.ok(red > 0.5, `the tile covers ${red} of the map`);
  assert.deepEqual([faults, strangers], [[], []]);
  await close();
});

/** The two versions of one page, the earlier first. */
async function versions() {
  const items = (await api('/reports?limit=100')).items.filter((report) => report.url?.endsWith('/news/market'));
  const [earlier, later] = [items.find((report) => !report.version_of), items.find((report) => report.version_of)];
  assert.ok(earlier && later && later.version_of === earlier.id, JSON.stringify(items));
  return { earlier, later };
}

test('what changed between two versions is shown on the later one, and leads to both', async () => {
  const { earlier, later } = await versions();
  for (const [language, words] of [['en', ['Rewritten', 'Removed', 'Added']], ['ar', ['أعيدت كتابته', 'حذف', 'أضيف']]]) {
    const { page, faults, close } = await open(at, `#/report/${later.id}`, { language });
    const items = page.locator('.changes li');
    assert.deepEqual(await items.locator('.note').allInnerTexts(), words);
    assert.deepEqual(await items.locator('del').allInnerTexts(), ['Three people were hurt in Hajin on Friday, a doctor said.', 'The road to the river is shut.']);
    assert.deepEqual(await items.locator('ins').allInnerTexts(), ['Five people were hurt in Hajin on Friday, a doctor said.', 'The hospital has asked for blood.']);
    await page.evaluate(() => { document.body.dataset.drawn = ''; });
    await items.locator('del a').nth(1).click();
    await settled(page);
    assert.ok(page.url().includes(encodeURIComponent(earlier.id).replaceAll('%3A', ':')), page.url());
    assert.equal((await page.locator('mark.is-asked').allInnerTexts()).join(''), 'The road to the river is shut.');
    assert.equal(await page.locator('.changes').count(), 0, 'the first version has none before it');
    assert.deepEqual(faults, []);
    await close();
  }
});

test('that a report is gone from its address is told', async () => {
  const { id } = (await versions()).earlier;
  const { page, close } = await open(at, '#/events');
  const gone = (told) => {
    const one = told.report ?? told;
    if (one.id === id) one.gone = { at: '2031-06-02T08:00:00Z', status: 410 };
    return told;
  };
  await page.route('**/api/v1/reports/**', async (route) => {
    const answer = await route.fetch();
    if (!(answer.headers()['content-type'] ?? '').includes('json')) return route.fulfill({ response: answer });
    const told = await answer.json();
    return route.fulfill({ response: answer, json: gone(told) });
  });
  await page.evaluate((hash) => { document.body.dataset.drawn = ''; globalThis.location.hash = hash; }, `#/report/${id}`);
  await settled(page);
  assert.match(await page.locator('.gone').innerText(), /2 June 2031.*410/);
  await close();
});
