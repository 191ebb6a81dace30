// What a person at the desk comes to do: accept, correct, part, join and take back, by keys alone, in both languages.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { api, AXE, laidOver, open, reader } from './reader.mjs';

let at;
before(async () => { at = await reader({ examplesOnly: true }); }, { timeout: 180_000 });
after(async () => { await at?.close(); });

async function sign(page) {
  await page.fill('#review-who', 'Rana');
  await page.fill('#review-why', 'looked at the footage');
}

const said = (page, id) => page.locator(`.waits[data-claim="${id}"] .said`);

for (const [language, accepted, undone] of [['en', 'Accepted.', 'Taken back.'], ['ar', 'قُبلت.', 'تم التراجع.']]) {
  test(`the first of the queue is accepted and taken back by keys (${language})`, async () => {
    const { page, faults, strangers, close } = await open(at, '#/review', { language });
    const first = (await api(at, '/queue')).items[0];
    assert.equal(await page.locator('.waits').first().getAttribute('data-claim'), first.claim.id);
    assert.match(await page.locator('.waits blockquote').first().innerText(), new RegExp(first.claim.trigger.text));
    await page.locator('h1').focus();
    await page.keyboard.press('y');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'review-who', 'nobody rules without a name');
    assert.ok(await page.locator('.signature .unsigned').isVisible(), 'and is told so');
    for (const { id, label } of first.labels) {
      const shown = first.claim.actors.some((one) => one.id === id) || first.claim.places.some((one) => one.id === id && one.role === 'where');
      if (shown) assert.ok((await page.locator('.waits').first().innerText()).includes(label[language] ?? label.en), id);
    }
    await sign(page);
    await page.keyboard.press('Escape');
    await page.keyboard.press('j');
    await page.keyboard.press('y');
    await said(page, first.claim.id).getByText(accepted).waitFor();
    const { items } = await api(at, `/decisions?claim=${first.claim.id}`);
    assert.deepEqual([items.at(-1).ruling, items.at(-1).by, items.at(-1).standing], ['accept', 'Rana', 'stands']);
    await page.locator(`.waits[data-claim="${first.claim.id}"] [data-does="undo"]`).focus();
    await page.keyboard.press('u');
    await said(page, first.claim.id).getByText(undone).waitFor();
    assert.equal((await api(at, `/decisions?claim=${first.claim.id}`)).items.at(-2).standing, 'undone');
    await laidOver(at);
    assert.deepEqual([faults, strangers], [[], []]);
    await close();
  });
}

test('a count is corrected beside its sentence, and the history shows both', async () => {
  const { page, faults, close } = await open(at, '#/review');
  await sign(page);
  const card = page.locator('.waits').first();
  const id = await card.getAttribute('data-claim');
  await card.locator('h2 a').focus();
  await page.keyboard.press('c');
  await card.locator('input[name="killed.min"]').fill('41');
  await card.locator('input[name="killed.max"]').fill('43');
  await page.keyboard.press('Enter');
  await said(page, id).getByText('Corrected.').waitFor();
  await card.locator('h2 a').focus();
  await page.keyboard.press('h');
  await card.locator('.history ins').waitFor();
  assert.match(await card.locator('.history ins').innerText(), /"min":41/);
  await laidOver(at);
  const claim = await api(at, `/claims/${id}`);
  assert.deepEqual(claim.casualties.filter((one) => one.harm === 'killed').map((one) => [one.min, one.max]), [[41, 43]]);
  assert.equal(claim.decided[0].basis, 'decided');
  assert.deepEqual(faults, []);
  await close();
});

test('two claims are joined, and one is parted from its event again', async () => {
  const { page, close } = await open(at, '#/review');
  await sign(page);
  const { items } = await api(at, '/queue');
  const [one, two] = [items[0].claim, items.find((item) => item.claim.event !== items[0].claim.event).claim];
  await page.locator(`.waits[data-claim="${one.id}"] h2 a`).focus();
  await page.keyboard.press('g');
  await page.locator(`.waits[data-claim="${one.id}"].held`).waitFor();
  await page.locator(`.waits[data-claim="${two.id}"] h2 a`).focus();
  await page.keyboard.press('g');
  await said(page, two.id).getByText('Joined').waitFor();
  await laidOver(at);
  const { event } = await api(at, `/claims/${one.id}`);
  assert.equal((await api(at, `/claims/${two.id}`)).event, event);
  await page.reload();
  await page.waitForSelector('.waits');
  await sign(page);
  await page.locator(`.waits[data-claim="${two.id}"] h2 a`).focus();
  await page.keyboard.press('p');
  await said(page, two.id).getByText('Parted').waitFor();
  await laidOver(at);
  assert.notEqual((await api(at, `/claims/${two.id}`)).event, (await api(at, `/claims/${one.id}`)).event);
  await close();
});

test('who rules second is shown the first ruling and may rule after it', async () => {
  const [first, second] = [await open(at, '#/review'), await open(at, '#/review')];
  for (const { page } of [first, second]) await sign(page);
  const id = await first.page.locator('.waits').nth(1).getAttribute('data-claim');
  const reject = ({ page }) => page.locator(`.waits[data-claim="${id}"] [data-does="reject"]`).click();
  await reject(first);
  await said(first.page, id).getByText('Rejected').waitFor();
  await reject(second);
  await said(second.page, id).getByText('Somebody ruled on this meanwhile').waitFor();
  assert.match(await said(second.page, id).innerText(), /Rana/);
  await said(second.page, id).getByRole('button').click();
  await reject(second);
  await said(second.page, id).getByText('Rejected').waitFor();
  await laidOver(at);
  for (const { close } of [first, second]) await close();
});

test('axe finds nothing serious, and a phone is wide enough', async () => {
  for (const [language, colorScheme] of [['en', 'light'], ['ar', 'dark']]) {
    const { page, close } = await open(at, '#/review', { language, colorScheme, width: 360, height: 740 });
    await page.locator('[data-does="correct"]').first().click();
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 360);
    await page.evaluate(AXE);
    const { violations } = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
    const serious = violations.filter((v) => ['serious', 'critical'].includes(v.impact));
    assert.deepEqual(serious.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).slice(0, 3).join(' | ')}`), [], language);
    await close();
  }
});
