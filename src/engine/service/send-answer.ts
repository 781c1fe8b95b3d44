import type { ServerResponse } from 'node:http';
import type { FaultAnswer } from './apply-faults.ts';
import type { EndpointAnswer } from './capture-endpoint.ts';
import { type HttpAnswer, renderAnswer } from './http-answer.ts';

/** Writes the answer, or does to the connection what the fault says. */
export function sendAnswer(answer: EndpointAnswer, response: ServerResponse): void {
  if (answer.kind === 'fault') {
    sendFault(answer.action, response);
  } else {
    send(renderAnswer(answer), response);
  }
}

function send({ status, headers, body }: HttpAnswer, response: ServerResponse): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

function sendFault(fault: FaultAnswer['action'], response: ServerResponse): void {
  switch (fault.kind) {
    case 'html-502':
      send({ status: 502, headers: { 'content-type': 'text/html; charset=utf-8' }, body: badGateway }, response);
      return;
    case 'garbage':
      send({ status: 200, headers: png, body: 'This is not a picture.' }, response);
      return;
    case 'truncated':
      send({ status: 200, headers: png, body: halfPicture }, response);
      return;
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'reset-mid-body':
      response.writeHead(200, { ...png, 'content-length': halfPicture.length * 2 });
      response.write(halfPicture, () => response.socket?.resetAndDestroy());
      return;
    case 'silence':
      return;
    default:
      fault satisfies never;
  }
}

const png = { 'content-type': 'image/png' };
const badGateway = '<!doctype html><title>502 Bad Gateway</title><h1>502 Bad Gateway</h1>';

/** A PNG of one grey pixel that ends after its header. */
const halfPicture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==',
  'base64',
).subarray(0, 40);
