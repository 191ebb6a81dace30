// A reader before the page: a ledger of the examples, served by the program itself, and a browser to look with.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const program = process.env.MARSAD ?? join(root, 'target/debug/marsad');
const browsers = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].filter(Boolean);
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];

/** What no reader wishes to read: markup that acts, one word of ten million letters, a line cut off, a wall. */
function hostile(folder) {
  mkdirSync(folder);
  const text = `Four people were killed on Monday, 8 September 2031, in shelling of the town of Gharanij, a witness said. ${'x'.repeat(10_000_000)}\u0000 ${'ب'.repeat(1_000_000)}`;
  const long = { source: 'S'.repeat(5_000), title: 'T'.repeat(20_000), published: '2031-09-09', language: 'en', text };
  writeFileSync(join(folder, 'long.jsonl'), `${JSON.stringify(long)}\n`);
  writeFileSync(join(folder, 'broken.jsonl'), '{"text": "cut off\n');
  writeFileSync(join(folder, 'wall.html'), '<html><head><title>Log in</title></head><body><h1>Log in</h1><p>You must log in to continue.</p><form><input name="user"><input type="password"><button>Log in</button></form></body></html>');
  writeFileSync(join(folder, 'wall.html.meta.json'), '{"url": "https://www.reuters.com/invented"}');
  return [join(root, 'page/tests/hostile'), folder];
}

async function ledger(examplesOnly, more) {
  const folder = mkdtempSync(join(tmpdir(), 'marsad-page-'));
  for (const [name, text] of Object.entries(more)) writeFileSync(join(folder, name), text);
  const inputs = [join(root, 'examples'), ...Object.keys(more).map((name) => join(folder, name)), ...(examplesOnly ? [] : hostile(join(folder, 'hostile')))];
  // Ends with 1 where something was set aside, which is no fault.
  await promisify(execFile)(program, ['run', ...inputs, '--ledger', join(folder, 'ledger')]).catch((error) => {
    if (error.code !== 1) throw error;
  });
  return folder;
}

function served(folder, tiles, near = true) {
  const server = spawn(program, ['serve', '--ledger', join(folder, 'ledger'), '--listen', near ? '127.0.0.1:0' : '0.0.0.0:0', '--page', join(root, 'page'), ...(tiles ? ['--tiles', tiles] : [])], { stdio: ['ignore', 'pipe', 'pipe'] });
  const address = new Promise((done, fail) => {
    let said = '';
    const hear = (bytes) => {
      said += bytes;
      const found = /http:\/\/[\w.:[\]]+/.exec(said);
      if (found) done(found[0].replace(/\/$/, ''));
    };
    server.stdout.on('data', hear);
    server.stderr.on('data', hear);
    server.on('exit', (code) => fail(new Error(`the server ended with ${code}: ${said}`)));
  });
  return { server, address };
}

/** The server and the browser; `close` ends both. `more` are further reports by the names of their files, `tiles` the bytes of a map,
 * `token` the scopes of a token without which the server lets nobody in. */
export async function reader({ examplesOnly = false, more = {}, tiles = null, token = null } = {}) {
  const executablePath = browsers.find((path) => existsSync(path));
  if (!executablePath) throw new Error(`no Chromium at ${browsers.join(', ')}`);
  const folder = await ledger(examplesOnly, more);
  if (tiles) writeFileSync(join(folder, 'own.pmtiles'), tiles);
  const made = token && await promisify(execFile)(program, ['token', 'add', 'reader', '--ledger', join(folder, 'ledger'), '--scope', token]);
  const { server, address } = served(folder, tiles ? join(folder, 'own.pmtiles') : null, !token);
  const url = (await address).replace('0.0.0.0', '127.0.0.1');
  const browser = await chromium.launch({ executablePath, headless: true, args: FLAGS });
  return {
    url,
    browser,
    /** What the program says to these arguments, the ledger named. */
    async say(...words) {
      return (await promisify(execFile)(program, [...words, '--ledger', join(folder, 'ledger')])).stdout;
    },
    token: made?.stdout.trim(),
    async close() {
      await browser.close();
      server.kill('SIGINT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A page of its own, with what went wrong in it noted. */
export async function open(at, hash, { width = 1280, height = 800, language = 'en', ...more } = {}) {
  const context = await at.browser.newContext({ viewport: { width, height }, locale: language === 'ar' ? 'ar-SY' : 'en-GB', reducedMotion: 'reduce', ...more });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const faults = [];
  const strangers = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => { if (message.type() === 'error') faults.push(message.text()); });
  page.on('request', (request) => { if (!request.url().startsWith(at.url) && !/^(data|blob):/.test(request.url())) strangers.push(request.url()); });
  await page.goto(`${at.url}/${hash}`);
  await settled(page);
  return { page, faults, strangers, close: () => context.close() };
}

/** Waits until a view has been drawn. */
export async function settled(page) {
  await page.waitForSelector('body[data-drawn="yes"]');
}

/** What looks for barriers in a page. */
export const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What the program answers, as data. */
export async function api(at, path) {
  const answer = await fetch(`${at.url}/api/v1${path}`);
  assert.equal(answer.status, 200, path);
  return answer.json();
}

/** The words of both interfaces. */
export const WORDS = Object.fromEntries(['en', 'ar'].map((language) => [language, JSON.parse(readFileSync(join(root, `page/words/${language}.json`), 'utf8'))]));

/** Axe finds nothing serious in the page as it stands, and nothing is wider than its window. */
export async function assertOpenToAll(page, language) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(wide <= 0, `${wide} pixels too wide`);
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
  const serious = violations.filter((v) => ['serious', 'critical'].includes(v.impact));
  assert.deepEqual(serious.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).slice(0, 3).join(' | ')}`), [], language);
}

/** Says who rules and why. */
export async function sign(page, who = 'Rana', why = 'looked at the footage') {
  await page.fill('#review-who', who);
  await page.fill('#review-why', why);
}

/** Rules as a program would, with what was decided on it seen. */
export async function decide(at, by, rule, seen = []) {
  const answer = await fetch(`${at.url}/api/v1/decisions`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ by, why: 'read it', seen, rule }) });
  assert.equal(answer.status, 201, await answer.clone().text());
  return answer.json();
}

/** The file that a button leads to. */
export async function taken(page, button) {
  const [file] = await Promise.all([page.waitForEvent('download'), button.click()]);
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

/** Waits until events were found anew with all that was decided and taken in. */
export async function laidOver(at) {
  for (let i = 0; i < 300; i += 1) {
    if (!(await api(at, '/status')).stale) return;
    await new Promise((done) => { setTimeout(done, 100); });
  }
  assert.fail('events were not found anew');
}

/** The claim's card in the review queue, with the further rulings opened by key. */
export async function furtherRulings(page, id) {
  while (!(await page.locator(`.waits[data-claim="${id}"]`).count())) {
    const n = await page.locator('.waits').count();
    await page.locator('.room > p > button').click();
    await page.waitForFunction((before) => document.querySelectorAll('.waits').length > before, n);
  }
  const card = page.locator(`.waits[data-claim="${id}"]`);
  await card.locator('h2 a').focus();
  await page.keyboard.press('v');
  await card.locator('.further .placing').waitFor();
  return card;
}
