import type { Page } from 'puppeteer-core';
import type { WaitUntil } from '../../plan/capture.ts';

/** How long the network is quiet before it counts as idle, and with how many requests still open. As the driver's `goto` has it. */
const idle = { networkidle0: { idleTime: 500, concurrency: 0 }, networkidle2: { idleTime: 500, concurrency: 2 } } as const;

/** Waits for the network to be idle where `waitUntil` asks for that; otherwise not at all. */
export async function waitForIdle(page: Page, waitUntil: WaitUntil): Promise<void> {
  if (waitUntil === 'networkidle0' || waitUntil === 'networkidle2') {
    await page.waitForNetworkIdle(idle[waitUntil]);
  }
}
