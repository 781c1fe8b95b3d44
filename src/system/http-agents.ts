/*
 * The agents of undici and their `request`, without what else its index loads: fetch, caches, mocks, WebSocket. That would be a
 * fifth of the step's processor time and 12 MB before its first request (`npm run bench start`). The files are undici's own
 * ways in, not promised ones, so its version is pinned, and a new one that moves them does not build.
 */
import api from 'undici/lib/api/index.js';
import Agent from 'undici/lib/dispatcher/agent.js';
import Dispatcher from 'undici/lib/dispatcher/dispatcher.js';
import EnvHttpProxyAgent from 'undici/lib/dispatcher/env-http-proxy-agent.js';

// As undici's index does.
Object.assign(Dispatcher.prototype, api);

export { Agent, EnvHttpProxyAgent };
