// What is ruled beside a claim's own values, from the queue, by keys, with a reason, and taken back; in both languages.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { api, furtherRulings, laidOver, open, reader, sign, WORDS } from './reader.mjs';

const story = (n) => `Shelling of a house in the town of Sahlah on ${n} May 2030 killed Hamid Qarnasi, 34, a teacher, his brother said.`;
const more = Object.fromEntries([1, 2].flatMap((n) => ['en', 'ar'].map((language, i) => [`${language}-${n}.txt`, story(n + i * 10)])));
const beside = Object.fromEntries(Object.keys(more).map((name) => [`${name}.meta.json`, JSON.stringify({ source: `Source ${name.slice(0, 4)}`, published: '2030-06-01' })]));
let at;
before(async () => { at = await reader({ examplesOnly: true, more: { ...more, ...beside } }); }, { timeout: 180_000 });
after(async () => { await at?.close(); });

/** The claims of the two reports that were made for this language, the first one's first. */
async function made(language) {
  const { items } = await api(at, '/queue?limit=500');
  const own = items.filter((item) => item.report.source?.name?.startsWith(`Source ${language}-`));
  return own.sort((a, b) => a.report.source.name.localeCompare(b.report.source.name));
}

for (const language of ['en', 'ar']) {
  const words = WORDS[language];
  test(`a place is resolved on the map, and origin, lineage, source and name are ruled on (${language})`, async () => {
    const { page, faults, strangers, close } = await open(at, '#/review', { language });
    await sign(page);
    const [one, two] = await made(language);
    const card = await furtherRulings(page, one.claim.id);
    const said = (key) => card.locator('.said').getByText(words[`further.${key}.done`]).waitFor();

    // The map is moved under its cross by arrows; the point under it is the place.
    await card.locator('.map-svg').focus();
    for (const key of ['+', '+', 'ArrowRight', 'ArrowDown']) await page.keyboard.press(key);
    assert.ok(await card.locator('input[value="cross"]').isChecked(), 'moving the map chooses the point');
    const told = (await card.locator('.placing output').innerText()).split(',').map(Number);
    await card.locator('.placing input[name="name"]').fill('The ford');
    await page.keyboard.press('Enter');
    await said('place');

    await card.locator('[data-rules="origin"] select').selectOption('dependent');
    await card.locator('[data-rules="origin"] input').fill(two.report.id);
    await page.keyboard.press('Enter');
    await said('origin');
    await card.locator('[data-rules="lineage"] select').selectOption('rewrite');
    await card.locator('[data-rules="lineage"] input').fill(two.report.id);
    await page.keyboard.press('Enter');
    await said('lineage');
    await card.locator('[data-rules="reliability"] select').selectOption('C');
    await card.locator('[data-rules="reliability"] button').focus();
    await page.keyboard.press('Enter');
    await said('reliability');
    await card.locator('[data-rules="publish"] select[name="publish"]').selectOption('initials');
    await card.locator('[data-rules="publish"] button').focus();
    await page.keyboard.press('Enter');
    await said('publish');
    await laidOver(at);

    // Somebody whom the reader missed is named as the report writes them, and stands in the dossier then.
    await card.locator('[data-rules="victim"] input[name="named"]').fill('his brother');
    await card.locator('[data-rules="victim"] select[name="harm"]').selectOption('injured');
    await card.locator('[data-rules="victim"] select[name="status"]').selectOption('civilian');
    await card.locator('[data-rules="victim"] input[name="age"]').fill('30');
    await page.keyboard.press('Enter');
    await said('victim');
    await card.locator('[data-does="history"]').click();
    await card.locator('.history li', { hasText: 'his brother' }).getByText(words['suffered.injured']).waitFor();
    await laidOver(at);
    const { event } = await api(at, `/claims/${one.claim.id}`);
    const missed = (await api(at, `/events/${event}/victims`)).items.find((v) => v.name_as_written === 'his brother');
    assert.deepEqual([missed.harm, missed.status, missed.age, missed.publish], ['injured', 'civilian', 30, 'withheld']);
    const { page: shown, close: shut } = await open(at, `#/event/${event}`, { language });
    const line = shown.locator('.harmed li', { hasText: 'his brother' }).first();
    await line.waitFor();
    assert.ok((await line.innerText()).includes(words['suffered.injured']));
    await line.locator('a').first().click();
    await shown.locator('mark.is-asked').waitFor();
    assert.equal((await shown.locator('mark.is-asked').allInnerTexts()).join(''), 'his brother');
    await shut();

    const where = (await api(at, `/claims/${one.claim.id}`)).places.find((place) => place.role === 'where');
    assert.equal(where.name, 'The ford');
    assert.ok(Math.abs(where.lat - told[0]) < 1e-3 && Math.abs(where.lon - told[1]) < 1e-3, 'where the cross was');
    const { report, lineage } = await api(at, `/reports/${one.report.id}`);
    const tie = (report.lineage ?? lineage).find((edge) => edge.to === two.report.id);
    assert.deepEqual([tie.relation, tie.direction], ['rewrite', 'from']);
    assert.equal(report.origin, (await api(at, `/reports/${two.report.id}`)).report.origin, 'one telling now');
    assert.equal(report.reliability, 'C');
    const { items } = await api(at, `/decisions?report=${one.report.id}`);
    assert.deepEqual(items.filter((d) => d.by === 'Rana').map((d) => d.ruling).sort(), ['lineage', 'origin', 'place', 'publish', 'victim']);
    assert.ok(items.every((d) => d.why === 'looked at the footage'));

    // The last ruling is taken back by its key, and the history tells of both.
    await card.locator('[data-does="undo"]').focus();
    await page.keyboard.press('u');
    await card.locator('.said').getByText(words['review.undone']).waitFor();
    const { items: after } = await api(at, `/decisions?report=${one.report.id}`);
    assert.equal(after.find((d) => d.ruling === 'victim').standing, 'undone');
    await laidOver(at);
    assert.deepEqual([faults, strangers], [[], []]);
    await close();
  });

  test(`a report is ruled to tell from access of its own (${language})`, async () => {
    const { page, close } = await open(at, '#/review', { language });
    await sign(page);
    const two = (await made(language)).at(-1);
    const card = await furtherRulings(page, two.claim.id);
    await card.locator('[data-rules="origin"] select').selectOption('independent');
    await card.locator('[data-rules="origin"] button').focus();
    await page.keyboard.press('Enter');
    await card.locator('.said').getByText(words['further.origin.done']).waitFor();
    await laidOver(at);
    const { event } = await api(at, `/claims/${two.claim.id}`);
    assert.ok((await api(at, `/events/${event}`)).event.support.independent >= 1);
    await close();
  });
}

test('of the places that a name may mean one is chosen', async () => {
  const { items } = await api(at, '/queue?limit=500');
  const open_ = items.filter((item) => item.claim.places.some((place) => place.role === 'where' && !place.id && place.candidates?.length > 1));
  assert.ok(open_.length, 'the ledger has a place that nothing decides');
  const { claim } = open_[0];
  const { page, close } = await open(at, '#/review', { language: 'ar' });
  await sign(page);
  const card = await furtherRulings(page, claim.id);
  const choice = card.locator('.choice input:not([value="cross"])').first();
  await choice.focus();
  await page.keyboard.press('Space');
  const id = await choice.getAttribute('value');
  await card.locator('.placing button.strong').focus();
  await page.keyboard.press('Enter');
  await card.locator('.said').getByText(WORDS.ar['further.place.done']).waitFor();
  await laidOver(at);
  assert.equal((await api(at, `/claims/${claim.id}`)).places.find((place) => place.role === 'where').id, id);
  await close();
});
