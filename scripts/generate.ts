import { writeFile } from 'node:fs/promises';
import { renderGeneratedFiles } from './generated-files.ts';

for (const { path, text } of renderGeneratedFiles()) {
  await writeFile(path, text);
  console.log(`wrote ${path}`);
}
