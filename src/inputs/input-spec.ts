import type { ValueType } from './value-types.ts';

/** Where an input may be written. */
export type Scope =
  /** Only in the workflow or on the command line. */
  | 'invocation'
  /** Also at the top of the config file. */
  | 'run'
  /** Also in a target, which then counts for that target alone. */
  | 'target';

export interface InputSpec<T> {
  readonly type: ValueType<T>;
  readonly scope: Scope;
  /** As a person would write it; absent: none. */
  readonly default?: string;
  /** One or more sentences, for action.yml, the docs, the schema and the usage alike. */
  readonly description: string;
  /** Never shown, and in the config file only as `${NAME}`. */
  readonly secret?: true;
  /** What action.yml itself sets, where GitHub alone knows the value. */
  readonly workflowDefault?: string;
  /** Means nothing outside of a workflow, so the command line has no flag for it. */
  readonly stepOnly?: true;
  /** Needs structure that one line of text cannot give, so it stands in the config file only. */
  readonly configOnly?: true;
  /** Says something about one page, so it stands in a target and not at the top of the config file. */
  readonly targetOnly?: true;
}
