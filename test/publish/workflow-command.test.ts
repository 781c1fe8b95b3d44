import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as core from '@actions/core';
import { assert, constantFrom, integer, option, property, record, string } from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { annotate, debug, endGroup, mask, setOutput, startGroup } from '../../src/publish/runner-commands.ts';
import { renderCommand, renderFileEntry } from '../../src/publish/workflow-command.ts';

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
const text = string({ unit: constantFrom('a', '%', ':', ',', '=', '\r', '\n', '%25', '::', 'é', '✓') });

function outputFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'output-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'output');
}

describe('commands are what @actions/core writes, byte for byte:', () => {
  it('annotations with any text in any property', () => {
    const place = record({
      title: option(text, { nil: undefined }),
      file: option(text, { nil: undefined }),
      line: option(integer({ min: 0 }), { nil: undefined }),
    });
    assert(
      property(text, place, (message, { title, file, line }) => {
        const theirs = printed(() => core.error(message, { title, file, startLine: line } as core.AnnotationProperties));
        expect(renderCommand('error', { title, file, line }, message)).toBe(theirs);
      }),
    );
  });

  it('every other command', () => {
    assert(
      property(text, (message) => {
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

  it('outputs, but for the text that ends the value', () => {
    const path = outputFile();
    vi.stubEnv('GITHUB_OUTPUT', path);
    assert(
      property(text, (value) => {
        writeFileSync(path, '');
        core.setOutput('report', value);
        const theirs = readFileSync(path, 'utf8');
        const unique = /ghadelimiter_([\w-]+)/.exec(theirs)?.[1] ?? '';
        expect(renderFileEntry('report', value, unique)).toBe(theirs);
      }),
    );
  });
});

describe('an output', () => {
  it('is added to the file of the runner', () => {
    const path = outputFile();
    writeFileSync(path, 'before\n');
    vi.stubEnv('GITHUB_OUTPUT', path);
    setOutput('outcome', 'passed');
    expect(readFileSync(path, 'utf8')).toMatch(/^before\r?\noutcome<<(ghadelimiter_\S+)\r?\npassed\r?\n\1\r?\n$/);
  });

  it('makes no file where the runner made none', () => {
    const path = outputFile();
    vi.stubEnv('GITHUB_OUTPUT', path);
    expect(() => setOutput('outcome', 'passed')).toThrow(`Missing file at path: ${path}`);
    expect(existsSync(path)).toBe(false);
  });

  it('is printed where there is no runner', () => {
    vi.stubEnv('GITHUB_OUTPUT', '');
    expect(printed(() => setOutput('outcome', 'a%b'))).toBe(printed(() => core.setOutput('outcome', 'a%b')));
  });
});

it('debugging is told only where it is on', () => {
  vi.stubEnv('RUNNER_DEBUG', '');
  expect(printed(() => debug('x'))).toBe('');
  vi.stubEnv('RUNNER_DEBUG', '1');
  expect(printed(() => debug('x'))).toMatch(/^::debug::x\r?\n$/);
});
