// Copies the files that vendor.tsv names from node_modules to where the page looks for them.
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const page = dirname(fileURLToPath(import.meta.url));
const rows = readFileSync(join(page, 'vendor.tsv'), 'utf8').split('\n').filter((line) => line && !line.startsWith('#')).slice(1);
for (const row of rows) {
  const [from, to] = row.split('\t');
  mkdirSync(join(page, dirname(to)), { recursive: true });
  copyFileSync(join(page, 'node_modules', from), join(page, to));
}
