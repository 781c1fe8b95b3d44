import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeOptions } from '../../src/environment/describe.ts';
import { InputError } from '../../src/errors/problem.ts';
import type { Inputs } from '../../src/inputs/inputs.ts';
import { loadInputs } from '../../src/inputs/load.ts';
import type { InputName } from '../../src/inputs/spec.ts';
import { openWorkspace } from '../../src/system/workspace.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'page-settings-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

async function load(text: string, engine = 'local'): Promise<Inputs> {
  await writeFile(join(directory, 'visual-capture.yml'), text);
  const values = new Map(Object.entries({ engine, 'api-key': 'sk_live_test' })) as Map<InputName, string>;
  const env = { SESSION: 'secret-of-a-session' };
  return loadInputs({ values, env, fork: false, purpose: 'check' }, openWorkspace(directory));
}

async function problemsOf(text: string, engine?: string): Promise<string[]> {
  const error = await load(text, engine).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(InputError);
  return (error as InputError).message.split('\n').slice(1);
}

const site = 'base-url: https://preview.example\n';

describe('how a page is to look', () => {
  it('is read with every setting, of the top and of the target', async () => {
    await writeFile(join(directory, 'more.css'), 'b {}');
    const { captures } = await load(
      `${site}hide: .ad\nstyle: "a {}"\nclock: 2026-01-01T12:00:00+01:00\ntargets:
  - url: /a
    remove: [.chat, "x-y >>> b, i"]
    style-file: more.css
    wait-for: "#chart"
    delay: 250
    locale: de-de
    timezone: Europe/Berlin
    user-agent: Robot
    reduced-motion: false
    random: seed
    cookies: ["session=\${SESSION}", theme=dark]
    storage: {seen: true}
`,
    );
    expect(captures[0]?.settings.page).toEqual({
      hide: ['.ad'],
      remove: ['.chat', 'x-y >>> b, i'],
      style: 'b {}\na {}',
      waitFor: ['#chart'],
      delayMs: 250,
      locale: 'de-DE',
      timezone: 'Europe/Berlin',
      userAgent: 'Robot',
      reducedMotion: false,
      clockMs: Date.UTC(2026, 0, 1, 11),
      random: 'seed',
      cookies: [
        { name: 'session', value: 'secret-of-a-session' },
        { name: 'theme', value: 'dark' },
      ],
      storage: { seen: 'true' },
    });
    const told = describeOptions(captures[0]!.settings);
    expect(told).toMatchObject({ hide: '.ad', clock: '2026-01-01T11:00:00.000Z', cookies: 'session, theme', storage: 'seen' });
    expect(JSON.stringify(told)).not.toContain('secret');
  });

  it('makes a capture of each color scheme and device', async () => {
    const { captures } = await load(
      `${site}viewports: [800x600, iPhone 15, phone=Pixel 5]\ncolor-schemes: [light, dark]\ntargets: [/a]\n`,
    );
    expect(
      captures.map(({ id, viewport: { width, scale }, settings: { page } }) => [
        id,
        width,
        scale,
        page?.mobile,
        page?.colorScheme,
      ]),
    ).toEqual([
      ['a/800x600', 800, 1, undefined, undefined],
      ['a/800x600-dark', 800, 1, undefined, 'dark'],
      ['a/iphone-15', 393, 3, true, undefined],
      ['a/iphone-15-dark', 393, 3, true, 'dark'],
      ['a/phone', 393, 3, true, undefined],
      ['a/phone-dark', 393, 3, true, 'dark'],
    ]);
    expect(captures[2]?.settings.page?.userAgent).toContain('iPhone');
  });

  it('gives cookies and storage to the preview alone', async () => {
    const { captures } = await load(
      `${site}cookies: [a=b]\nstorage: {c: d}\nhide: .ad\ntargets: [/a, https://elsewhere.example/b, {name: c, html: x}]\n`,
    );
    expect(captures.map(({ settings: { page } }) => Object.keys(page ?? {}).toSorted())).toEqual([
      ['cookies', 'hide', 'storage'],
      ['hide'],
      ['hide'],
    ]);
  });

  it.each([
    ['hide: [""]', 'hide must be a CSS selector such as ".banner", or a list of them, not ""'],
    ['delay: 20000', 'delay must be a whole number from 0 to 10000, not 20000'],
    ['locale: "??"', 'locale must be a language tag such as de-DE, not "??"'],
    ['timezone: Mars/Base', 'timezone must be a time zone such as Europe/Berlin, not "Mars/Base"'],
    ['clock: 2026-01-01', 'clock must be a moment with its offset such as 2026-01-01T12:00:00Z, not "2026-01-01"'],
    ['cookies: [a=b, "c"]', 'cookies must be cookies of the form NAME=VALUE; number 2 is not'],
    ['storage: [a]', 'storage must be a mapping such as {theme: dark}'],
    ['color-schemes: [blue]', 'color-schemes must list light, dark or both, not ["blue"]'],
    ['viewports: [iPhone 51]', '(did you mean "iPhone 5"?)'],
    ['viewports: [a=1x1, a-dark=2x2]\ncolor-schemes: [dark, light]', 'the viewport "a-dark" is there twice'],
    ['style-file: none.css', 'style-file "none.css" is not there'],
    ['style-file: ../a.css', 'style-file "../a.css" lies outside of the workspace'],
  ])('refuses %s', async (text, expected) => {
    expect((await problemsOf(`${site}${text}\ntargets: [/a]\n`))[0]).toContain(expected);
  });

  it('says with its line what the hosted service cannot be asked for', async () => {
    const problems = await problemsOf(
      `${site}clock: 2026-01-01T12:00:00Z\nhide: .ad\ntargets:\n  - {url: /a, locale: de, color-schemes: [dark]}\n`,
      'api',
    );
    expect(problems.map((problem) => problem.trim())).toEqual([
      expect.stringMatching(/^- visual-capture\.yml:2: clock goes only with engine: local/),
      expect.stringMatching(/^- visual-capture\.yml:5: locale goes only with engine: local/),
      expect.stringMatching(/^- visual-capture\.yml:5: color-schemes goes only with engine: local/),
    ]);
  });
});
