/**
 * An abort signal that a cancelled job (SIGINT, then SIGTERM) or Ctrl+C raises. The run then stops cleanly and writes
 * its reports; a third signal ends the process at once.
 */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  let received = 0;
  const stop = (name: NodeJS.Signals): void => {
    received += 1;
    controller.abort(new Error(`received ${name}`));
    if (received > 2) {
      process.exit(130);
    }
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return controller.signal;
}
