// Takes the pictures of docs/page.md: node page/tests/pictures.mjs FOLDER (MARSAD names the program).
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { open, reader, settled } from './reader.mjs';

const DESK = { width: 1280, height: 860 };
const PHONE = { width: 360, height: 700 };
const QUALITY = 72;

const folder = process.argv[2] ?? '.';
const at = await reader({ examplesOnly: true });
const api = async (path) => (await fetch(`${at.url}/api/v1${path}`)).json();
const { items } = await api('/events?limit=100');
const disputed = items.find((event) => event.disagreements.some((d) => d.attribute === 'initiator')).id;
let translated = null;
for (const { id } of items) translated ??= (await api(`/events/${id}`)).lineage.find((edge) => edge.relation === 'translation') ?? null;

const PICTURES = [
  ['events-en', '#/events', DESK, 'en', 'light'],
  ['events-ar-dark', '#/events', DESK, 'ar', 'dark'],
  ['events-ar-phone', '#/events', PHONE, 'ar', 'light'],
  ['dossier-en', `#/event/${disputed}`, DESK, 'en', 'light'],
  ['dossier-ar-dark', `#/event/${disputed}`, DESK, 'ar', 'dark'],
  ['dossier-en-phone', `#/event/${disputed}?value=casualties`, PHONE, 'en', 'light'],
  ['report-en', `#/report/${translated.report}`, DESK, 'en', 'light'],
  ['report-ar', `#/report/${translated.to}`, DESK, 'ar', 'light'],
  ['lineage-en-dark', `#/lineage/${translated.report}`, { ...DESK, height: 700 }, 'en', 'dark'],
  ['lineage-ar', `#/lineage/${translated.report}`, { ...DESK, height: 700 }, 'ar', 'light'],
  ['inbox-en', '#/inbox', DESK, 'en', 'light'],
  ['inbox-ar-phone', '#/inbox', PHONE, 'ar', 'light'],
  ['review-en', '#/review', DESK, 'en', 'light'],
  ['review-ar', '#/review', DESK, 'ar', 'light'],
  ['second-en', `#/second/${translated.report}`, DESK, 'en', 'light'],
  ['second-ar-phone', `#/second/${translated.to}`, PHONE, 'ar', 'dark'],
  ['agreement-en', '#/agreement', { ...DESK, height: 500 }, 'en', 'light'],
  ['agreement-ar', '#/agreement', { ...DESK, height: 500 }, 'ar', 'light'],
  ['aside-en', '#/aside', { ...DESK, height: 600 }, 'en', 'light'],
  ['aside-ar', '#/aside', { ...DESK, height: 600 }, 'ar', 'light'],
  ['search-en', '#/search?q=shelling', { ...DESK, height: 600 }, 'en', 'light'],
  ['search-ar', `#/search?q=${encodeURIComponent('اشتباكات')}`, { ...DESK, height: 600 }, 'ar', 'light'],
];

for (const [name, hash, size, language, colorScheme] of PICTURES) {
  const { page, close } = await open(at, hash, { ...size, language, colorScheme });
  await settled(page);
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(700);
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: QUALITY });
  writeFileSync(join(folder, `${name}.webp`), Buffer.from(data, 'base64'));
  await close();
}
await at.close();
