import { parentPort, workerData } from 'node:worker_threads';
import { serveFolder } from '../../test/helpers/serve-folder.ts';

const { url } = await serveFolder(workerData as string);
parentPort?.postMessage(url);
