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
  /** A command on this machine serves the page and can accept. */
  readonly served?: true;
}

/** What the page asks of the command that serves it: groups and further captures, by their ids. */
export interface AcceptRequest {
  readonly groups: readonly string[];
  readonly captures: readonly string[];
}

/** `message`: what was done, or why nothing was, in sentences. */
export interface AcceptAnswer {
  readonly kind: 'accepted' | 'refused';
  readonly message: string;
}

/** A picture in the page. Pictures with the same bytes share one element. */
export interface PagePicture {
  /** The `id` of the element that holds its bytes as base64. */
  readonly element: string;
  /** A thumbnail stands in for a picture that is not worth its whole size. */
  readonly kind: 'whole' | 'thumbnail';
}

/** Ids and attributes by which the page's script finds its data. */
export const pageElements = {
  data: 'report-data',
  app: 'app',
  header: 'report-header',
  footer: 'report-footer',
  mimeAttribute: 'data-mime',
} as const;
