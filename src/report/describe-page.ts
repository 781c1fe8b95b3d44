import { formatCount, formatFew, formatPlural } from '../basics/format.ts';
import type { Rect } from '../basics/geometry.ts';
import { mostMasks } from '../plan/page-settings.ts';
import { describeReason } from '../results/describe-reason.ts';
import type { CaptureReport } from '../results/model.ts';
import type { FailedResource, PageWarning } from '../results/page-facts.ts';

/** A warning about how a picture was taken: what, where and what to do. */
export function describePageWarning(warning: PageWarning): string {
  switch (warning.kind) {
    case 'still-loading':
      return `The page was still loading when its picture was taken: ${some(warning.urls)}. Let these answer faster, or take them out of the preview.`;
    case 'still-busy':
      return `The page still said that it was loading: ${some(warning.elements)}. Let it take aria-busy and its placeholders away once it is ready, or leave the place out with mask.`;
    case 'still-moving':
      return `The page never stood still: no two pictures in a row were equal at ${places(warning.places)}. Stop what moves there in previews, or leave the place out with mask.`;
    case 'not-drawn':
      return `Not all that was there while the page was scrolled is in the picture: it is missing at ${places(warning.places)}. Lists that only draw what is in view cannot be captured whole: capture a part of the page with selector, or one screen with full-page: false.`;
    case 'endless':
      return `The page grew as long as it was scrolled, so its picture ends after ${formatCount(warning.heightPx)} px. Give it an end in previews, or capture one screen with full-page: false.`;
    case 'wider':
      return `The page is wider than its window: ${formatCount(warning.widthPx)} px in ${formatCount(warning.windowPx)} px, so visitors have to scroll sideways. If that is meant, give it a wider viewport.`;
    case 'scrolls-inside':
      return `The page scrolls inside ${warning.element}, and the picture shows only what that element showed. Let the page itself scroll in previews, or give it a viewport that is as tall as what it holds.`;
    case 'missing-glyphs':
      return `This machine has no font for some of the text (${warning.scripts.join(', ')}), so boxes stand in its place. Install fonts before the check, on Debian and Ubuntu with: sudo apt-get install fonts-noto-cjk fonts-noto-color-emoji fonts-noto-core.`;
    case 'not-held':
      return `These frames could not be made to stand still: ${some(warning.urls)}. If they move, leave their place out with mask.`;
    case 'unmatched-masks': {
      const { selectors, source } = warning;
      const where = source === undefined ? '' : ` (${source.file}:${source.line})`;
      const names = some(selectors.map((selector) => JSON.stringify(selector)));
      return `Nothing on the page matches ${names} of mask${where}, so nothing was masked by that. Correct it, or take it out.`;
    }
    case 'joined-masks':
      return `The selectors of mask match so much that there would be ${formatCount(warning.boxes)} boxes, more than the ${formatCount(mostMasks)} that are kept: neighbours were joined, and what lies between them is not compared either. Name the element around them instead.`;
    default:
      return warning satisfies never;
  }
}

/** What a person should know about the picture of a capture, a line each, the gravest first. */
export function describePageWarnings({ pageWarnings = [], pageErrors }: CaptureReport): string[] {
  const { exceptions = [], failedResources = [] } = pageErrors ?? {};
  // What was only asked for in the background may be missed by nobody: the report's details tell it.
  const missed = failedResources.filter(
    ({ kind }) => kind === 'script' || kind === 'font' || kind === 'frame' || kind === 'media',
  );
  return [
    ...(exceptions.length === 0
      ? []
      : [
          `The page threw ${exceptions.length === 1 ? 'an uncaught exception' : `${formatPlural(exceptions.length, 'uncaught exception')}, the first`}: ${endSentence(exceptions[0] ?? '')} If a part of it is missing in the picture, this is why.`,
        ]),
    ...(missed.length === 0
      ? []
      : [
          `${formatPlural(missed.length, 'resource')} of the page did not load: ${some(missed.map(describeResource))}. Let them be served, or take them out of the page.`,
        ]),
    ...pageWarnings.map(describePageWarning),
  ];
}

/** What the page itself complained of, in short lines; for who looks closer. */
export function describePageErrors({ pageErrors }: CaptureReport): string[] {
  const { exceptions = [], consoleErrors = [], failedResources = [] } = pageErrors ?? {};
  return [
    ...exceptions.map((words) => `Uncaught: ${words}`),
    ...failedResources.map((resource) => `Did not load: ${describeResource(resource)}`),
    ...consoleErrors.map((words) => `Console: ${words}`),
  ];
}

function describeResource(resource: FailedResource): string {
  return `${resource.kind} ${resource.url} (${describeReason(resource)})`;
}

/** A few of them; the others are counted. */
function some(items: readonly string[]): string {
  return formatFew(items, 3);
}

function places(rects: readonly Rect[]): string {
  return some(rects.map(({ x, y, width, height }) => `x=${x} y=${y}, ${width}×${height} px`));
}

function endSentence(words: string): string {
  return /[.!?…]$/.test(words) ? words : `${words}.`;
}
