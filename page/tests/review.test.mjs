// What a person at the desk comes to do: accept, correct, part, join and take back, by keys alone, in both languages.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { api, assertOpenToAll, laidOver, open, reader, sign, WORDS } from './reader.mjs';

let at;
before(async () => { at = await reader({ examplesOnly: true }); }, { timeout: 180_000 });
after(async () => { await at?.close(); });

const card = (page, id) => page.locator(`.waits[data-claim="${id}"]`);
const said = (page, id) => card(page, id).locator('.said');
const press = async (page, id, key) => {
  await card(page, id).locator('h2 a').focus();
  await page.keyboard.press(key);
};

for (const language of ['en', 'ar']) {
  const words = WORDS[language];

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
    await said(page, first.claim.id).getByText(words['review.accepted']).waitFor();
    const { items } = await api(at, `/decisions?claim=${first.claim.id}`);
    assert.deepEqual([items.at(-1).ruling, items.at(-1).by, items.at(-1).standing], ['accept', 'Rana', 'stands']);
    await card(page, first.claim.id).locator('[data-does="undo"]').focus();
    await page.keyboard.press('u');
    await said(page, first.claim.id).getByText(words['review.undone']).waitFor();
    assert.equal((await api(at, `/decisions?claim=${first.claim.id}`)).items.at(-2).standing, 'undone');
    await laidOver(at);
    assert.deepEqual([faults, strangers], [[], []]);
    await close();
  });

  test(`a count and who they were are corrected beside the sentence, and the history shows both (${language})`, async () => {
    const { page, faults, close } = await open(at, '#/review', { language });
    await sign(page);
    const [n, status] = language === 'en' ? [41, 'combatant'] : [51, 'civilian'];
    const id = await page.locator('.waits').first().getAttribute('data-claim');
    assert.ok(await card(page, id).locator('blockquote').first().isVisible(), 'the sentence stands beside the form');
    await press(page, id, 'c');
    await card(page, id).locator('input[name="killed.min"]').fill(String(n));
    await card(page, id).locator('input[name="killed.max"]').fill(String(n + 2));
    await card(page, id).locator('select[name="killed.status"]').selectOption(status);
    await card(page, id).locator('input[name="killed.max"]').focus();
    await page.keyboard.press('Enter');
    await said(page, id).getByText(words['review.corrected']).waitFor();
    await press(page, id, 'h');
    await card(page, id).locator('.history ins').last().waitFor();
    assert.match(await card(page, id).locator('.history ins').last().innerText(), new RegExp(`"min":${n}`));
    assert.equal(await card(page, id).locator('.history del').count(), await card(page, id).locator('.history ins').count(), 'before and after');
    await laidOver(at);
    const claim = await api(at, `/claims/${id}`);
    assert.deepEqual(claim.casualties.filter((one) => one.harm === 'killed').map((one) => [one.min, one.max, one.status]), [[n, n + 2, status]]);
    assert.equal(claim.decided[0].basis, 'decided');
    assert.deepEqual(faults, []);
    await close();
  });

  test(`two claims are joined, and one is parted from its event again (${language})`, async () => {
    const { page, close } = await open(at, '#/review', { language });
    await sign(page);
    const { items } = await api(at, '/queue');
    const apart = items.slice(language === 'en' ? 0 : 4);
    const [one, two] = [apart[0].claim, apart.find((item) => item.claim.event !== apart[0].claim.event).claim];
    await press(page, one.id, 'g');
    await page.locator(`.waits[data-claim="${one.id}"].held`).waitFor();
    await press(page, two.id, 'g');
    await said(page, two.id).getByText(words['review.joined']).waitFor();
    await laidOver(at);
    const { event } = await api(at, `/claims/${one.id}`);
    assert.equal((await api(at, `/claims/${two.id}`)).event, event);
    await page.reload();
    await page.waitForSelector('.waits');
    await sign(page);
    await press(page, two.id, 'p');
    await said(page, two.id).getByText(words['review.parted']).waitFor();
    await laidOver(at);
    assert.notEqual((await api(at, `/claims/${two.id}`)).event, (await api(at, `/claims/${one.id}`)).event);
    await close();
  });

  test(`who rules second is shown the first ruling and may rule after it (${language})`, async () => {
    const [first, second] = [await open(at, '#/review', { language }), await open(at, '#/review', { language })];
    await sign(first.page, 'Rana');
    await sign(second.page, 'Omar');
    const id = await first.page.locator('.waits').nth(1).getAttribute('data-claim');
    await press(first.page, id, 'n');
    await said(first.page, id).getByText(words['review.rejected']).waitFor();
    await press(second.page, id, 'y');
    await said(second.page, id).getByText(words['review.meanwhile']).waitFor();
    assert.match(await said(second.page, id).innerText(), new RegExp(`${words['ruling.reject']}.*Rana`, 's'));
    const of = async () => (await api(at, `/decisions?claim=${id}`)).items.filter((one) => ['accept', 'reject'].includes(one.ruling));
    assert.deepEqual((await of()).at(-1).by, 'Rana', 'nothing is overwritten in silence');
    await said(second.page, id).getByRole('button', { name: words['review.saw'] }).click();
    await press(second.page, id, 'y');
    await said(second.page, id).getByText(words['review.accepted']).waitFor();
    assert.deepEqual((await of()).slice(-2).map((one) => [one.by, one.standing]), [['Rana', 'overruled'], ['Omar', 'stands']]);
    await laidOver(at);
    for (const { close } of [first, second]) await close();
  });
}

test('axe finds nothing serious, and a phone is wide enough', async () => {
  for (const [language, colorScheme] of [['en', 'light'], ['ar', 'dark']]) {
    const { page, close } = await open(at, '#/review', { language, colorScheme, width: 360, height: 740 });
    await page.locator('[data-does="correct"]').first().click();
    await page.locator('[data-does="further"]').first().click();
    await page.locator('.further .placing').waitFor();
    await assertOpenToAll(page, language);
    await close();
  }
});
