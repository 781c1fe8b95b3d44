import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isRecord } from '../../basics/record.ts';
import { reasonOf, UserError } from '../../errors/user-error.ts';
import type { AcceptAnswer, AcceptRequest } from '../../report/html/page-data.ts';
import { decideRequest, type PageAddress } from './decide-request.ts';
import type { Visitors } from './visitors.ts';

export interface PageServerOptions {
  /** 0: any free one. */
  readonly port: number;
  /** Part of the address, by which the page is reached and by nothing else. */
  readonly token: string;
  readonly page: string;
  readonly visitors: Visitors;
  /** Never throws: what goes wrong is an answer. */
  readonly accept: (request: AcceptRequest) => Promise<AcceptAnswer>;
}

export interface PageServer extends AsyncDisposable {
  readonly url: string;
}

/** Ids of as many captures as a run can have. */
const mostBodyBytes = 16 * 1024 * 1024;

/** How often an open page is sent a sign of life, so that a connection that broke is noticed, in milliseconds. */
const signEveryMs = 20_000;

/**
 * Serves one page on 127.0.0.1 and takes what it asks to accept. There are no files behind it: nothing but the page can be had.
 * @throws UserError when nothing can be served at the port
 */
export async function servePage({ port, token, page, visitors, accept }: PageServerOptions): Promise<PageServer> {
  let address: PageAddress = { host: '', token };
  let last: Promise<unknown> = Promise.resolve();
  const server = createServer((request, response) => {
    const { method, url: path, headers } = request;
    const action = decideRequest({ method, path, headers }, address);
    switch (action.kind) {
      case 'page':
        send(response, 200, 'text/html; charset=utf-8', page);
        break;
      case 'presence':
        keepOpen(response, visitors);
        break;
      case 'accept':
        // One after the other: two at once would write one file.
        last = last.then(() => answerAccept(request, response, accept));
        break;
      case 'refuse':
        send(response, action.status, 'text/plain', '');
        break;
      default:
        action satisfies never;
    }
  });
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new UserError(`The report cannot be served at port ${port}: ${reasonOf(error)}`, 'Give another port, or none.', {
      cause: error,
    });
  }
  address = { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, token };
  return {
    url: `http://${address.host}/${token}/`,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      // What is being written is written to its end.
      await last;
      server.closeAllConnections();
      await closed;
    },
  };
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { ...guards, 'content-type': type });
  response.end(body);
}

/** The page's own policy stands in the page; these are what a page cannot say of itself. */
const guards = {
  'cache-control': 'no-store',
  'content-security-policy': "frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
} as const;

function keepOpen(response: ServerResponse, visitors: Visitors): void {
  response.writeHead(200, { ...guards, 'content-type': 'text/event-stream' });
  response.write(': here\n\n');
  const signs = setInterval(() => response.write(': here\n\n'), signEveryMs);
  const leave = visitors.enter();
  response.once('close', () => {
    clearInterval(signs);
    leave();
  });
}

async function answerAccept(
  request: IncomingMessage,
  response: ServerResponse,
  accept: PageServerOptions['accept'],
): Promise<void> {
  try {
    const asked = parseAcceptRequest(await readBody(request));
    const answer: AcceptAnswer =
      asked === undefined ? { kind: 'refused', message: 'What the page asked for cannot be read.' } : await accept(asked);
    send(response, answer.kind === 'accepted' ? 200 : 409, 'application/json', JSON.stringify(answer));
  } catch {
    // The page has gone, or sends more than any report holds.
    response.destroy();
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    if (sizeBytes > mostBodyBytes) {
      throw new Error('too large');
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Undefined when it is not what the page sends. */
function parseAcceptRequest(body: string): AcceptRequest | undefined {
  let asked: unknown;
  try {
    asked = JSON.parse(body);
  } catch {
    return undefined;
  }
  if (!isRecord(asked)) {
    return undefined;
  }
  const { groups, captures } = asked;
  return isTexts(groups) && isTexts(captures) ? { groups, captures } : undefined;
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}
