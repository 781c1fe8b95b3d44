import { readdir } from 'node:fs/promises';
import { brotliCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { actionSource, createWorkspace, put, runStep } from '../helpers/bundle.ts';

const packageFolder = 'node_modules/@sparticuz/chromium';

test('a workflow runs no browser that the repository brings along', async () => {
  await using workspace = await createWorkspace();
  const script = '#!/bin/sh\ntouch "$HOME/ran"\n';
  await put(
    workspace,
    `${packageFolder}/package.json`,
    '{"name": "@sparticuz/chromium", "version": "1.2.3", "main": "build/index.js"}',
  );
  await put(workspace, `${packageFolder}/build/index.js`, '');
  for (const file of ['chromium.br', 'al2023.tar.br', 'fonts.tar.br', 'swiftshader.tar.br']) {
    await put(workspace, `${packageFolder}/bin/${file}`, brotliCompressSync(file === 'chromium.br' ? script : ''));
  }
  await put(workspace, 'visual-capture.yml', 'targets: [{name: card, html: <h1>Hello</h1>}]\n');
  await runStep({
    entry: actionSource,
    workspace,
    inputs: { engine: 'local', 'upload-artifact': 'false' },
    env: { HOME: workspace.path, PATH: process.env['PATH'] ?? '' },
  });
  expect(await readdir(workspace.path)).not.toContain('ran');
});
