// Events are taken away: in each format, since an earlier time, and without a report that was withdrawn; in both languages.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { api, assertOpenToAll, decide, laidOver, open, reader, settled, taken, WORDS } from './reader.mjs';

const SECRET = 'Zebulon Quarrister';
const story = (day) => `An air strike wounded ${SECRET} on ${day} May 2030 in Hajin and killed two of his cousins, his brother said.`;
let at;
before(async () => { at = await reader({ examplesOnly: true, more: { 'gone-en.txt': story(3), 'gone-ar.txt': story(20) } }); }, { timeout: 180_000 });
after(async () => { await at?.close(); });

const text = ({ bytes }) => bytes.toString('utf8');
const lines = (file) => text(file).trim().split('\n').filter(Boolean);

// Of each button: the file's name, and whether its bytes are those of the format with this many events.
const FILES = {
  CSV: ['marsad-events.csv', (file, n) => lines(file).length === n + 1],
  JSONL: ['marsad-events.jsonl', (file, n) => lines(file).map(JSON.parse).length === n],
  Parquet: ['marsad-events.parquet', ({ bytes }) => bytes.subarray(0, 4).toString() === 'PAR1' && bytes.subarray(-4).toString() === 'PAR1'],
  GeoJSON: ['marsad-events.geojson', (file, n) => JSON.parse(text(file)).features.length === n],
  // What all deny is no row there.
  ACLED: ['marsad-acled.csv', (file, n, happened) => /^event_id_cnty,event_date/.test(text(file)) && lines(file).length >= happened + 1],
  'UCDP GED': ['marsad-ged.csv', (file) => /^id,relid,year/.test(text(file))],
  PLOVER: ['marsad-plover.jsonl', (file) => lines(file).map(JSON.parse).every((one) => Array.isArray(one.event) || one.has_event !== undefined)],
};

for (const language of ['en', 'ar']) {
  const words = WORDS[language];
  const button = (page, name) => page.getByRole('button', { name, exact: true });

  test(`each format is taken away, with what it loses (${language})`, async () => {
    const { page, faults, close } = await open(at, '#/events', { language });
    const { total, items } = await api(at, '/events?limit=500');
    const happened = items.filter((event) => !event.agreed.some((a) => a.attribute === 'occurrence' && a.value !== 'happened')).length;
    assert.ok(happened < total, 'the examples tell of what did not happen');
    for (const [name, [called, holds]] of Object.entries(FILES)) {
      const file = await taken(page, button(page, name));
      assert.equal(file.name, called);
      assert.ok(holds(file, total, happened), `${name}: ${text(file).slice(0, 200)}`);
    }
    for (const name of ['ACLED', 'UCDP GED', 'PLOVER']) {
      const losses = words['take.losses'].split('{name}');
      const file = await taken(page, page.getByRole('button').filter({ hasText: losses[0].trim() }).filter({ hasText: name }).last());
      assert.match(file.name, /\.losses\.txt$/);
      assert.match(text(file), /^Events in the file: \d+/);
    }
    assert.deepEqual(faults, []);
    await close();
  });

  test(`what changed since is taken away, and what became of the others (${language})`, async () => {
    const { page, faults, close } = await open(at, '#/events', { language });
    await taken(page, button(page, 'JSONL'));
    const cursor = await page.locator('.takeaway [role="status"] code').innerText();
    assert.match(cursor, /^\d+-[0-9a-f]{12}$/);
    const singles = (await api(at, '/events?limit=500')).items;
    const claims = [];
    for (const { id } of singles) {
      const { event } = await api(at, `/events/${id}`);
      if (event.claims.length === 1) claims.push([event.id, event.claims[0]]);
    }
    const [[edited, claim], [ended, gone]] = claims.slice(0, 2);
    await decide(at, 'Rana', { ruling: 'edit', claim, attribute: 'casualties', value: [{ harm: 'killed', min: language === 'en' ? 71 : 72, max: null }] }, (await api(at, `/decisions?claim=${claim}`)).items.map((d) => d.id));
    await decide(at, 'Rana', { ruling: 'reject', claims: [gone] });
    await laidOver(at);

    const field = page.getByRole('textbox', { name: words['take.since'] });
    assert.equal(await button(page, words['take.gone']).count(), 0);
    await field.fill(cursor);
    const changed = lines(await taken(page, button(page, 'JSONL'))).map(JSON.parse).map((event) => event.id);
    assert.deepEqual(changed, [edited]);
    const told = lines(await taken(page, button(page, words['take.gone']))).map(JSON.parse);
    assert.deepEqual(told, [{ id: ended, why: 'ended', now: null }]);
    const next = await page.locator('.takeaway [role="status"] code').innerText();
    assert.notEqual(next, cursor);
    await field.fill('7-0123456789ab');
    await button(page, 'CSV').click();
    await page.locator('.takeaway [role="status"] .trouble').getByText('7-0123456789ab').waitFor();
    assert.match(await page.locator('.takeaway [role="status"] .trouble').innerText(), language === 'en' ? /no mark of this ledger/ : /ليست علامة من هذا السجل/);
    await assertOpenToAll(page, language);
    assert.deepEqual(faults.filter((one) => !/400/.test(one)), []);
    await close();
  });

  test(`a report that was withdrawn is nowhere to be seen, and that it was is (${language})`, async () => {
    const day = language === 'en' ? '3 May' : '20 May';
    const { items } = await api(at, '/inbox?limit=100');
    let id = null;
    for (const { desk } of items.filter((one) => one.report)) if ((await api(at, `/reports/${desk.id}`)).report.text.includes(`wounded ${SECRET} on ${day}`)) id = desk.id;
    const { page, close } = await open(at, '#/search?q=Quarrister', { language });
    const hits = await page.locator('.found').count();
    assert.ok(hits >= 1);
    assert.match(await at.say('review', 'withdraw', id, '--by', 'Huda', '--ground', 'a family asked'), /Withdrawn: 1 report/);
    await laidOver(at);
    await page.reload();
    await settled(page);
    assert.equal(await page.locator('.found').count(), hits - 1);
    await page.goto(`${at.url}/#/inbox?state=withdrawn`);
    await page.reload();
    await settled(page);
    const card = page.locator(`.waits[data-report="${id}"]`);
    await card.waitFor();
    const shown = await card.innerText();
    assert.ok(shown.includes(words['inbox.gone']) && shown.includes('Huda') && shown.includes('a family asked'), shown);
    assert.equal(await card.locator('button').count(), 0, 'nothing more can be ruled on it');
    assert.ok(!(await page.content()).includes(SECRET));
    await page.goto(`${at.url}/#/report/${id}`);
    await page.locator('main .trouble').waitFor();
    assert.ok((await page.locator('main .trouble').innerText()).includes(words['trouble.none']));
    await page.goto(`${at.url}/#/events`);
    await settled(page);
    assert.ok(!text(await taken(page, button(page, 'CSV'))).includes(day === '3 May' ? '2030-05-03' : '2030-05-20'));
    await close();
  });
}
