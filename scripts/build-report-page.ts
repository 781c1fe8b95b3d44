import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'rolldown';

/**
 * Bundles the report page's own script and style (src/report/page) into one module of two strings, so that rendering
 * a report needs no build step and no files beside the code.
 *
 * node scripts/build-report-page.ts
 */

const page = join(import.meta.dirname, '../src/report/page');
const target = join(import.meta.dirname, '../src/report/html/page.generated.ts');

/** In the order in which they cascade. */
const styles = ['base.css', 'overview.css', 'viewer.css', 'print.css', 'hidden.css'];

/** The text of page.generated.ts for the sources as they are. */
export async function buildReportPage(): Promise<string> {
  const script = await bundleScript();
  const style = compactStyle((await Promise.all(styles.map((name) => readFile(join(page, 'style', name), 'utf8')))).join('\n'));
  for (const [name, text] of Object.entries({ script, style })) {
    // These end or change the state of the element that the text stands in.
    if (/<\/(?:script|style)|<!--/i.test(text)) {
      throw new Error(`The page's ${name} holds markup that would end its element.`);
    }
  }
  return [
    '// Written by scripts/build-report-page.ts from src/report/page. Do not edit.',
    `export const pageScript: string = ${JSON.stringify(script)};`,
    `export const pageStyle: string = ${JSON.stringify(style)};`,
    '',
  ].join('\n');
}

async function bundleScript(): Promise<string> {
  const { output } = await build({
    input: join(page, 'main.ts'),
    platform: 'browser',
    transform: { target: 'es2023' },
    output: { format: 'iife', minify: true },
    write: false,
  });
  return output[0].code.trim();
}

/** Drops comments and indentation; what is left is the style sheet as it was written. */
function compactStyle(css: string): string {
  return css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .join('\n');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await writeFile(target, await buildReportPage());
}
