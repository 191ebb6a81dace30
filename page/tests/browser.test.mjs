// What a reader comes to do, done in a real browser on a ledger of the examples.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { api, AXE, open, reader, settled, WORDS } from './reader.mjs';

const NO_POPPLER = spawnSync('pdftotext', ['-v']).error ? 'pdftotext (poppler-utils) is not there' : false;
let at;
before(async () => { at = await reader(); }, { timeout: 180_000 });
after(async () => { await at?.close(); });

const rows = (page) => page.locator('tr[data-event]');
const go = async (page, act) => {
  await page.evaluate(() => { document.body.dataset.drawn = ''; });
  await act();
  await settled(page);
};

/** Without the marks that keep the directions of names apart. */
const plain = (text) => text.replace(/[\u2066-\u2069]/g, '');

/** The event of the examples whose reports differ on who shelled a market. */
async function disputedEvent() {
  const { items } = await api(at, '/events?disputed=true');
  return items.find((event) => event.disagreements.some((d) => d.attribute === 'initiator'));
}

/** A report that another descends from, in another language. */
async function translated() {
  for (const event of (await api(at, '/events?limit=100')).items) {
    const { lineage, reports } = await api(at, `/events/${event.id}`);
    const tie = lineage.find((edge) => edge.relation === 'translation');
    if (tie) return { event, tie, reports };
  }
  return null;
}

test('an event is found by place and week', async () => {
  const { page, faults, strangers, close } = await open(at, '#/events');
  assert.ok((await rows(page).count()) > 10);
  await page.fill('#filter-place', 'Al Busayrah');
  await page.fill('#filter-from', '2031-05-31');
  await go(page, () => page.fill('#filter-to', '2031-06-06').then(() => page.click('.filters button[type=submit]')));
  assert.equal(await rows(page).count(), 1);
  assert.match(await rows(page).first().innerText(), /Shelling/);
  assert.match(page.url(), /place=Al\+Busayrah/);
  assert.match(page.url(), /from=2031-05-31&to=2031-06-06/);
  assert.match(await page.locator('#announce').innerText(), /1 event/);
  const sent = await open(at, page.url().slice(at.url.length + 1));
  assert.equal(await rows(sent.page).count(), 1, 'the address can be sent');
  await sent.close();
  assert.deepEqual([faults, strangers], [[], []]);
  await close();
});

test('what the first view waits for is asked for once, and nothing that it does not show', async () => {
  const asked = async (hash) => {
    const context = await at.browser.newContext();
    const page = await context.newPage();
    const found = [];
    page.on('request', (request) => { if (request.url().includes('/api/v1/events')) found.push(request.url().slice(`${at.url}/api/v1/`.length)); });
    await page.goto(`${at.url}/${hash}`);
    await settled(page);
    await context.close();
    return found.sort();
  };
  for (const hash of ['', '#/events']) assert.deepEqual(await asked(hash), ['events/counts', 'events?limit=100']);
  assert.deepEqual(await asked('#/events?type=battle'), ['events/counts?type=battle', 'events?type=battle&limit=100']);
  assert.deepEqual(await asked('#/inbox'), []);
});

test('the rows are put in another order, and whoever did it by key keeps the head of the column', async () => {
  const { page, faults, close } = await open(at, '#/events');
  const first = () => rows(page).first().getAttribute('data-event');
  const held = () => page.evaluate(() => document.activeElement.id);
  for (const [column, sort] of [['harm', '-harm'], ['harm', 'harm'], ['origins', '-origins'], ['when', '-time'], ['when', 'time']]) {
    await page.focus(`#sort-${column}`);
    await go(page, () => page.keyboard.press('Enter'));
    assert.equal(await first(), (await api(at, `/events?limit=1&sort=${sort}`)).items[0].id, sort);
    assert.equal(await page.getAttribute('th:has(#sort-' + column + ')', 'aria-sort'), sort.startsWith('-') ? 'descending' : 'ascending');
    assert.equal(await held(), `sort-${column}`);
    assert.ok(await page.locator('.chart li').count(), 'the counts stand beside them');
  }
  assert.deepEqual(faults, []);
  await close();
});

test('a day is typed digit by digit, and who filters by keys goes on from the field', async () => {
  const { page, close } = await open(at, '#/events');
  const held = () => page.evaluate(() => document.activeElement.id);
  await page.focus('#filter-type');
  await go(page, () => page.selectOption('#filter-type', 'explosion'));
  assert.equal(await held(), 'filter-type');
  await page.focus('#filter-from');
  await page.keyboard.type('03012031');
  assert.equal(await page.inputValue('#filter-from'), '2031-03-01');
  assert.ok(!page.url().includes('from='), 'no year is taken before it is whole');
  await go(page, () => page.focus('#filter-to'));
  assert.match(page.url(), /from=2031-03-01/);
  assert.equal(await held(), 'filter-to');
  await close();
});

test('the lists of the filter hold their choices, also where nothing passes', async () => {
  const { page, close } = await open(at, '#/events?q=zzzz&type=explosion.shelling');
  assert.equal(await rows(page).count(), 0);
  assert.equal(await page.inputValue('#filter-type'), 'explosion.shelling');
  for (const [name, least] of [['type', 60], ['harm', 9], ['min_origins', 4], ['language', 2], ['disputed', 1]]) {
    const count = await page.locator(`#filter-${name} option`).count();
    assert.ok(count > least && count < 2 * least + 2, `${name}: ${count}`);
  }
  await close();
});

test('what is not marked stands as it was written, and a mark moves nothing', async () => {
  const { tie } = await translated();
  for (const report of [tie.report, tie.to]) {
    const { page, close } = await open(at, `#/report/${report}`);
    await page.evaluate(() => document.fonts.ready);
    const wider = await page.evaluate(() => [...document.querySelectorAll('.text p')].filter((p) => p.querySelector('mark')).map((p) => {
      const width = (node) => {
        const line = Object.assign(document.createElement('span'), { style: 'white-space: nowrap; position: absolute' });
        line.append(...node);
        p.append(line);
        const { width: found } = line.getBoundingClientRect();
        line.remove();
        return found;
      };
      const text = p.textContent;
      // The words of a mark are joined to those beside it where letters join, so that a pixel or two may differ.
      return Math.abs(width([...p.cloneNode(true).childNodes]) - width([text])) / p.querySelectorAll('mark').length;
    }));
    assert.ok(wider.length > 1 && Math.max(...wider) < 1, String(wider));
    await close();
  }
});

test('the events of a filter can be taken away as a file', async () => {
  const { page, close } = await open(at, '#/events?place=Al+Busayrah');
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'CSV', exact: true }).click()]);
  const lines = readFileSync(await file.path(), 'utf8').trim().split('\n');
  assert.equal(file.suggestedFilename(), 'marsad-events.csv');
  assert.equal(lines.length, 2, 'a head and one event');
  assert.match(lines[1], /explosion\.shelling/);
  const taken = async (name) => {
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name, exact: true }).click()]);
    return readFileSync(await file.path(), 'utf8');
  };
  assert.match(await taken('ACLED'), /^event_id_cnty,.*\r\n.*Explosions\/Remote violence/);
  assert.match(await taken(/^what .?ACLED.? loses$/), /^Events in the file: 1\n/);
  assert.match(await taken('Parquet'), /^PAR1/);
  await close();
});

test('the map chooses a place, and a bar of the timeline sets the time', async () => {
  const { page, close } = await open(at, '#/events');
  await page.waitForSelector('.place');
  const all = await rows(page).count();
  await page.locator('.place.point').first().focus();
  await page.keyboard.press('Enter');
  await page.waitForSelector('.narrowed');
  assert.ok((await rows(page).count()) < all);
  await page.click('.narrowed button');
  const bar = page.locator('.timeline a:not([tabindex="-1"])').last();
  await go(page, () => bar.click());
  assert.match(page.url(), /from=\d{4}-\d{2}-01&to=/);
  assert.ok((await rows(page).count()) < all);
  await close();
});

test('a place known only as a region is an area and no point', async () => {
  const { page, close } = await open(at, '#/events?type=explosion.air_strike');
  await page.waitForSelector('.place');
  const { items } = await api(at, '/events?type=explosion.air_strike');
  assert.ok(items.some((event) => event.place?.precision === 'region'));
  assert.equal(await page.locator('.place.area .reach').count(), 1);
  assert.equal(await page.locator('.place.point').count(), 0);
  await close();
});

test('two reports are seen to be one origin, with their lineage in the drawing and in words', async () => {
  const { event } = await translated();
  const { page, close } = await open(at, `#/event/${event.id}`);
  const head = page.locator('.origins > li').first();
  assert.match(await head.innerText(), /more of the same telling/);
  assert.match(await page.locator('.lineage-words').innerText(), /another language|translates/);
  assert.ok((await page.locator('.lineage-graph .node').count()) >= 2);
  assert.match(plain(await page.locator('.rests-on').innerText()), new RegExp(`${event.reports} reports from 1 origin, of \\d+ sources loaded`));
  await close();
});

test('copies fold to one line, and open when asked for', async () => {
  const { items } = await api(at, '/events?limit=100');
  const copied = items.find((event) => event.reports === 3 && event.origins === 1);
  const { page, close } = await open(at, `#/event/${copied.id}`);
  const folded = page.locator('details.copies', { has: page.locator('.report-list') });
  assert.equal(await folded.count(), 1, 'one line for one origin');
  assert.equal(await folded.evaluate((one) => one.open), false);
  assert.match(await folded.locator('summary').innerText(), /2/);
  assert.equal(await folded.locator('.report-list').isVisible(), false);
  await folded.locator('summary').click();
  assert.equal(await folded.locator('.report-list > li').count(), 2);
  assert.ok(await folded.locator('.report-list > li').first().isVisible());
  await close();
});

test('two values are seen side by side in two scripts, marked where they stand', async () => {
  const event = await disputedEvent();
  const { page, close } = await open(at, `#/event/${event.id}?value=initiator`);
  const sides = page.locator('[data-value="initiator"] .side');
  assert.equal(await sides.count(), 2);
  const [left, right] = [await sides.nth(0).boundingBox(), await sides.nth(1).boundingBox()];
  assert.ok(Math.abs(left.y - right.y) < 2 && right.x > left.x, 'side by side');
  const [english, arabic] = [page.locator('[data-value="initiator"] blockquote:lang(en)'), page.locator('[data-value="initiator"] blockquote:lang(ar)')];
  assert.equal(await english.getAttribute('dir'), 'ltr');
  assert.equal(await arabic.getAttribute('dir'), 'rtl');
  assert.equal(await english.locator('mark').first().innerText(), 'Islamic State militants');
  assert.match(await arabic.locator('mark').first().innerText(), /قوات سوريا الديمقراطية/);
  assert.match(await arabic.evaluate((q) => getComputedStyle(q).fontFamily), /Naskh/);
  await close();
});

async function figureToOriginal(language) {
  const { page, faults, close } = await open(at, '#/events?place=Al+Busayrah', { language });
  await go(page, () => page.locator('td.killed a').first().click());
  const sentence = page.locator('[data-value="casualties"] .sentence').first();
  assert.ok(await sentence.locator('mark').first().isVisible());
  const words = await sentence.locator('mark').first().innerText();
  const whole = await sentence.locator('blockquote').first().innerText();
  await go(page, () => sentence.locator('a.inreport').click());
  assert.equal((await page.locator('mark.is-asked').allInnerTexts()).join(''), words);
  await go(page, () => page.goBack());
  await go(page, () => page.locator('[data-value="casualties"] .sentence a.sealed').first().click());
  await page.waitForSelector('.verdict.good');
  const hash = await page.locator('.original code.hash').first().innerText();
  assert.ok((await page.locator('.raw').innerText()).includes(whole.slice(-40)));
  const [file] = await Promise.all([page.waitForEvent('download'), page.locator('.original p button').click()]);
  const bytes = readFileSync(await file.path());
  assert.equal(createHash('sha256').update(bytes).digest('hex'), hash);
  assert.deepEqual(faults, []);
  await close();
}

test('a figure leads to its sentence, and from there to the sealed original and its hash', () => figureToOriginal('en'));

test('the same in Arabic', () => figureToOriginal('ar'));

test('in Arabic the page is mirrored and has no English of its own', async () => {
  const { page, close } = await open(at, '#/events', { language: 'ar' });
  assert.deepEqual(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir]), ['ar', 'rtl']);
  const [brand, settings] = [await page.locator('.brand').boundingBox(), await page.locator('.settings').boundingBox()];
  assert.ok(brand.x > settings.x, 'the masthead runs from the right');
  const own = await page.locator('h1, .filters label, th, .legend span:not(.credit), .timeline .note, .chart h3, .masthead nav').allInnerTexts();
  assert.deepEqual(own.filter((text) => /[A-Za-z]{3}/.test(text.replace('WebGL', ''))), []);
  await page.getByRole('button', { name: 'English' }).click();
  await page.waitForFunction(() => document.documentElement.dir === 'ltr');
  assert.equal(await page.locator('h1').innerText(), 'Events');
  await close();
});

test('who says so is not told by one word twice', async () => {
  const { page, close } = await open(at, '#/review', { language: 'ar' });
  const told = (await page.locator('.according').allInnerTexts()).map(plain);
  assert.ok(told.length > 2, String(told));
  assert.deepEqual(told.filter((one) => /(^|\s)(\S+)\s+\2(\s|$)/u.test(one)), []);
  await close();
});

test('at the width of a phone nothing is cut off, in either language', async () => {
  const event = await disputedEvent();
  for (const language of ['en', 'ar']) {
    const { page, close } = await open(at, '#/events', { width: 360, height: 740, language });
    for (const hash of ['#/events', `#/event/${event.id}`, '#/search?q=Dhiban', '#/aside']) {
      await go(page, () => page.evaluate((h) => { location.hash = '#/none'; location.hash = h; }, hash));
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= 360, `${language} ${hash}: ${wide}`);
    }
    await close();
  }
});

test('all of it by keyboard alone', async () => {
  const { page, close } = await open(at, '#/events');
  await page.keyboard.press('?');
  assert.ok(await page.locator('dialog.sheet').isVisible());
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('dialog.sheet').count(), 0);
  await page.keyboard.press('/');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'filter-q');
  await page.keyboard.press('Escape');
  for (let n = 0; n < 40 && !(await page.evaluate(() => document.activeElement?.closest('tr')?.innerText.includes('Al Busayrah'))); n += 1) await page.keyboard.press('j');
  await go(page, () => page.keyboard.press('Enter'));
  assert.match(await page.locator('h1').innerText(), /Al Busayrah/);
  assert.equal(await page.evaluate(() => document.activeElement.tagName), 'H1');
  for (let n = 0; n < 80 && !(await page.evaluate(() => document.activeElement.matches('a.sealed'))); n += 1) await page.keyboard.press('Tab');
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  assert.equal(outline, 'solid', 'what has the focus is seen');
  await go(page, () => page.keyboard.press('Enter'));
  await page.waitForSelector('.verdict.good');
  await close();
});

test('what was not read is listed with its reason', async () => {
  const { items, by_hand: hand } = await api(at, '/aside');
  assert.ok(items.length >= 2 && hand >= 1);
  const { page, close } = await open(at, '#/aside');
  assert.equal(await page.locator('.aside-list > li').count(), items.length);
  const told = await page.locator('main').innerText();
  assert.match(told, /To be captured by hand\s[\s\S]*wall\.html[\s\S]*Set aside\s[\s\S]*broken\.jsonl/);
  await close();
});

test('the words of a search are marked where they stand, in both languages', async () => {
  const { page, close } = await open(at, '#/search?q=shelled');
  assert.match((await page.locator('.found mark').first().innerText()).toLowerCase(), /^shell/);
  await go(page, () => page.fill('#search-q', 'الإشتباكات').then(() => page.keyboard.press('Enter')));
  assert.match(await page.locator('.found blockquote[dir=rtl] mark').first().innerText(), /اشتباك/);
  await go(page, () => page.goto(`${at.url}/#/events?q=sheep`));
  assert.equal(await rows(page).count(), 1);
  assert.match(await rows(page).first().innerText(), /Al Busayrah/);
  await close();
});

test('a watch tells what is new since the reader looked', async () => {
  const { page, close } = await open(at, '#/events?place=Dhiban');
  await page.click('.watches > summary');
  await page.fill('#watch-name', 'Dhiban');
  await page.click('.keep button');
  await page.waitForFunction(() => document.querySelector('.news')?.textContent === 'nothing new');
  await page.evaluate(() => {
    const kept = JSON.parse(localStorage.getItem('marsad.watches'));
    kept[0].seen = kept[0].seen.slice(1);
    localStorage.setItem('marsad.watches', JSON.stringify(kept));
  });
  await page.reload();
  await settled(page);
  assert.equal(await page.locator('tr.fresh').count(), 1);
  assert.match(await page.locator('.news').textContent(), /1 new since you last looked/);
  await close();
});

test('a hostile report is words and nothing else', async () => {
  const { items } = await api(at, '/events?place=Hajin');
  assert.ok(items.length > 0, 'the hostile reports were read');
  const { reports } = await api(at, `/events/${items[0].id}`);
  const { page, faults, strangers, close } = await open(at, '#/events?place=Hajin');
  const views = ['#/events?place=Hajin', ...items.map((e) => `#/event/${e.id}`), ...reports.flatMap((r) => [`#/report/${r.id}?sealed=1`, `#/lineage/${r.id}`]), '#/search?q=Hajin', '#/events?q=%3Cscript%3Ewindow.hacked%3D1%3C%2Fscript%3E&place="><img src=x>'];
  for (const hash of views) {
    await go(page, () => page.evaluate((h) => { location.hash = '#/none'; location.hash = h; }, hash));
    await page.waitForTimeout(150);
    assert.equal(await page.evaluate(() => window.hacked), undefined, hash);
    assert.equal(await page.locator('main script, main iframe, main img, main object, main a[href^="javascript"]').count(), 0, hash);
    assert.equal(await page.evaluate(() => /[\u202a-\u202e\u2066\u2067]/.test(document.querySelector('main').innerText)), false, `${hash}: nothing turns the line`);
  }
  // What was asked with nonsense in it is refused, which is no fault of the page.
  assert.deepEqual([faults.filter((fault) => !/status of (400|404)/.test(fault)), strangers], [[], []]);
  await close();
});

test('a line of ten million letters breaks nothing', async () => {
  const { items } = await api(at, '/events?place=Gharanij');
  assert.equal(items.length, 1, 'it was read');
  const { reports } = await api(at, `/events/${items[0].id}`);
  const { page, faults, close } = await open(at, '#/events', { width: 360, height: 740 });
  for (const hash of ['#/events?place=Gharanij', `#/event/${items[0].id}`, `#/report/${reports[0].id}?sealed=1`]) {
    await go(page, () => page.evaluate((h) => { location.hash = '#/none'; location.hash = h; }, hash));
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 360, hash);
    assert.ok((await page.evaluate(() => document.querySelector('main').textContent.length)) < 400_000, hash);
  }
  assert.deepEqual(faults, []);
  await close();
});

test('whoever asks for the map that WebGL draws gets the same places', async () => {
  const { page, faults, close } = await open(at, '#/aside');
  await page.evaluate(() => localStorage.setItem('marsad.map', 'smooth'));
  await go(page, () => page.evaluate(() => { location.hash = '#/events'; }));
  await page.waitForSelector('.spot, .place', { timeout: 25_000 });
  const points = await page.locator('.spot.point, .place.point').count();
  const { place } = await api(at, '/events/counts');
  assert.equal(points, place.filter((p) => ['settlement', 'exact'].includes(p.precision) && p.lat !== null && p.radius_m <= 5000).length);
  assert.deepEqual(faults, []);
  await close();
});

test('on paper all sentences and hashes are there', async () => {
  const event = await disputedEvent();
  const { page, close } = await open(at, `#/event/${event.id}`, { colorScheme: 'dark' });
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(255, 255, 255)', 'no ink for the dark');
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  assert.equal(await page.locator('.dossier details:not([open])').count(), 0);
  assert.equal(await page.locator('.settings').isVisible(), false);
  assert.match(await page.locator('.hashes').innerText(), /[0-9a-f]{64}/);
  await close();
});

for (const language of ['en', 'ar']) {
  test(`printed to a PDF, a dossier has every sentence and every hash on A4 (${language})`, { skip: NO_POPPLER }, async () => {
    // One on which nobody differs: on screen its sentences are folded away.
    const event = (await api(at, '/events?limit=100')).items.find((one) => !one.disagreements.length && one.reports > 1 && !/</.test(one.summary));
    const { page, close } = await open(at, `#/event/${event.id}`, { language });
    const folder = mkdtempSync(join(tmpdir(), 'marsad-pdf-'));
    const path = join(folder, 'dossier.pdf');
    await page.pdf({ path, format: 'A4' });
    const read = (tool, ...how) => execFileSync(tool, [...how, path, ...(tool === 'pdftotext' ? ['-'] : [])], { encoding: 'utf8' });
    assert.match(read('pdfinfo'), /Page size:\s+59[45][\d.]* x 84[12][\d.]* pts/);
    // Where lines break, and where a reader of PDF tears a joined Arabic letter off its word, is no fault: letters are compared, three
    // and three.
    const letters = (text) => text.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '');
    const threes = (text) => [...letters(text)].map((_, i, all) => all.slice(i, i + 3).join('')).filter((three) => three.length === 3);
    const told = letters(read('pdftotext'));
    const { claims, reports } = await api(at, `/events/${event.id}`);
    for (const { sha256 } of reports) assert.ok(told.includes(sha256), sha256);
    // It says as well that nothing is held back.
    for (const text of [...claims.map((claim) => claim.evidence.text), WORDS[language]['dossier.as.written']]) {
      const found = threes(text).filter((three) => told.includes(three)).length / threes(text).length;
      assert.ok(found > 0.9, `${found} of: ${text}`);
    }
    rmSync(folder, { recursive: true });
    await close();
  });
}

test('axe finds nothing serious in any view, in either language, light or dark', async () => {
  const event = await disputedEvent();
  const { event: other, reports } = await translated();
  for (const [language, colorScheme] of [['en', 'light'], ['ar', 'dark']]) {
    const { page, close } = await open(at, '#/events', { language, colorScheme });
    for (const hash of ['#/events', `#/event/${event.id}?value=means`, `#/event/${other.id}`, `#/report/${reports[0].id}?sealed=1`, `#/lineage/${reports[0].id}`, '#/search?q=Dhiban', '#/aside', '#/event/e:none']) {
      await go(page, () => page.evaluate((h) => { location.hash = '#/none'; location.hash = h; }, hash));
      // The policy lets no script in from outside: the tool comes in through the debugger.
      await page.evaluate(AXE);
      const { violations } = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
      const serious = violations.filter((v) => ['serious', 'critical'].includes(v.impact));
      assert.deepEqual(serious.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).slice(0, 3).join(' | ')}`), [], `${language} ${hash}`);
    }
    await close();
  }
});

test('every value of every dossier leads to a marked sentence and to sealed bytes', async () => {
  const { page, faults, close } = await open(at, '#/events');
  for (const { id } of (await api(at, '/events?limit=100')).items) {
    await go(page, () => page.evaluate((to) => { location.hash = to; }, `#/event/${id}`));
    const links = await page.locator('a.fact').evaluateAll((all) => [...new Set(all.map((a) => a.getAttribute('href')))]);
    assert.ok(links.length > 1, id);
    for (const link of links) {
      await go(page, () => page.evaluate((to) => { location.hash = to; }, link));
      const told = page.locator(`[data-value]:has(:focus), [data-value]:focus`);
      assert.equal(await told.count(), 1, link);
      assert.ok((await told.locator('.sentence mark').count()) > 0, `${link}: no mark`);
      assert.ok((await told.locator('.sentence a.sealed').count()) > 0, `${link}: no way to the bytes`);
    }
  }
  assert.deepEqual(faults, []);
  await close();
});

test('what the program gives as its reasons is told in Arabic in the Arabic interface', async () => {
  const { page, close } = await open(at, '#/aside', { language: 'ar' });
  const said = await page.locator('.aside-list span:not([lang])').allInnerTexts();
  assert.ok(said.some((text) => text.includes('جدار تسجيل دخول')), said.join('\n'));
  for (const { id } of (await api(at, '/events?limit=100')).items) {
    await go(page, () => page.evaluate((to) => { location.hash = to; }, `#/event/${id}`));
    assert.deepEqual(await page.locator('.because [lang=en], .lineage-words span[lang=en]').allInnerTexts(), [], id);
    assert.ok((await page.locator('.because li').count()) > 0);
  }
  await close();
});

test('a few events far away or long ago do not make the first view one of the world and of decades', async () => {
  const { core } = await import('../js/places.js');
  const { unbroken } = await import('../js/topology.js');
  const place = (lon, lat, n) => ({ n, place: { lon, lat } });
  const near = [place(36, 36, 40), place(40, 35, 50), place(37, 34, 30)];
  assert.deepEqual(core([...near, place(-77, 39, 1), place(178, -18, 1)]), near);
  assert.deepEqual(core(near.slice(0, 2)), near.slice(0, 2));
  const leaps = (ring) => ring.slice(1).filter(([lon], i) => Math.abs(lon - ring[i][0]) > 180);
  assert.deepEqual(leaps(unbroken([[170, 60], [180, 62], [-170, 64], [-175, 70], [175, 68], [170, 60]])), []);
});
