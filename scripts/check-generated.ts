// Fails when a file that is written from a table is out of step with it.
import { readFile } from 'node:fs/promises';
import { renderGeneratedFiles } from './generated-files.ts';

const stale: string[] = [];
for (const { path, text } of renderGeneratedFiles()) {
  const written = await readFile(path, 'utf8').catch(() => '');
  if (written.replaceAll('\r\n', '\n') !== text) {
    stale.push(path);
  }
}
if (stale.length > 0) {
  console.error(`Out of step with their tables: ${stale.join(', ')}. Run npm run generate and commit the result.`);
  process.exitCode = 1;
} else {
  console.log('Generated files are in step with their tables.');
}
