import { versionPattern } from '../plan/browser.ts';
import type { DownloadedBrowser } from './model.ts';

/** By which a build is known among others: `chrome@154.0.8100.2 linux x64`. */
export function browserKey({ version, platform }: Pick<DownloadedBrowser, 'version' | 'platform'>): string {
  return `chrome@${version} ${platform}`;
}

/** The form of such a key; its first group is the version. */
export const browserKeyForm = new RegExp(`^chrome@(${versionPattern}) [a-z0-9]{1,20} [a-z0-9]{1,20}$`);
