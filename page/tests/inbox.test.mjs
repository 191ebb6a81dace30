// What a person at the desk does with what comes in: hand it in, say where it is, draft an incident; in both languages.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { api, assertOpenToAll, laidOver, open, reader, settled, sign, WORDS } from './reader.mjs';

const story = (town, day) => `Gunmen attacked a checkpoint in ${town} on ${day} May 2030 and killed two soldiers, a commander said on Friday.`;

let at;
before(async () => { at = await reader({ examplesOnly: true }); }, { timeout: 180_000 });
after(async () => { await at?.close(); });

const box = (page, id) => page.locator(`.waits[data-report="${id}"]`);
const file = (name, text) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });

/** Drops a file as a hand would. */
async function drop(page, name, text) {
  const data = await page.evaluateHandle(([called, holds]) => {
    const moved = new DataTransfer();
    moved.items.add(new File([holds], called, { type: 'text/plain' }));
    return moved;
  }, [name, text]);
  await page.dispatchEvent('.drop', 'drop', { dataTransfer: data });
}

for (const language of ['en', 'ar']) {
  const words = WORDS[language];
  test(`a file is dropped, read, put where it is by keys, and taken back (${language})`, async () => {
    const { page, faults, strangers, close } = await open(at, '#/events', { language });
    await page.locator('h1').focus();
    await page.keyboard.press('i');
    await page.waitForSelector('.drop');
    const text = story('Hajin', language === 'en' ? 3 : 4);
    await drop(page, `dropped-${language}.txt`, text);
    await page.locator('.came a').first().waitFor();
    const { desk } = (await api(at, '/inbox')).items[0];
    assert.equal((await api(at, `/reports/${desk.id}`)).report.text.trim(), text);
    assert.match(await box(page, desk.id).locator('.stands').innerText(), new RegExp(words[`state.${desk.state}`]));
    await box(page, desk.id).locator('h2 a').focus();
    await page.keyboard.press('y');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'review-who', 'nobody rules without a name');
    await sign(page);
    await page.keyboard.press('Escape');
    await box(page, desk.id).locator('h2 a').focus();
    await page.keyboard.press('y');
    await box(page, desk.id).locator('.said').getByText(words['state.relevant']).waitFor();
    const ruled = (await api(at, '/inbox?state=relevant')).items[0].desk;
    assert.deepEqual([ruled.id, ruled.by, ruled.why], [desk.id, 'Rana', 'looked at the footage']);
    await box(page, desk.id).locator('h2 a').focus();
    await page.keyboard.press('h');
    await box(page, desk.id).locator('.history li').waitFor();
    assert.match(await box(page, desk.id).locator('.history').innerText(), new RegExp(`${words['state.relevant']}.*Rana`, 's'));
    // The moment is told as people write it, not as a machine counts it.
    for (const told of ['.stands', '.history']) assert.match(await box(page, desk.id).locator(told).innerText(), /:\d\d.*UTC/);
    await box(page, desk.id).locator('[data-does="undo"]').focus();
    await page.keyboard.press('u');
    await box(page, desk.id).locator('.said').getByText(words['review.undone']).waitFor();
    assert.equal((await api(at, '/inbox?state=relevant')).total, 0);
    await laidOver(at);
    assert.deepEqual([faults, strangers], [[], []]);
    await close();
  });

  test(`a link into a private network is refused, and a file that cannot be read says why (${language})`, async () => {
    let asked = 0;
    const inside = createServer((_, answer) => { asked += 1; answer.end('secret'); });
    await new Promise((done) => { inside.listen(0, '127.0.0.1', done); });
    const { page, close } = await open(at, '#/inbox', { language });
    await page.fill('#inbox-link', `http://127.0.0.1:${inside.address().port}/`);
    await page.keyboard.press('Enter');
    await page.locator('.came .trouble').waitFor();
    assert.match(await page.locator('.came .trouble').innerText(), language === 'en' ? /private network/ : /شبكة خاصة/);
    assert.equal(asked, 0);
    await page.setInputFiles('#inbox-file', file(`cut-${language}.jsonl`, '{"text": "cut off\n'));
    await page.locator('.came .aside-list li').first().waitFor();
    assert.match(await page.locator('.came .aside-list').innerText(), /cut-/);
    // What cannot be read is sealed all the same, and given back byte for byte: here, and in the list of what was not read.
    const scan = Buffer.from(`%PDF-1.7\n%\u00e2 ${language}\n%%EOF\n`);
    await page.setInputFiles('#inbox-file', { name: `scan-${language}.pdf`, mimeType: 'application/pdf', buffer: scan });
    for (const list of ['.came .aside-list li', '.aside-list li']) {
      if (!list.startsWith('.came')) await page.goto(`${at.url}/#/aside`);
      const line = page.locator(list).filter({ hasText: `scan-${language}.pdf` });
      await line.getByText(words['aside.sealed']).waitFor();
      const [saved] = await Promise.all([page.waitForEvent('download'), line.getByRole('button', { name: words['original.download'] }).click()]);
      assert.equal(saved.suggestedFilename(), `scan-${language}.pdf`);
      assert.deepEqual(readFileSync(await saved.path()), scan);
    }
    inside.close();
    await close();
  });

  test(`an incident is drafted from two reports (${language})`, async () => {
    const { page, faults, close } = await open(at, '#/inbox', { language });
    const [one, two] = language === 'en' ? [5, 6] : [7, 8];
    await page.setInputFiles('#inbox-file', [file(`a-${language}.txt`, story('Hajin', one)), file(`b-${language}.txt`, story('Gharanij', two))]);
    await page.locator('.came a').nth(1).waitFor();
    await laidOver(at);
    await page.reload();
    await settled(page);
    await sign(page);
    const ids = (await api(at, '/inbox')).items.slice(0, 2).map((item) => item.desk.id);
    const claims = await Promise.all(ids.map(async (id) => (await api(at, `/reports/${id}`)).claims.find((claim) => claim.event)));
    assert.notEqual(claims[0].event, claims[1].event);
    for (const id of ids) await box(page, id).locator('input[name="incident"]').check();
    await page.locator('.draft form button.strong').focus();
    await page.keyboard.press('Enter');
    await page.locator('.draft .said').getByText(words['incident.done']).waitFor();
    await laidOver(at);
    const events = await Promise.all(claims.map(async (claim) => (await api(at, `/claims/${claim.id}`)).event));
    assert.equal(events[0], events[1]);
    await page.locator('.draft .said a').click();
    await page.waitForSelector('body[data-view="event"]');
    await settled(page);
    assert.deepEqual(faults, []);
    await close();
  });
}

for (const language of ['en', 'ar']) {
  test(`who puts a report somewhere second is shown the first ruling (${language})`, async () => {
    const words = WORDS[language];
    const now = words['inbox.put'].split('{')[0].trim();
    const [first, second] = [await open(at, '#/inbox', { language }), await open(at, '#/inbox', { language })];
    await sign(first.page, 'Rana');
    await sign(second.page, 'Omar');
    const { id } = (await api(at, '/inbox')).items[0].desk;
    await box(first.page, id).locator('[data-state="coded"]').click();
    await box(first.page, id).locator('.said').getByText(now).waitFor();
    await box(second.page, id).locator('[data-state="not_relevant"]').click();
    await box(second.page, id).locator('.said').getByText(words['review.meanwhile']).waitFor();
    assert.match(await box(second.page, id).locator('.said').innerText(), /Rana/);
    assert.equal((await api(at, '/inbox?state=coded')).items[0].desk.by, 'Rana');
    await box(second.page, id).locator('.said').getByRole('button', { name: words['review.saw'] }).click();
    await box(second.page, id).locator('[data-state="not_relevant"]').click();
    await box(second.page, id).locator('.said').getByText(now).waitFor();
    await second.page.goto(`${at.url}/#/inbox?state=not_relevant`);
    await box(second.page, id).waitFor();
    for (const { close } of [first, second]) await close();
  });
}

test('axe finds nothing serious, and a phone is wide enough', async () => {
  for (const [language, colorScheme] of [['en', 'light'], ['ar', 'dark']]) {
    const { page, close } = await open(at, '#/inbox', { language, colorScheme, width: 360, height: 740 });
    const ticks = page.locator('input[name="incident"]');
    await ticks.nth(0).check();
    await ticks.nth(1).check();
    await page.locator('.draft fieldset').first().waitFor();
    await assertOpenToAll(page, language);
    await close();
  }
});
