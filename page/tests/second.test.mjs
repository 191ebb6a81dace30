// A second person codes what another coded, without sight of it, and the two are compared by field; in both languages.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { api, assertOpenToAll, decide, laidOver, open, reader, sign, WORDS } from './reader.mjs';

const story = (town, day) => `Gunmen attacked a checkpoint in ${town} on ${day} May 2030 and killed two soldiers.\nWarplanes bombed a market in ${town} on ${day} May 2030, killing three civilians, a doctor said.`;
let at;
before(async () => { at = await reader({ examplesOnly: true, more: { 'second-en.txt': story('Hajin', 3), 'second-ar.txt': story('Gharanij', 9) } }); }, { timeout: 180_000 });
after(async () => { await at?.close(); });

async function twoClaims(town) {
  const { items } = await api(at, '/inbox?limit=100');
  for (const { desk } of items) {
    const { report, claims } = await api(at, `/reports/${desk.id}`);
    if (report.text.includes(`a market in ${town}`)) return { id: desk.id, claims: claims.filter((claim) => claim.event) };
  }
  return assert.fail(town);
}

for (const [language, town] of [['en', 'Hajin'], ['ar', 'Gharanij']]) {
  const words = WORDS[language];
  test(`the second coder sees nothing that the first ruled, and both are compared (${language})`, async () => {
    const { id, claims } = await twoClaims(town);
    assert.equal(claims.length, 2);
    const [gunmen, planes] = claims;
    const was = await api(at, `/agreement`);
    await decide(at, 'Rana', { ruling: 'edit', claim: planes.id, attribute: 'casualties', value: [{ harm: 'killed', status: 'civilian', min: 5, max: 5 }] });
    await decide(at, 'Rana', { ruling: 'accept', claims: [gunmen.id] });
    await laidOver(at);

    const { page, faults, strangers, close } = await open(at, `#/inbox`, { language });
    await page.locator(`.waits[data-report="${id}"]`).getByRole('link', { name: words['second.open'] }).focus();
    await page.keyboard.press('Enter');
    await page.waitForSelector('body[data-view="second"][data-drawn="yes"]');
    const shown = await page.locator('main').innerText();
    assert.ok(!shown.includes('Rana') && !shown.includes(words['review.decided']), 'who ruled, and that somebody did, is not told');
    const harm = page.locator(`.waits[data-claim="${planes.id}"] .facts dt`).filter({ hasText: words['attribute.casualties'] }).locator('+ dd');
    assert.match(await harm.innerText(), /3/);
    assert.doesNotMatch(await harm.innerText(), /5/, 'nor is what the first gave');
    assert.equal(await page.locator('.waits a').count(), 0, 'nothing leads to a ruling');

    await page.locator('h1').focus();
    await page.keyboard.press('y');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'review-who', 'nobody codes without a name');
    await sign(page, 'Omar');
    for (const [claim, does, key] of [[gunmen, 'accepted', 'y'], [planes, 'rejected', 'n']]) {
      await page.locator(`.waits[data-claim="${claim.id}"] [data-does="accept"]`).focus();
      await page.keyboard.press(key);
      await page.locator(`.waits[data-claim="${claim.id}"] .said`).getByText(words[`second.${does}`]).waitFor();
    }
    // Whoever thinks again codes again: the last coding is theirs.
    await page.locator(`.waits[data-claim="${planes.id}"] [data-does="accept"]`).focus();
    await page.keyboard.press('c');
    await page.locator(`.waits[data-claim="${planes.id}"] input[name="killed.min"]`).fill('4');
    await page.locator(`.waits[data-claim="${planes.id}"] input[name="killed.max"]`).fill('4');
    await page.keyboard.press('Enter');
    await page.locator(`.waits[data-claim="${planes.id}"] .said`).getByText(words['second.corrected']).waitFor();
    await assertOpenToAll(page, language);
    await laidOver(at);
    assert.equal((await api(at, `/claims/${planes.id}`)).casualties[0].min, 5, 'a second coding changes nothing');

    await page.getByRole('link', { name: words['agreement.open'] }).click();
    await page.waitForSelector('body[data-view="agreement"][data-drawn="yes"]');
    const found = await api(at, '/agreement');
    assert.equal(found.coded, was.coded + 2);
    for (const { field, same, different } of found.fields) {
      const cells = await page.locator(`tr[data-field="${field}"] td`).allInnerTexts();
      assert.deepEqual(cells.slice(0, 3).map(Number), [same + different, same, different], field);
    }
    const apart = page.locator(`li[data-claim="${planes.id}"]`);
    assert.match(await apart.locator('del').innerText(), /"min":5/);
    assert.match(await apart.locator('ins').innerText(), /"min":4/);
    assert.ok((await page.locator('main').innerText()).includes(words['agreement.began']), 'that both began from the reading is said');
    await assertOpenToAll(page, language);
    assert.deepEqual([faults, strangers], [[], []]);
    await close();
  });
}

test('whoever ruled first cannot code the same a second time, and is told so in Arabic', async () => {
  const { claims } = await twoClaims('Gharanij');
  const { id } = await twoClaims('Gharanij');
  const { page, close } = await open(at, `#/second/${id}`, { language: 'ar' });
  await sign(page, 'Rana');
  await page.locator(`.waits[data-claim="${claims[0].id}"] [data-does="accept"]`).click();
  await page.locator('.waits .trouble').getByText('لا يرمّزها ثانية').waitFor();
  await close();
});
