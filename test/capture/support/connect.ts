import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, vi } from 'vitest';
import { type CaptureClient, type CaptureClientOptions, createCaptureClient } from '../../../src/capture/client.ts';
import type { AttemptResult } from '../../../src/capture/outcome.ts';
import { createInProcessComparer } from '../../../src/compare/in-process.ts';
import { defaultApi } from '../../../src/services/registry.ts';
import { systemClock } from '../../../src/system/clock.ts';
import { answers, type FakeAnswer, type FakeService, startFakeService } from '../../helpers/fake-service.ts';
import { makeCapture } from '../../helpers/virtual-run.ts';

/** Clients and the servers they are connected to; all of them end with the test that started them. */

export const apiKey = 'sk_live_test_key_123456';
const capture = makeCapture('page', 'https://site.example/');
export const never = new AbortController().signal;
const { inspect } = createInProcessComparer();

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const cleanup of cleanups.splice(0).reverse()) {
    await cleanup();
  }
});

export async function startService(answer: FakeAnswer | readonly FakeAnswer[] = answers.picture()): Promise<FakeService> {
  const service = await startFakeService({ script: answer });
  cleanups.push(() => service.close());
  return service;
}

export function connectTo(url: string, options: Partial<CaptureClientOptions> = {}): CaptureClient {
  const client = createCaptureClient({
    api: defaultApi,
    apiUrl: new URL(url),
    apiKey,
    attemptTimeoutMs: 30_000,
    maxConnections: 4,
    userAgent: 'test/1',
    clock: systemClock,
    inspect,
    ...options,
  });
  cleanups.push(() => client.close());
  return client;
}

/** What one request of the client comes to. */
export function sendBy(client: CaptureClient, signal = never): Promise<AttemptResult> {
  return client.send(client.render(capture), signal);
}

/** What one request to a service that answers so comes to. */
export async function sendTo(answer: FakeAnswer, options: Partial<CaptureClientOptions> = {}): Promise<AttemptResult> {
  const service = await startService(answer);
  return sendBy(connectTo(service.url, options));
}

/** Starts a server of the test's own and gives back its URL. */
export async function listen(server: Server): Promise<string> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanups.push(async () => {
    for (const socket of sockets) {
      socket.destroy();
    }
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}
