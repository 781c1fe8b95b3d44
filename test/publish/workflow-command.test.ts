import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as core from '@actions/core';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { publishOutputs } from '../../src/publish/outputs.ts';
import { annotate, debug, endGroup, mask, startGroup } from '../../src/publish/runner-commands.ts';
import { renderCommand } from '../../src/publish/workflow-command.ts';

/** What is written to standard output meanwhile. */
function printed(work: () => void): string {
  let text = '';
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    text += String(chunk);
    return true;
  });
  try {
    work();
  } finally {
    write.mockRestore();
  }
  return text;
}

/** Any text, often with what has a meaning in commands. */
const text = fc.string({ unit: fc.constantFrom('a', '%', ':', ',', '=', '\r', '\n', '%25', '::', 'é', '✓') });

function outputFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'output-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'output');
}

describe('commands are what @actions/core writes, byte for byte:', () => {
  it('annotations with any text in any property', () => {
    const place = fc.record({
      title: fc.option(text, { nil: undefined }),
      file: fc.option(text, { nil: undefined }),
      line: fc.option(fc.integer({ min: 0 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(text, place, (message, { title, file, line }) => {
        const theirs = printed(() => core.error(message, { title, file, startLine: line } as core.AnnotationProperties));
        expect(renderCommand('error', { title, file, line }, message)).toBe(theirs);
      }),
    );
  });

  it('every other command', () => {
    fc.assert(
      fc.property(text, (message) => {
        expect(renderCommand('add-mask', {}, message)).toBe(printed(() => core.setSecret(message)));
        expect(renderCommand('debug', {}, message)).toBe(printed(() => core.debug(message)));
        expect(renderCommand('group', {}, message)).toBe(printed(() => core.startGroup(message)));
      }),
    );
    expect(printed(endGroup)).toBe(printed(core.endGroup));
    expect(printed(() => startGroup('a%\nb'))).toBe(printed(() => core.startGroup('a%\nb')));
    expect(printed(() => annotate('warning', 'plain'))).toBe(printed(() => core.warning('plain')));
    expect(printed(() => mask('workflow-command test secret'))).toBe(
      printed(() => core.setSecret('workflow-command test secret')),
    );
  });
});

describe('an output', () => {
  it('is added to the file of the runner', async () => {
    const path = outputFile();
    writeFileSync(path, 'before\n');
    vi.stubEnv('GITHUB_OUTPUT', path);
    expect(await publishOutputs({ outcome: 'passed' })).toBeUndefined();
    expect(readFileSync(path, 'utf8')).toMatch(/^before\r?\noutcome<<(ghadelimiter_\S+)\r?\npassed\r?\n\1\r?\n$/);
  });

  it('makes no file where the runner made none, and says so', async () => {
    const path = outputFile();
    vi.stubEnv('GITHUB_OUTPUT', path);
    expect(await publishOutputs({ outcome: 'passed' })).toBe(`The outputs could not be written: Missing file at path: ${path}`);
    expect(existsSync(path)).toBe(false);
  });
});

it('debugging is told only where it is on', () => {
  vi.stubEnv('RUNNER_DEBUG', '');
  expect(printed(() => debug('x'))).toBe('');
  vi.stubEnv('RUNNER_DEBUG', '1');
  expect(printed(() => debug('x'))).toMatch(/^::debug::x\r?\n$/);
});
