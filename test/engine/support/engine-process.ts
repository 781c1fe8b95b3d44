import { startEngine } from '../../../src/engine/index.ts';
import { optional } from '../../../src/record.ts';
import { silentLog } from '../../helpers/silent-log.ts';

// A process of its own with an engine, which tells its parent the browser's process ids and waits to be ended.
const [, , browserPath] = process.argv;
const engine = await startEngine({ log: silentLog, allowPrivate: true, ...optional('browserPath', browserPath) });
process.send?.([...(await engine.browserProcessIds('browser')), ...(await engine.browserProcessIds('renderer'))]);
