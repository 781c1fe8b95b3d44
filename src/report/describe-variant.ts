import type { CaptureReport, VariantOfCapture } from '../results/model.ts';

/** A few words for a capture that has several accepted pictures, e.g. `one of 3 accepted pictures`. */
export function noteVariant({ status, variant }: Pick<CaptureReport, 'status' | 'variant'>): string | undefined {
  if (variant === undefined) {
    return undefined;
  }
  return status === 'changed' ? `none of ${variant.count} accepted pictures` : `one of ${variant.count} accepted pictures`;
}

/** The same as a sentence that names the picture. */
export function describeVariant({
  status,
  variant,
  viewport,
}: Pick<CaptureReport, 'status' | 'variant' | 'viewport'>): string | undefined {
  if (variant === undefined) {
    return undefined;
  }
  const file = fileOf(viewport.name, variant);
  return status === 'changed'
    ? `It equals none of its ${variant.count} accepted pictures and is compared with the nearest, ${file}.`
    : `It equals ${file}, one of its ${variant.count} accepted pictures.`;
}

function fileOf(viewportName: string, { number }: VariantOfCapture): string {
  return number === 1 ? `${viewportName}.png` : `${viewportName}~${number}.png`;
}
