import { defined } from '../../../src/basics/record.ts';
import { startEngine } from '../../../src/engine/index.ts';
import { silentLog } from '../../helpers/silent-log.ts';
import { until } from './processes.ts';

// A process of its own with an engine, which tells its parent the browser's process ids and waits to be ended.
const [, , browserPath] = process.argv;
const engine = await startEngine({ log: silentLog, allowPrivate: true, ...defined({ browserPath }) });
const ids = async (): Promise<number[]> => [
  ...(await engine.browserProcessIds('browser')),
  ...(await engine.browserProcessIds('renderer')),
];
await until(async () => (await ids()).length > 1);
process.send?.(await ids());
