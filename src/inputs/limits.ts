import { mostMasks } from '../plan/page-settings.ts';

/** How much may be written; more is a mistake, or somebody who wants to keep a runner busy. */
export const inputLimits = {
  /** Of the config file, a file that it names, or the workflow file that is looked at for its lines. */
  fileBytes: 5 * 1024 * 1024,
  /** In one mapping of the config file; every key that we know fits in a hundred. */
  keys: 1_000,
  /** `*alias` in one config file. */
  aliases: 1_000,
  /** Of one target. */
  masks: mostMasks,
  /** Of one selector in `mask`, in characters: results and manifests keep it beside its boxes. */
  maskSelectorLength: 1_000,
  /** Of one target, or of the login. They share the render budget, in which a few dozen can be done. */
  steps: 100,
} as const;
