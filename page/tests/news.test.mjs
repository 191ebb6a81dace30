// News while a page is open, with a token and without; and what a browser lacks or must never do by itself.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { api, open, reader, settled } from './reader.mjs';

const story = (town, day) => `Gunmen attacked a checkpoint in ${town} on ${day} May 2030 and killed two soldiers, a commander said on Friday.`;
let at;
before(async () => { at = await reader({ examplesOnly: true }); }, { timeout: 180_000 });
after(async () => { await at?.close(); });

/** Hands a file in, as another person at the desk would. */
async function handIn(url, name, text, token = null) {
  const headers = { 'content-type': 'application/octet-stream', ...(token && { authorization: `Bearer ${token}` }) };
  const answer = await fetch(`${url}/api/v1/intake?name=${name}`, { method: 'POST', headers, body: text });
  assert.equal(answer.status, 201, await answer.text());
}

/** The page tells that there is more, and shows it when that is asked for. */
async function hears(page, hand) {
  const rows = page.locator('tr[data-event]');
  const before = await rows.count();
  await hand();
  const bar = page.locator('.grew');
  await bar.waitFor();
  assert.match(await bar.innerText(), /^1 new|^حدث جديد/);
  assert.equal(await rows.count(), before, 'nothing moves under the reader’s eyes');
  await page.evaluate(() => { document.body.dataset.drawn = ''; });
  await bar.locator('button').click();
  await settled(page);
  assert.equal(await rows.count(), before + 1);
}

for (const [language, town, day] of [['en', 'Hajin', 3], ['ar', 'Dhiban', 9]]) {
  test(`what is new while the page is open is told (${language})`, async () => {
    const { page, faults, strangers, close } = await open(at, '#/events', { language });
    await hears(page, () => handIn(at.url, `${language}.txt`, story(town, day)));
    assert.deepEqual([faults, strangers], [[], []]);
    await close();
  });
}

test('from another machine the page asks for a token, and with it tells what is new too', async () => {
  const far = await reader({ examplesOnly: true, token: 'read,decide' });
  try {
    const { page, close } = await open(far, '#/events');
    assert.equal(await page.locator('tr[data-event]').count(), 0, 'nothing without a token');
    await page.locator('input[type=password]').first().fill(far.token);
    await page.locator('input[type=password]').first().press('Enter');
    await page.locator('tr[data-event]').first().waitFor();
    await settled(page);
    await page.waitForTimeout(500);
    await hears(page, () => handIn(far.url, 'far.txt', story('Hajin', 5), far.token));
    await close();
  } finally {
    await far.close();
  }
});

test('without WebGL the map is drawn all the same, with the same places', async () => {
  const places = async (deaf) => {
    const { page, faults, close } = await open(at, '#/aside');
    if (deaf) {
      await page.addInitScript(() => {
        const usual = HTMLCanvasElement.prototype.getContext;
        HTMLCanvasElement.prototype.getContext = function context(kind, ...more) { return /webgl/.test(kind) ? null : usual.call(this, kind, ...more); };
      });
      await page.evaluate(() => localStorage.setItem('marsad.map', 'smooth'));
    }
    await page.goto(`${at.url}/#/events`);
    await page.reload();
    await settled(page);
    await page.waitForSelector('.map svg .place');
    const drawn = { places: await page.locator('.map svg .place').count(), canvases: await page.locator('.map canvas').count() };
    assert.deepEqual(faults, []);
    await close();
    return drawn;
  };
  const deaf = await places(true);
  assert.ok(deaf.places > 3 && deaf.canvases === 0, JSON.stringify(deaf));
  assert.deepEqual(deaf, await places(false));
});

test('no view holds pictures, sound or film, and sealed bytes are shown as text alone', async () => {
  const { items } = await api(at, '/events?limit=100');
  const { reports } = await api(at, `/events/${items[0].id}`);
  const { page, close } = await open(at, '#/events');
  for (const hash of ['#/events', `#/event/${items[0].id}`, `#/report/${reports[0].id}`, `#/lineage/${reports[0].id}`, '#/search?q=Dhiban', '#/inbox', '#/review', '#/aside']) {
    await page.evaluate((to) => { document.body.dataset.drawn = ''; location.hash = '#/none'; location.hash = to; }, hash);
    await settled(page);
    assert.equal(await page.locator('main :is(img, picture, video, audio, embed, object, iframe)').count(), 0, hash);
  }
  await page.goto(`${at.url}/#/report/${reports[0].id}?sealed=1`);
  await page.waitForSelector('.verdict.good');
  assert.ok((await page.locator('main pre').innerText()).length > 100);
  assert.equal(await page.locator('main :is(img, picture, video, audio, embed, object, iframe)').count(), 0);
  await close();
});
