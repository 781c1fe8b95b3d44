import type { Size } from '../basics/geometry.ts';
import type { ErrorWords, ServiceErrorCode } from '../errors/codes.ts';
import type { Capture } from '../plan/capture.ts';
import type { PageSettings } from '../plan/page-settings.ts';

/**
 * What is known of one capture service: how it is asked, what its answers mean, what it accepts and what it bills. A
 * description alone: connections, timeouts, repeating and decoding are the same for every service (`src/capture`).
 */
export interface CaptureApi {
  /** What it is, for the description of the input `engine`. */
  readonly summary: string;
  /** Its endpoint: what `api-url` is when it is not set. */
  readonly url: string;
  readonly key: ApiKey;
  /** The whole request for a capture. Pure: captures whose requests are equal are sent once and shared. */
  readonly render: (capture: Capture, access: ApiAccess) => ApiRequest;
  /** What the service says in an answer that is no picture; undefined when it is none of its own. */
  readonly classify: (answer: { readonly status: number; readonly bodyText: string }) => ApiError | undefined;
  /** A small page that shows which options it honours that it does not document, and those that its picture lacks. */
  readonly renderOptionProbe: (used: readonly (keyof PageSettings)[]) => OptionProbe;
  readonly readOptionProbe: (probe: OptionProbe, picture: Pixels) => readonly (keyof PageSettings)[];
  /** Whether it can be asked for a setting of how the page looks. */
  readonly canBeAsked: (setting: keyof PageSettings) => boolean;
  readonly limits: ApiLimits;
  /** Fields of the body by which a page is opened; their values may be sent to every origin that the page loads from. */
  readonly credentialOptions: readonly string[];
  readonly billing: ApiBilling;
  /** The codes that it answers with, each with its status and in words. */
  readonly errors: Readonly<Partial<Record<ServiceErrorCode, ApiErrorWords>>>;
}

/** A small page that shows which options the service honours: a block for each, which is green only if it does. */
export interface OptionProbe {
  readonly html: string;
  /** CSS pixels. */
  readonly viewport: Size;
  /** What the page is asked for with. */
  readonly settings: PageSettings;
  /** The options, in the order of their blocks from the left; all are of one width. */
  readonly blocks: readonly (keyof PageSettings)[];
}

/** A picture as its pixels: width × height × RGBA bytes. */
export interface Pixels extends Size {
  readonly pixels: Uint8Array;
}

/** Where the service is and what opens it. */
export interface ApiAccess {
  /** The built-in engine is asked in the service's form as well, and can do more. */
  readonly builtIn: boolean;
  readonly url: URL;
  readonly key: string | undefined;
}

export interface ApiRequest {
  readonly method: 'GET' | 'POST';
  /** With the query. The host is always that of `api-url`: the key goes nowhere else. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** An error as the service words it: plain text, possibly hostile. */
export type ApiError =
  | {
      readonly kind: 'documented';
      readonly code: ServiceErrorCode;
      readonly message: string | undefined;
      readonly fix: string | undefined;
    }
  /** Its own form, but an error that it does not document, or not with this status. */
  | {
      readonly kind: 'undocumented';
      readonly error: string;
      readonly message: string | undefined;
      /** What the built-in engine adds. */
      readonly fix: string | undefined;
      readonly picture: string | undefined;
      readonly because: 'unknown' | 'other-status';
    };

/** The facts about a key that a person may have to be told. */
export interface ApiKey {
  /** How a whole one looks, e.g. `sk_live_…`. */
  readonly example: string;
  /** How it is sent, e.g. `Authorization: Bearer …`. */
  readonly sentAs: string;
  /** What is hidden wherever an answer repeats it. */
  readonly pattern: RegExp;
  /** What it must be allowed to do, e.g. `` the scope `screenshot:write` ``. */
  readonly needs: string;
  /** Name of the secret in a workflow, and of the environment variable on the command line. */
  readonly secret: string;
}

export interface Range {
  readonly min: number;
  readonly max: number;
}

/** What the service accepts, so that a wrong value is told before it is sent. */
export interface ApiLimits {
  readonly quality: Range;
  readonly viewportSidePx: Range;
  readonly deviceScaleFactor: Range;
  /** Longer pages end as `render_timeout`. */
  readonly renderBudgetMs: number;
}

/** What is billed: each picture that is delivered, and an answer that is lost, which may have held one. */
export interface ApiBilling {
  /** What a picture costs one of, in the singular. */
  readonly unit: string;
  /** An answer with this status or a higher one costs nothing. */
  readonly freeFromStatus: number;
}

/** A code in the words of the service. */
export interface ApiErrorWords extends ErrorWords {
  /** HTTP status that the service sends it with. */
  readonly status: number;
}
