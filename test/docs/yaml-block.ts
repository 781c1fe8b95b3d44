import { parse } from 'yaml';
import { isRecord } from '../../src/basics/record.ts';
import { type Block, blocksOf, pages } from './support.ts';

/** What a block of YAML in the documentation is: a config file, or a workflow, which it may be a part of. */
export interface YamlBlock extends Block {
  readonly kind: 'config' | 'workflow';
  /** A whole file: a part of a workflow stands in one that it could be from. */
  readonly whole: string;
}

export const yamlBlocks: readonly YamlBlock[] = pages
  .flatMap(blocksOf)
  .filter(({ language }) => language === 'yaml' || language === 'yml')
  .map(completeBlock);

function completeBlock(block: Block): YamlBlock {
  const text = dedent(block.text);
  const content: unknown = parse(text);
  if (isRecord(content) && 'jobs' in content) {
    return { ...block, kind: 'workflow', whole: text };
  }
  if (isRecord(content) && 'steps' in content) {
    return { ...block, kind: 'workflow', whole: jobOf(text) };
  }
  if (Array.isArray(content)) {
    return { ...block, kind: 'workflow', whole: jobOf(stepsOf(text)) };
  }
  // Inputs of a step stand as deep as they do in a workflow, or hold an expression, which a config file has none of.
  return text !== block.text || text.includes('${{')
    ? {
        ...block,
        kind: 'workflow',
        whole: jobOf(stepsOf(`- uses: visual-capture/visual-capture@v0\n  with:\n${indent(text, 4)}`)),
      }
    : { ...block, kind: 'config', whole: text };
}

function jobOf(text: string): string {
  return `on: [pull_request, push]\njobs:\n  visual:\n    runs-on: ubuntu-latest\n${indent(text, 4)}`;
}

/** Behind one that deploys, so that `steps.deploy.outputs.url` is something. */
function stepsOf(text: string): string {
  return `steps:\n- {id: deploy, run: "true"}\n${text}`;
}

function indent(text: string, by: number): string {
  return text.replaceAll(/^(?=.)/gm, ' '.repeat(by));
}

function dedent(text: string): string {
  const depth = /^ */.exec(text)?.[0].length ?? 0;
  return text.replaceAll(new RegExp(`^ {${depth}}`, 'gm'), '');
}
