import { PNG } from 'pngjs';
import { type EngineOptions, type RunningEngine, startEngine } from '../../../src/engine/index.ts';
import type { CaptureRequestBody } from '../../../src/services/apiscreenshot/request.ts';
import { silentLog } from '../../helpers/silent-log.ts';
import { browserPath } from '../../helpers/test-browser.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
  /** The error code, or `picture`. */
  readonly code: string;
  readonly message: string;
}

export interface TestEngine extends AsyncDisposable {
  readonly engine: RunningEngine;
  ask(body: CaptureRequestBody, signal?: AbortSignal): Promise<Answer>;
}

/** The real engine with a real browser; private addresses may be captured unless the options say otherwise. */
export async function startTestEngine(options: Partial<EngineOptions> = {}): Promise<TestEngine> {
  const engine = await startEngine({ log: silentLog, allowPrivate: true, browserPath, ...options });
  return {
    engine,
    ask: (body, signal) => {
      const answer = post(engine, body, signal);
      // A test that fails before it awaits its answer fails by that alone, not by an answer that is cut off as well.
      answer.catch(() => undefined);
      return answer;
    },
    [Symbol.asyncDispose]: () => engine.close(),
  };
}

async function post(engine: RunningEngine, body: CaptureRequestBody, signal?: AbortSignal): Promise<Answer> {
  const response = await fetch(engine.url, {
    method: 'POST',
    headers: { authorization: `Bearer ${engine.apiKey}` },
    body: JSON.stringify(body),
    signal: signal ?? null,
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  const isError = response.headers.get('content-type') === 'application/json';
  const { error, message } = isError
    ? (JSON.parse(bytes.toString()) as { error: string; message: string })
    : { error: 'picture', message: '' };
  return { status: response.status, headers: response.headers, bytes, code: error, message };
}

/** The colour of a pixel as `r,g,b`. */
export function colourAt({ bytes }: Answer, x: number, y: number): string {
  const png = PNG.sync.read(bytes);
  const at = (y * png.width + x) * 4;
  return png.data.subarray(at, at + 3).join(',');
}

export function sizeOf({ bytes }: Answer): string {
  const { width, height } = PNG.sync.read(bytes);
  return `${width}×${height}`;
}
