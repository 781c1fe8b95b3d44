import { formatPlural } from '../basics/format.ts';
import type { Report } from '../results/model.ts';

/** What stood in for the baseline of an `accepted` capture, which is why it counts as unchanged. */
export const acceptedPicture = 'an accepted picture that is not a baseline yet';

/** The same where there is room for a few words only. */
export const acceptedNote = 'as accepted';

/** e.g. `3 captures match accepted pictures that are not baselines yet.`; undefined when none does. */
export function describeAccepted({ captures }: Pick<Report, 'captures'>): string | undefined {
  const count = captures.filter(({ accepted }) => accepted === true).length;
  switch (count) {
    case 0:
      return undefined;
    case 1:
      return `1 capture matches ${acceptedPicture}.`;
    default:
      return `${formatPlural(count, 'capture')} match accepted pictures that are not baselines yet.`;
  }
}

/** e.g. `2 captures equal one of several accepted pictures.`; undefined when none does. */
export function describeVariants({ captures }: Pick<Report, 'captures'>): string | undefined {
  const count = captures.filter(({ status, variant }) => status === 'unchanged' && variant !== undefined).length;
  return count === 0
    ? undefined
    : `${formatPlural(count, 'capture')} ${count === 1 ? 'equals' : 'equal'} one of several accepted pictures.`;
}
