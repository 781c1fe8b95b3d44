/** The results of a run. The file may hold more fields than are told here (results.schema.json has all of them). */
export interface Results {
    readonly version: 1;
    readonly outcome: 'passed' | 'changed' | 'failed';
    /** How many captures ended in each status; `captures` is their sum. */
    readonly totals: {
        readonly captures: number;
    } & {
        readonly [Status in CaptureStatus]: number;
    };
    readonly service: {
        /** Requests sent, repeated ones included. */
        readonly requests: number;
        readonly retries: number;
        /** How long all captures were held back. */
        readonly heldBackMs: number;
        /** Captures that the service delivered, which is what it bills. */
        readonly credits: number;
        /** Requests whose answer was lost, so that they may have been billed for nothing. */
        readonly possiblyBilled: number;
    };
    readonly captures: readonly CaptureResult[];
    /** Changes that several captures share, the one with most captures first. */
    readonly groups?: readonly ChangeGroup[];
}
export type CaptureStatus = 'unchanged' | 'changed' | 'added' | 'removed' | 'captured' | 'failed' | 'skipped';
export interface CaptureResult {
    /** `<name>/<viewport name>`, such as `pricing/1280x800`; unique in a run and safe as a path. */
    readonly id: string;
    readonly name: string;
    /** In CSS pixels; `scale` is how many device pixels each of them has. */
    readonly viewport: {
        readonly name: string;
        readonly width: number;
        readonly height: number;
        readonly scale: number;
    };
    /** Absent for targets given as HTML and for removed captures. */
    readonly url?: string;
    /** The line that names the target. */
    readonly source?: {
        readonly file: string;
        readonly line: number;
    };
    readonly status: CaptureStatus;
    /** The page differed between two takes in one run. */
    readonly unstable: boolean;
    /** Requests sent for the capture. */
    readonly attempts: number;
    readonly durationMs: number;
    /** Of captures that are `unchanged` or `changed`. */
    readonly comparison?: Comparison | undefined;
    /** Of captures that `failed` or were `skipped`. `code` is one of docs/errors.md; later versions may have others. */
    readonly error?: {
        readonly code: string;
        readonly status?: number;
        readonly message: string;
        readonly fix: string;
    } | undefined;
    /** The ids of the groups that its regions belong to. */
    readonly groups?: readonly string[] | undefined;
    /** Paths below the folder of results.json. */
    readonly files: {
        readonly actual?: string;
        readonly baseline?: string;
        readonly diff?: string;
        readonly takes?: readonly string[];
    };
}
/** How two pictures differ, in their pixels. Pictures of unequal size are laid on the union of both sizes. */
export interface Comparison {
    readonly diffPixels: number;
    /** diffPixels as a share of the union's pixels, masked ones included. */
    readonly diffRatio: number;
    readonly maskedPixels: number;
    readonly baselineSize: {
        readonly width: number;
        readonly height: number;
    };
    readonly actualSize: {
        readonly width: number;
        readonly height: number;
    };
    /** Largest number of differing pixels first. */
    readonly regions: readonly (Rect & {
        readonly diffPixels: number;
    })[];
}
export interface Rect {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
}
/** The same pixels became the same new pixels on several captures. */
export interface ChangeGroup {
    /** `g1`, `g2`, …, by which it is accepted. */
    readonly id: string;
    /** How many captures show it. */
    readonly captures: number;
    readonly size: {
        readonly width: number;
        readonly height: number;
    };
    /** The id of the capture by which it is shown. */
    readonly example: string;
    /** Which of `comparison.regions` it is, as indexes, by the id of the capture. */
    readonly regions: Readonly<Record<string, readonly number[]>>;
}
/**
 * Reads results.json, whoever wrote it: every field has its form and bounds, names are safe as paths, pictures lie where they
 * should, and totals and outcome are counted anew.
 * @throws an Error named `WrongShape` that says what is wrong and where.
 */
export declare function parseResults(bytes: Uint8Array): Results;
