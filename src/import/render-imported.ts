import { Document, isScalar, visit } from 'yaml';
import { docsUrl } from '../basics/product.ts';
import { oneLine } from '../basics/text.ts';
import type { Imported, ImportedPage } from './imported.ts';
import { shareSettings } from './share-settings.ts';

/** Longest line that is not broken; selectors are easier to read whole. */
const lineWidth = 120;

/** The config file of what was imported from `source`, e.g. `backstop.json`. */
export function renderImported({ settings, pages }: Imported, source: string): string {
  const { shared, pages: own } = shareSettings(pages);
  const document = new Document(
    escapeVariables({
      ...settings,
      ...shared,
      ...(own.length === 0 ? {} : { targets: own.map(toTarget) }),
    }),
  );
  document.commentBefore = ` Imported from ${oneLine(source)}. All settings: ${docsUrl('inputs.md')}`;
  for (const [index, { comment }] of own.entries()) {
    const node: unknown = document.getIn(['targets', index], true);
    if (comment !== undefined && typeof node === 'object' && node !== null) {
      Object.assign(node, { commentBefore: ` ${oneLine(comment)}` });
    }
  }
  visit(document, {
    Seq: (_, list) => {
      // `[1280x800, 390x844]`: short words are easier to read side by side.
      list.flow = list.items.every((item) => isScalar(item));
    },
  });
  return document.toString({ lineWidth, flowCollectionPadding: false });
}

function toTarget({ name, url, settings }: ImportedPage): Record<string, unknown> {
  return { url, name, ...settings };
}

/** What another tool took literally would be a variable of the environment here. */
function escapeVariables(value: unknown): unknown {
  if (typeof value === 'string') {
    return value.replaceAll(/\$(?=\{[A-Za-z_]\w*\})/g, '$$$$');
  }
  if (Array.isArray(value)) {
    return value.map(escapeVariables);
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, escapeVariables(entry)]))
    : value;
}
