import { docsUrl } from '../basics/product.ts';
import type { FixContext } from '../errors/fix-context.ts';
import { at } from '../errors/phrases.ts';
import type { PageProblem } from './model.ts';

type About = Pick<FixContext, 'url' | 'place'>;

const openPrivately = (about: About): string =>
  `Open ${about.url ?? 'the page'}${at(about)} in a private window, where you are not signed in. If the preview is protected, give the check access (${docsUrl('protected-previews.md')}).`;
const look = (about: About): string => `Open ${about.url ?? 'the page'}${at(about)}`;

/** The next step for each kind of doubtful page. */
const steps: { readonly [Kind in PageProblem['kind']]: (about: About, problem: Pick<PageProblem, 'status'>) => string } = {
  error_status: (about, { status = 0 }) => {
    if (status >= 500) {
      return `${look(about)} and look at the log of its server.`;
    }
    const wanted =
      status < 400
        ? ''
        : ` If this is an error page that you want to check, set page-check: warn and expect-status: ${status} in its target.`;
    return `${openPrivately(about)}${wanted}`;
  },
  foreign_redirect: openPrivately,
  endless_redirect: openPrivately,
  not_a_page: (about) => `Name an address that shows a page in place of ${about.url ?? 'this one'}${at(about)}.`,
  unreachable: (about) =>
    `Start the preview before the check and wait until it answers at ${about.url ?? 'its address'}${at(about)}, then run the check again.`,
  error_page: (about) => `${look(about)} and mend what the error names, then run the check again.`,
  missing_resource: (about) =>
    `${look(about)} and let what is missing be served, or take it out of the page; the browser’s console names it.`,
  blank_frame: (about) => `${look(about)} and see why the frame stays empty: it may refuse to be shown there, or need a cookie.`,
  blank: (about) =>
    about.url === undefined ? `Look at the html of this target${at(about)}: its picture shows nothing.` : openPrivately(about),
};

/** What to do about a page that may not be the one that is meant; `lenient`: the values of page-check that let it be. */
export function fixPageProblem(problem: Pick<PageProblem, 'kind' | 'status'>, about: About, lenient: string): string {
  return `${steps[problem.kind](about, problem)} If the page is supposed to look like this, set page-check: ${lenient} in its target.`;
}
