import { formatBytes } from '../../../basics/format.ts';
import { neutralize } from '../../../basics/text.ts';
import type { CaptureReport } from '../../../results/model.ts';
import { pathsOf } from '../../../results/output-paths.ts';
import { statusWords } from '../../../results/statuses.ts';
import { acceptedPicture } from '../../accepted-notes.ts';
import type { PageData } from '../../html/page-data.ts';
import { h } from '../dom.ts';
import { externalLink } from '../links.ts';
import type { LoadedPicture } from '../pictures.ts';

/** What the stage says when there is no picture to compare: the failure with its fix, or where the pictures are. */
export function renderNote(
  capture: CaptureReport,
  thumbnail: LoadedPicture | undefined,
  { docs, limitBytes }: Pick<PageData, 'docs' | 'limitBytes'>,
): HTMLElement {
  return h(
    'div',
    { class: 'note' },
    ...(capture.error === undefined
      ? [h('p', {}, describeMeaning(capture))]
      : renderError(capture.error, docs[capture.error.code])),
    ...(thumbnail === undefined
      ? []
      : [h('img', { src: thumbnail.url, width: thumbnail.width, height: thumbnail.height, alt: `Thumbnail of ${capture.id}` })]),
    ...renderFiles(capture, limitBytes),
  );
}

function describeMeaning({ status, accepted }: CaptureReport): string {
  return accepted === true ? `It matches ${acceptedPicture}.` : statusWords[status].meaning;
}

function renderError(
  { code, status, message, fix }: NonNullable<CaptureReport['error']>,
  docs: string | undefined,
): HTMLElement[] {
  return [
    h('h2', {}, h('code', {}, code), status === undefined ? '' : ` HTTP ${status}`),
    h('p', {}, neutralize(message)),
    h('p', { class: 'fix' }, h('strong', {}, 'Fix: '), neutralize(fix)),
    ...(docs === undefined ? [] : [h('p', {}, externalLink(docs))]),
  ];
}

function renderFiles({ status, files }: CaptureReport, limitBytes: number): HTMLElement[] {
  const paths = pathsOf(files);
  if (paths.length === 0) {
    return [];
  }
  const why =
    status === 'unchanged'
      ? 'Unchanged pictures are kept small here. In full size they lie beside this report, in the artifact:'
      : `Not in this page, which stays below ${formatBytes(limitBytes)}. The pictures lie beside it, in the artifact:`;
  return [h('p', {}, why), h('ul', {}, ...paths.map((path) => h('li', {}, h('code', {}, path))))];
}
