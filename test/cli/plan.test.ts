import { expect, test } from 'vitest';
import { createWorkspace, cliSource as entry, put, runBundle } from '../helpers/bundle.ts';

const config = (targets: string): string => `base-url: http://localhost:3000
engine: local
clock: 2026-01-01T12:00:00Z
viewports: [1280x800]
targets:
${targets}`;

async function plan(text: string, env: Record<string, string> = {}): Promise<string> {
  await using workspace = await createWorkspace();
  await put(workspace, 'visual-capture.yml', text);
  const { exitCode, stdout, stderr } = await runBundle(entry, { args: ['plan'], cwd: workspace.path, env });
  expect([exitCode, stderr]).toEqual([0, '']);
  return stdout;
}

test('tells how pages are to look: below a capture what it has besides the others, and no value of a cookie', async () => {
  const targets = `  - /
  - url: /menu
    color-schemes: [dark]
    hide: [.ad, "#chat"]
    mask: [.clock, {x: 0, y: 0, width: 10, height: 10}]
    cookies: ["session=\${SESSION}"]
    style: |
      a { color: red }
      b { color: blue }
    steps: [{hover: "#products"}, {fill: {"#name": "\${SESSION}"}}]
`;
  expect(await plan(config(targets), { SESSION: 'of-a-person' })).toContain(`index/1280x800      http://localhost:3000/  (new)
menu/1280x800-dark  http://localhost:3000/menu  (new)
    hide: .ad, #chat
    style: a { color: red } b { color: blue }
    cookies: session
    steps: hover #products, fill #name
    color-schemes: dark
    mask: .clock

Every capture:
    clock: 2026-01-01T12:00:00.000Z

Browser: one of this machine, which a run looks for when it starts.

2 captures`);
});
