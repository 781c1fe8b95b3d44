import { defined } from '../../basics/record.ts';
import { reasonOf } from '../../errors/user-error.ts';
import { EnvHttpProxyAgent } from '../../system/http-agents.ts';
import type { LfsAction } from './batch.ts';
import { LfsError } from './lfs-error.ts';

export interface LfsCall {
  readonly method: 'POST' | 'PUT' | 'GET';
  readonly action: LfsAction;
  readonly body?: string | Uint8Array;
  readonly timeoutMs: number;
  /** Most bytes of the answer that are read. */
  readonly maxBytes: number;
  readonly signal?: AbortSignal | undefined;
}

export interface LfsAnswer {
  readonly status: number;
  readonly body: Buffer;
}

/**
 * Sends one request and reads the whole answer. A redirect is not followed: what is sent is for the one that was named.
 * @throws LfsError `network` without a whole answer; the signal's reason when it aborts.
 */
export async function exchange({ method, action, body, timeoutMs, maxBytes, signal }: LfsCall): Promise<LfsAnswer> {
  const dispatcher = new EnvHttpProxyAgent();
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await dispatcher.request({
      origin: action.href.origin,
      path: `${action.href.pathname}${action.href.search}`,
      method,
      headers: { 'user-agent': 'visual-capture', ...action.headers },
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
      ...defined({ body }),
    });
    return { status: response.statusCode, body: await readAtMost(response.body, maxBytes) };
  } catch (error) {
    signal?.throwIfAborted();
    // The address may be signed, so its host alone is told.
    const reason = timeout.aborted ? `no answer within ${timeoutMs / 1000} s` : reasonOf(error);
    throw new LfsError('network', `${action.href.host} could not be reached (${reason})`, { cause: error });
  } finally {
    await dispatcher.destroy();
  }
}

async function readAtMost(body: AsyncIterable<Buffer>, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of body) {
    sizeBytes += chunk.length;
    if (sizeBytes > maxBytes) {
      throw new Error(`it gave more than ${maxBytes} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
