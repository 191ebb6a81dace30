// A reader before the page: a ledger of the examples, served by the program itself, and a browser to look with.
import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const program = process.env.MARSAD ?? join(root, 'target/debug/marsad');
const browsers = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].filter(Boolean);
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];

async function ledger() {
  const folder = mkdtempSync(join(tmpdir(), 'marsad-page-'));
  mkdirSync(join(folder, 'long'));
  // One word of a million letters, with bytes that are no text, after a sentence that is an event.
  const text = `Four people were killed on Monday, 8 September 2031, in shelling of the town of Gharanij, a witness said. ${'x'.repeat(1_000_000)}\u0000 ${'ب'.repeat(200_000)}`;
  writeFileSync(join(folder, 'long', 'long.jsonl'), `${JSON.stringify({ source: 'S'.repeat(5_000), title: 'T'.repeat(20_000), published: '2031-09-09', language: 'en', text })}\n`);
  writeFileSync(join(folder, 'long', 'broken.jsonl'), '{"text": "cut off\n');
  writeFileSync(join(folder, 'long', 'wall.html'), '<html><head><title>Log in</title></head><body><h1>Log in</h1><p>You must log in to continue.</p><form><input name="user"><input type="password"><button>Log in</button></form></body></html>');
  writeFileSync(join(folder, 'long', 'wall.html.meta.json'), '{"url": "https://www.reuters.com/invented"}');
  const inputs = [join(root, 'examples'), join(root, 'page/tests/hostile'), join(folder, 'long')];
  // Ends with 1 where something was set aside, which is no fault.
  await promisify(execFile)(program, ['run', ...inputs, '--ledger', join(folder, 'ledger')]).catch((error) => {
    if (error.code !== 1) throw error;
  });
  return folder;
}

function served(folder) {
  const server = spawn(program, ['serve', '--ledger', join(folder, 'ledger'), '--listen', '127.0.0.1:0', '--page', join(root, 'page')], { stdio: ['ignore', 'pipe', 'pipe'] });
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

/** The server and the browser; `close` ends both. */
export async function reader() {
  const executablePath = browsers.find((path) => existsSync(path));
  if (!executablePath) throw new Error(`no Chromium at ${browsers.join(', ')}`);
  const folder = await ledger();
  const { server, address } = served(folder);
  const url = await address;
  const browser = await chromium.launch({ executablePath, headless: true, args: FLAGS });
  return {
    url,
    browser,
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
  page.setDefaultTimeout(15_000);
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
