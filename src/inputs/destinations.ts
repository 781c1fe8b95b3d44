import type { PageHeaders } from '../address/page-headers.ts';
import type { Problem } from '../errors/problem.ts';
import { credentialOptions } from '../services/registry.ts';
import type { Author } from './located.ts';
import type { PreviewAddress } from './preview-address.ts';
import type { LoadedTarget } from './targets.ts';
import type { Values } from './values.ts';

/**
 * Where the secrets of the invocation go: only to what the invocation or a default names. Whoever writes the config file
 * of a pull request must not be able to have them sent to a host of their own.
 */

/** Reads the headers and to whom they may go. Notes it when only the config file says so. */
export function readPageHeaders(
  values: Values,
  { base, input, by }: PreviewAddress,
  targets: readonly LoadedTarget[],
  problems: Problem[],
): PageHeaders {
  const headers = values.get('page-headers');
  if (headers === undefined) {
    return { values: {}, origins: [] };
  }
  const author = values.authorOf('page-headers') ?? 'invocation';
  const origins = base === undefined ? originsOf(targets, author) : [base.origin];
  if (author === 'invocation' && by === 'config-file') {
    problems.push({
      place: values.placeOf(input),
      message: `${input} stands in the config file, and page-headers comes from the workflow or the command line: whoever writes the file could have the headers sent anywhere. Set ${input} in the workflow or on the command line`,
    });
  } else if (author === 'invocation' && origins.length === 0 && targets.length > 0) {
    problems.push({
      place: values.placeOf('page-headers'),
      message:
        'page-headers goes to the origin of base-url, or of the targets in urls, and neither is set. Set base-url in the workflow or on the command line',
    });
  }
  return { values: headers, origins };
}

/** Notes it when the key of the invocation would go to an address that only the config file names. */
export function checkKeyDestination(values: Values, problems: Problem[]): void {
  if (values.authorOf('api-url') === 'config-file' && values.authorOf('api-key') === 'invocation') {
    problems.push({
      place: values.placeOf('api-url'),
      message:
        'api-url stands in the config file, and api-key comes from the workflow or the environment: whoever writes the file could have the key sent anywhere. Set api-url in the workflow or on the command line',
    });
  }
}

/**
 * Notes targets whose address only the config file names, and whose page would be sent what `api-options` of the invocation
 * hold to open pages: a browser sends such headers to every origin that a page loads from.
 */
export function checkOptionDestinations(
  values: Values,
  { base, by }: PreviewAddress,
  targets: readonly LoadedTarget[],
  problems: Problem[],
): void {
  const named = [...originsOf(targets, 'invocation'), ...(base !== undefined && by === 'invocation' ? [base.origin] : [])];
  // A path of the invocation lies wherever the base-url of the file says.
  const isOfFile = (target: LoadedTarget): boolean =>
    target.by === 'config-file' || (by === 'config-file' && originOf(target, undefined) === undefined);
  for (const target of targets.filter(isOfFile)) {
    const own = values.with(target.settings);
    const held =
      own.authorOf('api-options') === 'invocation'
        ? credentialOptions.filter((name) => Object.hasOwn(own.get('api-options') ?? {}, name))
        : [];
    const origin = originOf(target, base);
    if (held.length > 0 && (origin === undefined || !named.includes(origin))) {
      problems.push({
        place: target.place,
        message: `api-options of the workflow or the command line hold ${held.join(', ')}, which would be sent to ${origin ?? 'whatever this html loads'}, and only the config file names that. Name its origin there as well (base-url, deployment or urls), or give this target api-options of its own`,
      });
    }
  }
}

function originsOf(targets: readonly LoadedTarget[], author: Author): string[] {
  const own = author === 'invocation' ? targets.filter(({ by }) => by === 'invocation') : targets;
  return [...new Set(own.flatMap((target) => originOf(target, undefined) ?? []))];
}

/** Undefined: it has none, or none that can be told. */
function originOf({ page }: LoadedTarget, base: URL | undefined): string | undefined {
  if (page.kind !== 'url') {
    return undefined;
  }
  return /^https?:/i.test(page.url) && URL.canParse(page.url) ? new URL(page.url).origin : base?.origin;
}
