import type { BaselineChoice } from '../inputs/inputs.ts';
import { openArtifactBaselines } from './artifact.ts';
import { directoryBaselines } from './directory.ts';
import type { BaselinePorts } from './host.ts';
import { openRefBaselines } from './ref.ts';
import type { BaselineSource } from './source.ts';
import { urlBaselines } from './url.ts';

/**
 * THE list of baseline sources: opens the one that the inputs name; undefined: nothing is compared.
 * @throws UserError when it cannot be reached; nothing was captured by then.
 */
export async function openBaselines(choice: BaselineChoice, ports: BaselinePorts): Promise<BaselineSource | undefined> {
  switch (choice.kind) {
    case 'directory':
      return directoryBaselines(ports.openFolder(choice.directory), ports.clock);
    case 'ref':
      return openRefBaselines(choice.ref, ports);
    case 'artifact':
      return openArtifactBaselines(choice.name, ports);
    case 'url':
      return urlBaselines(choice.url);
    case 'none':
      return undefined;
  }
}
