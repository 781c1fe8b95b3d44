import type { BaselineChoice } from '../inputs/inputs.ts';
import type { Folder } from '../ports.ts';
import { directoryBaselines } from './directory.ts';
import type { BaselineSource } from './source.ts';

/** The source that the inputs name; undefined: nothing is compared. */
export function openBaselines(choice: BaselineChoice, openFolder: (path: string) => Folder): BaselineSource | undefined {
  switch (choice.kind) {
    case 'directory':
      return directoryBaselines(openFolder(choice.directory));
    case 'none':
      return undefined;
  }
}
