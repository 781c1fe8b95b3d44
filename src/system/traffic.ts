import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import type { Socket } from 'node:net';

/** How many bytes the requests of this process have moved, for clients that do not tell. */
export interface Traffic extends Disposable {
  /** Sent and received so far, by the requests that were begun since the watch. */
  movedBytes(): number;
}

/** Node tells of each request of `http` and `https`, undici of each of its connections. */
const channels = { request: 'http.client.request.start', connection: 'undici:client:connected' } as const;

export function watchTraffic(): Traffic {
  const sockets = new Set<Socket>();
  const onRequest = (message: unknown): void => {
    const { request } = message as { request: ClientRequest };
    if (request.socket === null) {
      request.once('socket', (socket) => sockets.add(socket));
    } else {
      sockets.add(request.socket);
    }
  };
  const onConnection = (message: unknown): void => void sockets.add((message as { socket: Socket }).socket);
  subscribe(channels.request, onRequest);
  subscribe(channels.connection, onConnection);
  return {
    movedBytes: () => [...sockets].reduce((sum, { bytesRead = 0, bytesWritten = 0 }) => sum + bytesRead + bytesWritten, 0),
    [Symbol.dispose]: () => {
      unsubscribe(channels.request, onRequest);
      unsubscribe(channels.connection, onConnection);
    },
  };
}
