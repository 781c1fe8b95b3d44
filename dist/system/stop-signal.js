// Without a single import: the entries listen for signals before they load anything that takes time.
/** Why a run must stop before its end. `code` and `detail` are what each capture says that was not finished. */
export class Stopped extends Error {
    name = 'Stopped';
    code;
    detail;
    constructor(code, detail, options) {
        super(detail, options);
        this.code = code;
        this.detail = detail;
    }
}
/** Whether something thrown is a Stopped. Each bundle has a class of its own, so the name counts. */
export function isStopped(thrown) {
    return thrown instanceof Error && thrown.name === 'Stopped' && 'code' in thrown && 'detail' in thrown;
}
/** Why the run was stopped whose signal this is. */
export function stopReason({ reason }) {
    return isStopped(reason) ? reason : new Stopped('cancelled', reason instanceof Error ? reason.message : String(reason));
}
/**
 * GitHub sends SIGINT to a cancelled job, after 7.5 s SIGTERM, and after 2.5 s more it kills
 * (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-cancellation). So the reports are written
 * at once, what may hang is tried until 5 s have passed, and after 6.5 s the process ends, whatever still hangs.
 */
const uploadsUntilMs = 5_000;
const endAfterMs = 6_500;
/**
 * Listens for SIGINT and SIGTERM, and for what nobody caught: a dependency's fault must not lose what was paid for. A
 * second signal gives up whatever may hang, a third one ends the process. `lastWord` is called when the process has to be
 * ended although the run has not come to its end.
 */
export function listenForStop(lastWord) {
    const stop = new AbortController();
    const timeUp = new AbortController();
    let signals = 0;
    const begin = (why) => {
        // Whatever the run makes of it: who was stopped has not passed.
        process.exitCode = 1;
        if (stop.signal.aborted) {
            return;
        }
        stop.abort(why);
        setTimeout(() => timeUp.abort(why), uploadsUntilMs).unref();
        setTimeout(() => {
            lastWord(why);
            process.exit();
        }, endAfterMs).unref();
    };
    const onSignal = (name) => {
        signals += 1;
        begin(new Stopped('cancelled', `received ${name}`));
        if (signals > 1) {
            timeUp.abort(stop.signal.reason);
        }
        if (signals > 2) {
            process.exit(130);
        }
    };
    const onFault = (fault) => {
        console.error('Not caught:', fault);
        begin(new Stopped('run_failed', fault instanceof Error ? fault.message : String(fault), { cause: fault }));
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
    process.on('uncaughtException', onFault);
    process.on('unhandledRejection', onFault);
    return { signal: stop.signal, timeUp: timeUp.signal };
}