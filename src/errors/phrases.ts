import type { FixContext, RunContext } from './fix-context.ts';

/** Where the target is named, e.g. ` (visual-capture.yml:6)`; nothing where that is not known. */
export function at({ place }: Pick<FixContext, 'place'>): string {
  return place === undefined ? '' : ` (${place})`;
}

/** e.g. `1.5 s`. */
export function seconds(ms: number): string {
  return `${Math.round(ms / 100) / 10} s`;
}

/** e.g. `12 captures`. */
export function captures(count: number): string {
  return count === 1 ? '1 capture' : `${count} captures`;
}

/** e.g. `the secret SHOTS_KEY (input api-key)`. */
export function secretOf({ apiKeySecret }: RunContext): string {
  return apiKeySecret === undefined ? 'the secret behind the api-key input' : `the secret ${apiKeySecret} (input api-key)`;
}

/** A sentence of its own about answers that were lost; nothing where none was. */
export function billedNote({ run }: FixContext): string {
  const lost = run.possiblyBilled === 1 ? 'One lost answer' : `${run.possiblyBilled} lost answers`;
  return run.possiblyBilled === 0 ? '' : ` ${lost} of this run may have been billed.`;
}
