// Names in two scripts are found to be one person's, by keys, in both languages; and that is taken back.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { api, furtherRulings, laidOver, open, reader, sign, WORDS } from './reader.mjs';

const more = {
  'strike.txt': 'قصفت الطائرات سوقا في إدلب في 4 أيار 2030 فقتل الطفل رضوان الشماط والطفلة سلمى صالح.',
  'shell.txt': 'Shelling of a house in the town of Saraqib on 1 June 2030 killed Radwan al-Shammat, 34, a teacher, his brother said.',
};
const beside = Object.fromEntries(Object.keys(more).map((name) => [`${name}.meta.json`, JSON.stringify({ source: `Source ${name}`, published: '2030-07-01' })]));
let at;
before(async () => { at = await reader({ examplesOnly: true, more: { ...more, ...beside } }); }, { timeout: 180_000 });
after(async () => { await at?.close(); });

/** The claim of this report that names somebody harmed. */
async function naming(source) {
  const { items } = await api(at, '/queue?limit=500');
  return items.find((item) => item.report.source?.name === source && item.claim.actors.some((actor) => /Radwan|رضوان/.test(actor.name))).claim;
}

for (const language of ['en', 'ar']) {
  const words = WORDS[language];
  test(`two names are ruled to be one person's, and that is taken back (${language})`, async () => {
    const { page, faults, strangers, close } = await open(at, '#/review', { language });
    await sign(page);
    const [strike, shell] = [await naming('Source strike.txt'), await naming('Source shell.txt')];
    assert.notEqual(strike.event, shell.event);
    const card = await furtherRulings(page, strike.id);
    const form = card.locator('[data-rules="same_person"]');
    const who = await form.locator('select[name="victim"] option').allInnerTexts();
    await form.locator('select[name="victim"]').selectOption({ index: who.findIndex((name) => name.includes('رضوان')) });
    await form.locator('input[name="elsewhere"]').focus();
    await page.keyboard.type(`${at.url}/#/event/${shell.event}`);
    await page.keyboard.press('Enter');
    const radwan = form.locator('select[name="also"] option', { hasText: 'Radwan' }).first();
    await radwan.waitFor({ state: 'attached' });
    await form.locator('select[name="also"]').selectOption(await radwan.getAttribute('value'));
    const send = async () => {
      await form.locator('button').focus();
      await page.keyboard.press('Enter');
    };
    await send();
    if (language === 'ar') {
      // In the other language it was ruled and taken back: who rules now must have seen that.
      const saw = card.locator('.said button', { hasText: words['review.saw'] });
      await saw.focus();
      await page.keyboard.press('Enter');
      await send();
    }
    await card.locator('.said').getByText(words['further.same_person.done']).waitFor();
    await laidOver(at);

    const { items } = await api(at, `/decisions?report=${shell.report}`);
    const ruled = items.filter((one) => one.ruling === 'same_person' && one.standing === 'stands');
    assert.deepEqual(ruled.map((one) => one.names.map((name) => name.exact)), [['رضوان الشماط', 'Radwan al-Shammat']]);
    assert.deepEqual(ruled.map((one) => [one.by, one.why]), [['Rana', 'looked at the footage']]);

    await card.locator('[data-does="undo"]').focus();
    await page.keyboard.press('u');
    await card.locator('.said').getByText(words['review.undone']).waitFor();
    const { items: after } = await api(at, `/decisions?report=${shell.report}`);
    assert.ok(after.filter((one) => one.ruling === 'same_person').every((one) => one.standing === 'undone'));
    await laidOver(at);
    // That it was ruled on meanwhile is told by the answer's status, which a browser notes.
    assert.deepEqual([faults.filter((fault) => !fault.includes('409')), strangers], [[], []]);
    await close();
  });
}
