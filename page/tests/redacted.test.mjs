// Events taken away without the names that are held back, in both languages.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { open, reader } from './reader.mjs';

const NAMES = ['رضوان', 'الشماط', 'هناء', 'الزعرور'];
let at;
before(async () => { at = await reader({ examplesOnly: true }); }, { timeout: 180_000 });
after(async () => { await at?.close(); });

for (const [language, words] of [['en', { hold: 'Hold names back', told: 'What was done and what it cannot promise', bundle: 'Evidence bundle' }],
  ['ar', { hold: 'إخفاء الأسماء', told: 'ما فعل وما لا يمكن ضمانه', bundle: 'حزمة أدلة' }]]) {
  test(`names can be held back in what is taken away (${language})`, async () => {
    const { page, faults, close } = await open(at, '#/events', { language });
    const box = page.getByRole('checkbox', { name: words.hold });
    const told = page.getByRole('button', { name: words.told });
    const taken = async (button) => {
      const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
      return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') };
    };
    const csv = page.getByRole('button', { name: 'CSV', exact: true });
    assert.equal(await box.isChecked(), false);
    assert.equal(await told.isVisible(), false);
    const whole = await taken(csv);
    assert.equal(whole.name, 'marsad-events.csv');
    assert.ok(NAMES.some((name) => whole.text.includes(name)), 'the test looks for what is there otherwise');
    await box.focus();
    await page.keyboard.press('Space');
    const held = await taken(csv);
    assert.equal(held.name, 'marsad-redacted-events.csv');
    assert.equal(held.text.split('\n').length, whole.text.split('\n').length);
    assert.ok(NAMES.every((name) => !held.text.includes(name)));
    const bundle = page.getByRole('button', { name: words.bundle });
    const evidence = await taken(bundle);
    assert.equal(evidence.name, 'marsad-redacted-bundle.zip');
    assert.ok(evidence.text.startsWith('PK') && evidence.text.includes('REDACTED.md'));
    assert.ok(NAMES.every((name) => !evidence.text.includes(name)), 'what is stored in a zip stands there as it is');
    assert.match(await page.locator('.takeaway code').innerText(), /^[0-9a-f]{64}$/);
    await box.uncheck();
    const unmasked = await taken(bundle);
    assert.equal(unmasked.name, 'marsad-bundle.zip');
    assert.ok(NAMES.some((name) => unmasked.text.includes(name)));
    await box.check();
    const note = await taken(told);
    assert.equal(note.name, 'marsad-REDACTED.md');
    assert.match(note.text, /What cannot be promised/);
    assert.deepEqual(faults, []);
    await close();
  });
}
