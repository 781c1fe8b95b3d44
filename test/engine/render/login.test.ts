import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Login } from '../../../src/plan/step.ts';
import { colourAt, startTestEngine, type TestEngine } from '../support/engine.ts';
import { type Site, startSite } from '../support/site.ts';

const viewport = { width: 400, height: 200 };
const [blue, red] = ['0,0,255', '255,0,0'];
const never = new AbortController().signal;

let site: Site;
let other: Site;
let signIns = 0;

const account = (condition: string): string => `<!doctype html><body style="margin: 0"><script>
  document.body.style.background = ${condition} ? 'blue' : 'red'</script>`;

beforeAll(async () => {
  site = await startSite({
    '/login': `<!doctype html><title>Sign in</title><form method="post" action="/session">
      <input id="user" name="user"><input id="password" name="password" type="password"><button>Sign in</button></form>`,
    '/session': (request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => {
        body += chunk.toString();
      });
      request.on('end', () => {
        signIns += 1;
        const isRight = body === 'user=ada&password=hunter2';
        response
          .writeHead(303, {
            location: isRight ? '/welcome' : '/login',
            ...(isRight ? { 'set-cookie': 'sid=s3ss; HttpOnly; Path=/' } : {}),
          })
          .end();
      });
    },
    '/welcome': `<!doctype html><p id="welcome">Welcome</p><script>localStorage.setItem('token', 't0k'); localStorage.setItem('theme', 'light')</script>`,
    '/account': (request, response) =>
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end(account(String(request.headers.cookie?.includes('sid=s3ss') === true))),
    '/stored': account(`localStorage.getItem('token') === 't0k'`),
    '/keeps': `<!doctype html><button onclick="localStorage.setItem('token', 't0k')">Sign in</button>`,
    '/theme': account(`localStorage.getItem('token') === 't0k' && localStorage.getItem('theme') === 'dark'`),
  });
  other = await startSite({
    '/account': (request, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end(account(String(request.headers.cookie !== undefined))),
    '/stored': account('localStorage.length > 0'),
  });
});

afterAll(async () => {
  await site?.[Symbol.asyncDispose]();
  await other?.[Symbol.asyncDispose]();
});

const login = (password = 'hunter2'): Login => ({
  url: `${site.origin}/login`,
  origins: [site.origin],
  steps: [
    { kind: 'fill', selector: '#user', text: 'ada' },
    { kind: 'fill', selector: '#password', text: password },
    { kind: 'click', selector: 'button' },
    { kind: 'wait-for', selector: '#welcome', at: 'visual-capture.yml:9' },
  ],
});

const shows = async ({ ask }: TestEngine, url: string, page = {}): Promise<string> =>
  colourAt(await ask({ url, viewport, page }), 10, 100);

test('every capture of its origin has its cookies and its localStorage, of one login', async () => {
  await using engine = await startTestEngine({ login: login() });
  expect(await shows(engine, `${site.origin}/account`), 'before').toBe(red);
  signIns = 0;
  expect(await engine.engine.signIn(never)).toBeUndefined();
  expect([await shows(engine, `${site.origin}/account`), await shows(engine, `${site.origin}/stored`)]).toEqual([blue, blue]);
  expect(await shows(engine, `${site.origin}/account`)).toBe(blue);
  expect(signIns).toBe(1);
});

test('a login that keeps a token in localStorage alone', async () => {
  await using engine = await startTestEngine({
    login: { url: `${site.origin}/keeps`, origins: [site.origin], steps: [{ kind: 'click', selector: 'button' }] },
  });
  expect(await engine.engine.signIn(never)).toBeUndefined();
  expect(await shows(engine, `${site.origin}/stored`)).toBe(blue);
});

test('what a target stores itself counts more', async () => {
  await using engine = await startTestEngine({ login: login() });
  await engine.engine.signIn(never);
  expect(await shows(engine, `${site.origin}/theme`)).toBe(red);
  expect(await shows(engine, `${site.origin}/theme`, { storage: { theme: 'dark' } })).toBe(blue);
});

test('no other origin is told of it, also on the same host', async () => {
  await using engine = await startTestEngine({ login: login() });
  await engine.engine.signIn(never);
  expect([await shows(engine, `${other.origin}/account`), await shows(engine, `${other.origin}/stored`)]).toEqual([red, red]);
});

test('one that fails says where it ended up, shows it, and signs nobody in', async () => {
  await using engine = await startTestEngine({ login: login('wrong-passw0rd'), renderBudgetMs: 8_000 });
  const refusal = await engine.engine.signIn(never);
  expect(refusal).toMatchObject({ code: 'step_failed', picture: expect.stringMatching(/^iVBORw0KGgo/) });
  expect(refusal?.message).toBe(
    `Step 4 of 4, wait-for #welcome (visual-capture.yml:9): No element matches "#welcome", also in open shadow roots. The page that was shown: “Sign in”, ${site.origin}/login.`,
  );
  expect(JSON.stringify({ ...refusal, picture: '' })).not.toContain('wrong-passw0rd');
  expect(await shows(engine, `${site.origin}/account`)).toBe(red);
});

test('a page that cannot be had is told as such', async () => {
  await using engine = await startTestEngine({ login: { ...login(), url: 'http://127.0.0.1:1/login' } });
  expect(await engine.engine.signIn(never)).toMatchObject({
    code: 'bad_request',
    message: expect.stringContaining('127.0.0.1:1'),
  });
});

test('without a login nobody signs in', async () => {
  await using engine = await startTestEngine();
  expect(await engine.engine.signIn(never)).toBeUndefined();
});
