// node examples/demo/serve.ts before|after PORT: serves the demo's site as it was or as a pull request changes it.
import { startSite } from './server.ts';

const [version, port] = process.argv.slice(2);
if ((version !== 'before' && version !== 'after') || port === undefined) {
  console.error('Usage: node examples/demo/serve.ts before|after PORT');
  process.exit(2);
}
const site = await startSite(version, Number(port));
console.log(site.url);
