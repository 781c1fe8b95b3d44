import type { Inputs } from '../inputs/inputs.ts';
import type { BaselineSource, BaselineWriter } from './source.ts';

/** What a run does to the baselines. */
export type BaselineUpdate =
  | { readonly kind: 'none' }
  /** `writer` is undefined where the upload of the run is all that it takes. */
  | { readonly kind: 'missing' | 'all'; readonly writer: BaselineWriter | undefined; readonly prune: boolean }
  /** What the browser alone has changed. */
  | { readonly kind: 'browser'; readonly writer: BaselineWriter; readonly prune: false };

/**
 * What `update-baselines` comes to with this source, and, where it comes to nothing, why. What was not reviewed must not
 * become what everyone is compared with, whatever the workflow says.
 */
export function decideUpdate(
  { updateBaselines, prune }: Pick<Inputs, 'updateBaselines' | 'prune'>,
  source: BaselineSource | undefined,
): { readonly update: BaselineUpdate; readonly withheld?: string } {
  if (updateBaselines === 'none' || source === undefined) {
    return { update: { kind: 'none' } };
  }
  const { writing } = source;
  switch (writing.kind) {
    case 'read-only':
      return { update: { kind: 'none' }, withheld: writing.reason };
    case 'upload':
      if (updateBaselines === 'browser') {
        return { update: { kind: 'none' }, withheld: 'the whole run becomes the baselines, not some of its pictures' };
      }
      return { update: { kind: updateBaselines, writer: undefined, prune: false } };
    case 'writer':
      if (updateBaselines === 'browser') {
        return { update: { kind: updateBaselines, writer: writing.writer, prune: false } };
      }
      return { update: { kind: updateBaselines, writer: writing.writer, prune: prune && updateBaselines === 'all' } };
  }
}
