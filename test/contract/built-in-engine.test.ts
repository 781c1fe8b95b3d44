import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defined } from '../../src/basics/record.ts';
import { startEngine } from '../../src/engine/index.ts';
import { shellWord } from '../helpers/shell-word.ts';
import { silentLog } from '../helpers/silent-log.ts';
import { browserPath } from '../helpers/test-browser.ts';
import { contractSuite } from './contract-suite.ts';
import { keys, type ServiceUnderTest, type Setup } from './service-under-test.ts';

contractSuite(startBuiltInEngine);

async function startBuiltInEngine(setup: Setup): Promise<ServiceUnderTest> {
  const scopes = ['screenshot:write'];
  await using opened = new AsyncDisposableStack();
  const lostBrowser = setup.withoutBrowser === true ? opened.use(await removableBrowser()) : undefined;
  const engine = opened.use(
    await startEngine({
      log: silentLog,
      keys: [
        { key: keys.valid, scopes },
        { key: keys.second, scopes },
        { key: keys.withoutScope, scopes: ['screenshot:read'] },
      ],
      allowPrivate: setup.refusePrivate !== true,
      ...defined({
        credits: setup.credits,
        rateLimit: setup.rateLimit,
        capacity: setup.capacity,
        renderBudgetMs: setup.renderBudgetMs,
      }),
      browserPath: lostBrowser?.path ?? browserPath,
    }),
  );
  if (lostBrowser !== undefined) {
    await lostBrowser.remove();
    const [pid] = await engine.browserProcessIds('browser');
    process.kill(pid!, 'SIGKILL');
  }
  const running = opened.move();
  return { url: engine.url, [Symbol.asyncDispose]: () => running.disposeAsync() };
}

/** A browser under a path of its own, which can be taken away. */
async function removableBrowser() {
  const folder = await mkdtemp(join(tmpdir(), 'removable-browser-'));
  const path = join(folder, 'chrome');
  await writeFile(path, `#!/bin/sh\nexec ${shellWord(browserPath)} "$@"\n`);
  await chmod(path, 0o755);
  return {
    path,
    remove: () => rm(path),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
