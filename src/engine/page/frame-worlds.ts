import type { CDPSession, Page, Protocol } from 'puppeteer-core';
import type { Clock } from '../../system/ports.ts';
import type { InPage, StoryState, Visitor } from '../in-page/api.ts';
import { isolatedScript, mainWorldScript, visitorScript } from './in-page.generated.ts';

/** Name of the world in which our code runs: it sees the page's document and nothing of the page's scripts. */
const worldName = 'visual-capture';

/** Longest wait for a frame beside the main one; one that does not answer is left as it is. */
const otherFrameMs = 3000;

/** One document of the page, with the ids of its worlds: ours and its scripts'. */
export interface Frame {
  readonly session: CDPSession;
  readonly frameId: string;
  isolated?: number;
  main?: number;
}

type Name = keyof InPage;
type Arguments<N extends Name> = Parameters<InPage[N]>;
type Result<N extends Name> = Awaited<ReturnType<InPage[N]>>;

export interface PageWork {
  /** How often style or layout was worked out. */
  readonly layouts: number;
  /** How long the page's scripts have run, in seconds. */
  readonly scriptS: number;
}

/** The script that tells the page of its visitor, and leaves no name behind. */
function tell(visitor: Visitor): string {
  return `(() => { ${visitorScript}; visitor.receive(${JSON.stringify(visitor)}); })()`;
}

/** The document went away while something was done in it. */
export class DocumentReplaced extends Error {
  override readonly name = 'DocumentReplaced';
}

/** What Chrome says of a document that is not there any more. */
const gone =
  /cannot find context|context was destroyed|context with specified id|target closed|session closed|detached|not attached to an active page|target navigated/i;

/**
 * Every document of a page: the main one, its frames, and the frames of other sites, which live in processes of their
 * own. Each gets the scripts of src/engine/in-page before its own, and an animation clock that stands still: CSS
 * animations stay at their first moment until `stopMotion` ends them, also where no script reaches.
 */
export class FrameWorlds {
  readonly session: CDPSession;
  readonly #clock: Clock;
  readonly #visitor: Visitor;
  readonly #frames = new Map<string, Frame>();
  readonly #sessions = new Set<CDPSession>();
  /** Addresses of the documents, by the ids of their frames. */
  readonly #urls = new Map<string, string>();
  readonly #notHeld = new Set<string>();
  /** Those that owe an answer for too long; nothing more is asked of them until it comes. */
  readonly #silent = new Set<CDPSession>();
  #mainFrameId = '';
  /** How fast the animation clock goes: 0 or 1. */
  #playbackRate = 0;

  private constructor(session: CDPSession, clock: Clock, visitor: Visitor) {
    this.session = session;
    this.#clock = clock;
    this.#visitor = visitor;
  }

  static async open(page: Page, clock: Clock, visitor: Visitor): Promise<FrameWorlds> {
    const session = await page.createCDPSession();
    const worlds = new FrameWorlds(session, clock, visitor);
    const [{ frameTree }] = await Promise.all([session.send('Page.getFrameTree'), worlds.#attach(session)]);
    worlds.#mainFrameId = frameTree.frame.id;
    return worlds;
  }

  /** The lines to the page and to the frames of other sites. */
  get sessions(): readonly CDPSession[] {
    return [...this.#sessions];
  }

  get frames(): readonly Frame[] {
    return [...this.#frames.values()];
  }

  /** All frames but the main one. */
  get others(): readonly Frame[] {
    return this.frames.filter(({ frameId }) => frameId !== this.#mainFrameId);
  }

  /** The address of a frame's document, where it is known. */
  urlOf({ frameId }: Frame): string | undefined {
    return this.#urls.get(frameId);
  }

  /** Addresses of frames that could not be reached, so that they may be captured in motion. */
  get notHeld(): readonly string[] {
    return [...this.#notHeld].map((frameId) => this.#urls.get(frameId) ?? 'a frame');
  }

  /** Runs the function in the main frame. @throws DocumentReplaced when its document goes away meanwhile. */
  async run<N extends Name>(name: N, ...args: Arguments<N>): Promise<Result<N>> {
    const frame = this.#frames.get(this.#mainFrameId);
    if (frame === undefined) {
      throw new DocumentReplaced('the document is gone');
    }
    return this.runIn(frame, name, ...args);
  }

  /** Runs it in every frame, the main one first. Frames come and go: one that does not answer has no result. */
  async runInAll<N extends Name>(name: N, ...args: Arguments<N>): Promise<Result<N>[]> {
    const results = await Promise.all([
      this.run(name, ...args).then((value) => [value]),
      ...this.others.map((frame) =>
        this.unlessSilent(
          frame.session,
          () => this.runIn(frame, name, ...args),
          () => this.#notHeld.add(frame.frameId),
        ),
      ),
    ]);
    return results.flat();
  }

  /** How many short timers the page's scripts wait for, in all frames. */
  async countTimers(): Promise<number> {
    const counts = await this.#askMainWorlds('pending');
    return counts.reduce((sum, count) => sum + count, 0);
  }

  /** From now on scripts that move something by the time of a frame are told one and the same time, far ahead. */
  async holdTime(): Promise<void> {
    await this.#askMainWorlds('hold');
  }

  /** Lets the animation clock go on, for menus that open while somebody uses the page, or stand still again. */
  async letAnimate(isPlaying: boolean): Promise<void> {
    this.#playbackRate = isPlaying ? 1 : 0;
    const playbackRate = this.#playbackRate;
    await Promise.all(
      this.sessions.map((session) =>
        this.unlessSilent(session, () => session.send('Animation.setPlaybackRate', { playbackRate })),
      ),
    );
  }

  /** Whether scripts of the main frame are told of the visitor's window while the window is another one. */
  async keepWindow(isKept: boolean): Promise<void> {
    const frame = this.#frames.get(this.#mainFrameId);
    if (frame !== undefined) {
      await this.#askMainWorld(frame, `keepWindow(${isKept})`);
    }
  }

  async #askMainWorlds(what: 'pending' | 'hold'): Promise<number[]> {
    const answers = await Promise.all(this.frames.map((frame) => this.#askMainWorld(frame, `${what}()`)));
    return answers.flat();
  }

  async #askMainWorld(frame: Frame, call: string): Promise<number[]> {
    return (await this.#evaluate(frame, call)).map(({ value }) => Number(value ?? 0));
  }

  /** Calls what src/engine/in-page/main-world.ts has put into the frame's own world. */
  async #evaluate({ session, main }: Frame, call: string): Promise<Protocol.Runtime.RemoteObject[]> {
    if (main === undefined) {
      return [];
    }
    const expression = `globalThis[Symbol.for('visual-capture')]?.${call}`;
    const ask = (): Promise<Protocol.Runtime.EvaluateResponse> =>
      session.send('Runtime.evaluate', { expression, contextId: main, returnByValue: true });
    return (await this.unlessSilent(session, ask)).map(({ result }) => result);
  }

  /** What Storybook says of the story that the main frame shows. */
  async readStory(): Promise<StoryState> {
    const frame = this.#frames.get(this.#mainFrameId);
    const answers = frame === undefined ? [] : await this.#evaluate(frame, 'readStory()');
    return (answers[0]?.value as StoryState | undefined) ?? { kind: 'waiting', phase: undefined };
  }

  /** What the documents have done so far; the same twice means that nothing ran and nothing was laid out. */
  async countWork(): Promise<PageWork> {
    const metrics = await Promise.all(
      this.sessions.map((session) => this.unlessSilent(session, () => session.send('Performance.getMetrics'))),
    );
    const sum = (...names: string[]): number =>
      metrics
        .flat()
        .flatMap(({ metrics }) => metrics)
        .filter(({ name }) => names.includes(name))
        .reduce((total, { value }) => total + value, 0);
    return { layouts: sum('LayoutCount', 'RecalcStyleCount'), scriptS: sum('ScriptDuration') };
  }

  /** Runs the function in a frame. @throws DocumentReplaced when its document goes away meanwhile. */
  async runIn<N extends Name>({ session, isolated }: Frame, name: N, ...args: Arguments<N>): Promise<Result<N>> {
    if (isolated === undefined) {
      throw new DocumentReplaced('the document is gone');
    }
    try {
      const { result, exceptionDetails } = await session.send('Runtime.callFunctionOn', {
        functionDeclaration: 'function(name, args) { return visualCapture[name](...args) }',
        executionContextId: isolated,
        arguments: [{ value: name }, { value: args }],
        returnByValue: true,
        awaitPromise: true,
      });
      if (exceptionDetails !== undefined) {
        throw new Error(`${name} failed in the page: ${exceptionDetails.exception?.description ?? exceptionDetails.text}`);
      }
      return result.value as Result<N>;
    } catch (error) {
      throw error instanceof Error && gone.test(error.message) ? new DocumentReplaced(error.message, { cause: error }) : error;
    }
  }

  /** The result in a list; an empty one when the frame is gone or does not answer. */
  async unlessSilent<T>(session: CDPSession, ask: () => Promise<T>, onSilence: () => void = () => {}): Promise<T[]> {
    if (this.#silent.has(session)) {
      return [];
    }
    const done = new AbortController();
    const work = ask();
    const silent = this.#clock.sleep(otherFrameMs, done.signal).then(
      () => {
        onSilence();
        if (session !== this.session) {
          this.#silent.add(session);
          work.catch(() => undefined).finally(() => this.#silent.delete(session));
        }
        return [];
      },
      () => [],
    );
    try {
      return await Promise.race([work.then((value) => [value]), silent]);
    } catch {
      return [];
    } finally {
      done.abort();
    }
  }

  async #attach(session: CDPSession): Promise<void> {
    this.#sessions.add(session);
    session.on('Runtime.executionContextCreated', ({ context }) => this.#addContext(session, context));
    session.on('Runtime.executionContextDestroyed', ({ executionContextId }) => this.#dropContexts(session, executionContextId));
    session.on('Runtime.executionContextsCleared', () => this.#dropContexts(session));
    session.on('Page.frameNavigated', ({ frame }) => this.#urls.set(frame.id, frame.url));
    session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
      const child = session.connection()?.session(sessionId);
      // A frame that is gone already needs nothing.
      if (child != null) {
        this.#urls.set(targetInfo.targetId, targetInfo.url);
        this.#attach(child).catch(() => this.#notHeld.add(targetInfo.targetId));
      }
    });
    session.on('Target.detachedFromTarget', ({ sessionId }) => {
      const child = this.sessions.find((one) => one.id() === sessionId);
      if (child !== undefined) {
        this.#sessions.delete(child);
        this.#dropContexts(child);
      }
    });
    await Promise.all([
      session.send('Page.enable'),
      session.send('Performance.enable'),
      session.send('Animation.setPlaybackRate', { playbackRate: this.#playbackRate }),
      session.send('Page.addScriptToEvaluateOnNewDocument', { source: isolatedScript, worldName, runImmediately: true }),
      session.send('Page.addScriptToEvaluateOnNewDocument', { source: mainWorldScript, runImmediately: true }),
      ...(Object.keys(this.#visitor).length === 0
        ? []
        : [session.send('Page.addScriptToEvaluateOnNewDocument', { source: tell(this.#visitor), runImmediately: true })]),
      session.send('Runtime.enable'),
      // Frames of other sites wait until they have been prepared as well.
      session.send('Target.setAutoAttach', {
        autoAttach: true,
        waitForDebuggerOnStart: true,
        flatten: true,
        filter: [{ type: 'iframe' }],
      }),
      session.send('Runtime.runIfWaitingForDebugger'),
    ]);
  }

  #addContext(session: CDPSession, { id, name, auxData }: Protocol.Runtime.ExecutionContextDescription): void {
    const { frameId, isDefault } = auxData as { frameId?: string; isDefault?: boolean };
    if (frameId === undefined || (name !== worldName && isDefault !== true)) {
      return;
    }
    const known = this.#frames.get(frameId);
    const frame: Frame = known?.session === session ? known : { session, frameId };
    frame[isDefault === true ? 'main' : 'isolated'] = id;
    this.#frames.set(frameId, frame);
  }

  /** Forgets the context with the id, or all of the session. */
  #dropContexts(session: CDPSession, id?: number): void {
    for (const frame of this.frames.filter((one) => one.session === session)) {
      if (id === undefined || frame.isolated === id) {
        delete frame.isolated;
      }
      if (id === undefined || frame.main === id) {
        delete frame.main;
      }
      if (frame.isolated === undefined && frame.main === undefined) {
        this.#frames.delete(frame.frameId);
      }
    }
  }
}
