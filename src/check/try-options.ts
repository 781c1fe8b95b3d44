import { defined } from '../basics/record.ts';
import type { CaptureOutcome } from '../capture/outcome.ts';
import { runCaptures, type SchedulerOptions, type SchedulerPorts } from '../capture/scheduler.ts';
import { decodePng } from '../compare/decode.ts';
import { errorCode } from '../errors/codes.ts';
import type { Failure } from '../errors/failure.ts';
import { reasonOf } from '../errors/user-error.ts';
import type { UsedOption } from '../inputs/inputs.ts';
import type { Capture } from '../plan/capture.ts';
import type { PageSettings } from '../plan/page-settings.ts';
import type { ServiceTotals } from '../results/model.ts';
import type { CaptureApi } from '../services/capture-api.ts';

export interface TriedOptions {
  readonly service: ServiceTotals;
  /** Why nothing else must be sent. */
  readonly failure?: Failure;
}

/** The picture of a probe is tiny; a larger one is none. In bytes. */
const largestPicture = 100_000;

/**
 * Shows with one small picture whether a service honours options that it does not document, before anything else is spent.
 * Waits out what the service asks for, as any capture does.
 */
export async function tryOptions(
  used: readonly UsedOption[],
  api: Pick<CaptureApi, 'renderOptionProbe' | 'readOptionProbe'>,
  run: { readonly options: SchedulerOptions; readonly ports: SchedulerPorts },
  signal: AbortSignal,
): Promise<TriedOptions> {
  const probe = api.renderOptionProbe(used.map(({ key }) => key));
  const capture: Capture = {
    id: 'options/probe',
    name: 'options',
    viewport: { name: 'probe', ...probe.viewport, scale: 1 },
    page: { kind: 'html', html: probe.html },
    settings: { format: 'png', page: probe.settings },
    compare: { threshold: 0, includeAntiAliasing: true, mask: [] },
  };
  let outcome: CaptureOutcome | undefined;
  const { service, stopped } = await runCaptures(
    [capture],
    run.options,
    run.ports,
    {
      onOutcome: (_, ended) => {
        outcome = ended;
      },
    },
    signal,
  );
  const shownOf = (keys: readonly (keyof PageSettings)[]): string =>
    used.flatMap(({ key, shown }) => (keys.includes(key) ? [shown] : [])).join(', ');
  const ended = outcome ?? { status: 'skipped' as const, failure: stopped ?? ({ code: 'cancelled' } satisfies Failure) };
  const failure = ended.status === 'captured' ? readPicture(ended.image.bytes) : explain(ended.failure);
  return { service, ...defined({ failure }) };

  function readPicture(bytes: Uint8Array): Failure | undefined {
    try {
      const missing = bytes.length > largestPicture ? probe.blocks : api.readOptionProbe(probe, decodePng(bytes));
      return missing.length === 0 ? undefined : { code: 'unsupported_option', detail: shownOf(missing) };
    } catch (error) {
      return unsupported(`the picture that shows it cannot be read: ${reasonOf(error)}`);
    }
  }

  function explain(of: Failure): Failure {
    const isOfTheRun = errorCode(of.code).stops === 'run' || of.code === 'network_error' || of.code === 'attempt_timeout';
    return isOfTheRun ? of : unsupported([`the page that tries it ended as ${of.code}`, of.detail ?? []].flat().join(': '));
  }

  function unsupported(why: string): Failure {
    return { code: 'unsupported_option', detail: `${shownOf(used.map(({ key }) => key))}: ${why}` };
  }
}
