import type { Report } from '../../results/model.ts';

/** What the page's script is given, as JSON inside the page. */
export interface PageData {
  /** Tells reports apart in the browser's storage. */
  readonly key: string;
  readonly report: Report;
  /** The pictures that are in the page, by their path below the output folder. */
  readonly pictures: readonly (readonly [path: string, picture: PagePicture])[];
  /** Where the error codes of the report are documented. */
  readonly docs: Readonly<Record<string, string>>;
  /** The size limit for which pictures were left out, in bytes. */
  readonly limitBytes: number;
}

/** A picture in the page. Pictures with the same bytes share one element. */
export interface PagePicture {
  /** The `id` of the element that holds its bytes as base64. */
  readonly element: string;
  /** A thumbnail stands in for a picture that is not worth its whole size. */
  readonly kind: 'whole' | 'thumbnail';
}

/** Ids and attributes by which the page's script finds its data. */
export const pageElements = { data: 'report-data', app: 'app', header: 'report-header', mimeAttribute: 'data-mime' } as const;
