import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import chromium, { inflate, setupLambdaEnvironment } from '@sparticuz/chromium';
import { type Browser, launch } from 'puppeteer-core';

/** A real Chromium for tests and scripts: the one in the npm package, so that nothing needs to be installed. */
export async function launchBrowser(): Promise<Browser> {
  const bin = join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '../bin');
  const libraries = await inflate(join(bin, 'al2023.tar.br'));
  setupLambdaEnvironment(join(libraries, 'lib'));
  return launch({
    executablePath: await chromium.executablePath(bin),
    headless: 'shell',
    // Chromium refuses to sandbox for root, which is what containers run as.
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--hide-scrollbars', '--force-color-profile=srgb'],
  });
}
