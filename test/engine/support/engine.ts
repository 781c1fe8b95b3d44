import { PNG } from 'pngjs';
import { type EngineOptions, type RunningEngine, startEngine } from '../../../src/engine/index.ts';
import {
  type PageFacts,
  type PageWarning,
  type PageWarningKind,
  pageFactsHeader,
  parsePageFacts,
} from '../../../src/results/page-facts.ts';
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

/** What the browser saw, as it is told beside the picture. */
export function factsOf({ headers, code, message }: Answer): PageFacts {
  const facts = parsePageFacts(headers.get(pageFactsHeader) ?? undefined);
  if (facts === undefined) {
    throw new Error(`No facts beside the answer ${code}. ${message}`);
  }
  return facts;
}

/** The picture's warning of the kind; undefined: it has none. */
export function warningOf<K extends PageWarningKind>(answer: Answer, kind: K): Extract<PageWarning, { kind: K }> | undefined {
  return factsOf(answer).warnings.find((warning): warning is Extract<PageWarning, { kind: K }> => warning.kind === kind);
}
