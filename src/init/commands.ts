import type { ProjectCommand } from './project.ts';
import type { PackageManager } from './project-files.ts';

interface Words {
  /** Installs what the lock file says, and nothing else. */
  readonly install: string;
  readonly script: string;
  readonly tool: string;
}

const words: { readonly [Manager in PackageManager]: Words } = {
  npm: { install: 'npm ci', script: 'npm run', tool: 'npx' },
  pnpm: { install: 'pnpm install --frozen-lockfile', script: 'pnpm run', tool: 'pnpm exec' },
  // Newer Yarns call it `--immutable`, and take the classic name as well.
  yarn: { install: 'yarn install --frozen-lockfile', script: 'yarn run', tool: 'yarn run' },
  bun: { install: 'bun install --frozen-lockfile', script: 'bun run', tool: 'bunx' },
};

/** Undefined as `manager`: there is no lock file, and npm installs what package.json allows. */
export function installCommand(manager: PackageManager | undefined): string {
  return manager === undefined ? 'npm install' : words[manager].install;
}

/** A command of the project in the words of its package manager, e.g. `pnpm run build`. */
export function renderCommand(command: ProjectCommand, manager: PackageManager | undefined): string {
  const { script, tool } = words[manager ?? 'npm'];
  return command.kind === 'script' ? `${script} ${command.name}` : `${tool} ${command.command}`;
}
