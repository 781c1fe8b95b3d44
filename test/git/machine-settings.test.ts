import { chmod, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openScratchRepository } from '../../src/git/scratch-repository.ts';
import { type GitServer, startGitServer } from '../helpers/git-server.ts';
import { selfSigned } from '../helpers/self-signed.ts';
import { shellWord } from '../helpers/shell-word.ts';

const token = 'ghs_secret';
const ref = 'refs/heads/baselines';
const author = { name: 'Octo', email: 'octo@example.com' };
const picture = new Uint8Array([0x89, 0x50, 0x0d, 0x0a, 0x1a, 0x0a, 0, 255]);

let server: GitServer;
let home: string;
/** What programs that settings name leave behind. They are found by the PATH: a path in a setting would have to be quoted. */
let marker: string;
beforeAll(async () => {
  server = await startGitServer({ token });
  home = await mkdtemp(join(tmpdir(), 'git-home-'));
  marker = join(home, 'was-run');
  const hooks = join(home, 'hooks');
  await mkdir(hooks);
  const names = [
    'pre-push',
    'reference-transaction',
    'pre-commit',
    'commit-msg',
    'post-checkout',
    'post-index-change',
    'hostile-program',
  ];
  for (const hook of names) {
    await writeFile(join(hooks, hook), `#!/bin/sh\necho run >> ${shellWord(marker)}\nexit 1\n`);
    await chmod(join(hooks, hook), 0o755);
  }
  await mkdir(join(home, 'template', 'hooks'), { recursive: true });
  await writeFile(join(home, 'template', 'config'), '[remote "origin"]\n  pushurl = http://127.0.0.1:1/\n');
  await writeFile(join(home, 'attributes'), '* filter=lfs text eol=crlf\n');
  await writeFile(join(home, '.netrc'), 'machine 127.0.0.1 login wrong password wrong\n');
  await chmod(join(home, '.netrc'), 0o600);
});
afterEach(() => rm(marker, { force: true }));
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await rm(home, { recursive: true, force: true });
});

/** The variables of a machine with these settings, at both places where git looks. */
async function machineWith(config: string, more: Record<string, string> = {}): Promise<Record<string, string>> {
  const text = config.replaceAll('HOME', home.replaceAll('\\', '/')).replaceAll('ORIGIN', server.origin);
  await writeFile(join(home, '.gitconfig'), text);
  await writeFile(join(home, 'system'), text);
  const path = `${join(home, 'hooks')}:${process.env['PATH'] ?? ''}`;
  return { PATH: path, HOME: home, GIT_CONFIG_SYSTEM: join(home, 'system'), ...more };
}

/** Everything that the product does with a remote: reads what is there, writes a commit, and reads that back. */
async function exchange(env: Record<string, string>, given: string | undefined = token): Promise<object> {
  await server.git('update-ref', '-d', ref);
  const first = await server.commit(ref, { '.gitattributes': '*.txt text\n', 'a.txt': 'one\r\ntwo\n', 'ö ü.png': picture });
  const remote = { url: server.url, ...(given === undefined ? {} : { token: given }) };
  await using repository = await openScratchRepository(remote, { env });
  const fetched = await repository.fetchRef(ref);
  const tree = await repository.readTree(first);
  await repository.fetchBlobs(first, tree.values());
  const blob = await repository.readBlob(tree.get('ö ü.png') ?? '');
  const filters = await repository.readFilters(first, ['a.txt']);
  const written = await repository.writeBlob(Buffer.from('a\r\nb\n'));
  const commit = await repository.commit({
    parent: first,
    write: new Map([['b.txt', written]]),
    message: 'Grün\n',
    author,
    date: new Date(1_700_000_000_000),
  });
  const pushed = await repository.pushRef(ref, commit, first);
  const raw = (await server.git('cat-file', '-p', commit)).replace(/^(tree|parent) .*\n/gm, '');
  const history = await repository.fetchHistory(ref, 5);
  const branches = [...(await repository.listRefs('refs/heads/*')).keys()];
  await repository.deleteRef(ref, commit);
  return {
    isFirst: fetched === first,
    paths: [...tree.keys()],
    blob: [...blob],
    filters: [...filters],
    written,
    pushed,
    raw,
    history: history.map(({ message }) => message.trim()),
    branches,
    marker: await stat(marker).then(
      () => 'a program was run',
      () => 'nothing was run',
    ),
  };
}

const expected = {
  isFirst: true,
  paths: ['.gitattributes', 'a.txt', 'ö ü.png'],
  blob: [...picture],
  filters: [],
  written: '0b6ab3d5ae5a4d4b3a5a2b64dc3b4dc1f4b0c9d1',
  pushed: { kind: 'pushed' },
  raw: 'author Octo <octo@example.com> 1700000000 +0000\ncommitter Octo <octo@example.com> 1700000000 +0000\n\nGrün',
  history: ['Grün', 'Files'],
  branches: [ref],
  marker: 'nothing was run',
};

const nowhere = 'http://127.0.0.1:1/';
/** By what they could change. Any one of a group that counted would be seen. */
const settings: readonly (readonly [what: string, ...configs: readonly string[]])[] = [
  [
    'another address',
    `[url "${nowhere}"]\n insteadOf = ORIGIN/`,
    `[url "${nowhere}"]\n pushInsteadOf = ORIGIN/`,
    `[fetch]\n bundleURI = ${nowhere}\n[transfer]\n bundleURI = true`,
    `[remote "origin"]\n pushurl = ${nowhere}`,
    `[remote "origin"]\n url = ${nowhere}\n fetch = +refs/*:refs/*\n tagOpt = --tags`,
    '[remote "origin"]\n mirror = true\n push = refs/heads/*:refs/heads/*\n vcs = ext\n receivepack = x',
    `[remote "origin"]\n proxy = ${nowhere}`,
    '[include]\n path = HOME/included',
    '[includeIf "gitdir:/**"]\n path = HOME/included',
  ],
  [
    'programs',
    '[core]\n hooksPath = HOME/hooks',
    '[core]\n fsmonitor = hostile-program',
    '[core]\n sshCommand = hostile-program',
    '[core]\n gitProxy = hostile-program',
    '[core]\n pager = hostile-program\n[pager]\n log = hostile-program',
    '[core]\n alternateRefsCommand = hostile-program',
    '[alias]\n fetch = !hostile-program\n push = !hostile-program',
    '[uploadpack]\n packObjectsHook = hostile-program',
  ],
  [
    'who asks',
    '[core]\n askPass = hostile-program',
    '[credential]\n helper = !hostile-program',
    '[credential "ORIGIN"]\n helper = !hostile-program\n username = wrong',
    '[http]\n extraheader = AUTHORIZATION: basic d3Jvbmc6d3Jvbmc=',
    '[http "ORIGIN/"]\n extraheader = AUTHORIZATION: basic d3Jvbmc6d3Jvbmc=',
  ],
  [
    'signing',
    '[commit]\n gpgSign = true\n[gpg]\n program = hostile-program',
    '[push]\n gpgSign = true\n[gpg]\n program = hostile-program',
    '[tag]\n gpgSign = true\n forceSignAnnotated = true\n[gpg]\n program = hostile-program',
    '[log]\n showSignature = true\n[gpg]\n program = hostile-program',
  ],
  [
    'what a new repository is',
    '[init]\n templateDir = HOME/template',
    '[init]\n defaultObjectFormat = sha256\n defaultRefFormat = reftable\n defaultBranch = other',
    '[safe]\n bareRepository = explicit',
    '[feature]\n experimental = true\n manyFiles = true\n[index]\n version = 4\n sparse = true\n[core]\n untrackedCache = true',
    '[extensions]\n objectFormat = sha256\n partialClone = other\n[core]\n repositoryFormatVersion = 1\n bare = false\n worktree = /',
    '[gc]\n auto = 1\n autoDetach = false\n[maintenance]\n auto = true\n strategy = incremental',
  ],
  [
    'how files and names are written',
    '[core]\n autocrlf = true\n eol = crlf\n safecrlf = true',
    '[core]\n attributesFile = HOME/attributes',
    '[core]\n quotePath = true\n precomposeUnicode = true',
    '[core]\n ignoreCase = true\n protectNTFS = true\n abbrev = 4\n logAllRefUpdates = always',
  ],
  [
    'how things are shown',
    '[color]\n ui = always\n push = always\n[color "push"]\n error = red',
    '[column]\n ui = always',
    '[i18n]\n commitEncoding = ISO-8859-1\n logOutputEncoding = ISO-8859-1',
    '[log]\n mailmap = true\n date = relative\n decorate = full\n follow = true\n[format]\n pretty = oneline',
    '[trace2]\n normalTarget = HOME/trace\n eventTarget = HOME/trace\n configParams = *\n envVars = *',
  ],
  [
    'who writes',
    '[user]\n useConfigOnly = true\n name = Somebody\n signingKey = x',
    '[author]\n name = Somebody\n[committer]\n name = Somebody',
  ],
  [
    'fetching',
    '[fetch]\n prune = true\n pruneTags = true\n recurseSubmodules = true\n fsckObjects = true\n unpackLimit = 1\n output = compact',
    '[fetch]\n negotiationAlgorithm = skipping\n writeCommitGraph = true\n parallel = 0',
    '[transfer]\n fsckObjects = true\n hideRefs = refs/heads\n unpackLimit = 1\n credentialsInUrl = die',
  ],
  [
    'pushing',
    '[push]\n default = nothing\n autoSetupRemote = true',
    '[push]\n followTags = true',
    '[push]\n pushOption = ci.skip',
    '[push]\n recurseSubmodules = only\n useForceIfIncludes = true\n negotiate = true',
  ],
  [
    'protocols',
    '[protocol]\n allow = never\n version = 0',
    '[protocol "http"]\n allow = never',
    '[http]\n cookieFile = HOME/cookies\n saveCookies = true\n followRedirects = true\n maxRequests = 0\n postBuffer = 1',
    '[http]\n lowSpeedLimit = 1000000000\n lowSpeedTime = 1',
  ],
  ['a file that is none', 'no configuration ['],
];

describe('of the settings of a machine', () => {
  beforeAll(async () => {
    await writeFile(join(home, 'included'), `[url "${nowhere}"]\n insteadOf = ${server.origin}/\n`);
  });

  it('none is there: this is what is done', async () => {
    const done = await exchange(await machineWith(''));
    expect(done).toEqual({ ...expected, written: expect.stringMatching(/^[0-9a-f]{40}$/) });
    expected.written = (done as typeof expected).written;
  });

  it.each(settings)('those about %s change nothing', async (_, ...configs) => {
    expect(await exchange(await machineWith(configs.join('\n')))).toEqual(expected);
  });

  const variables: readonly Record<string, string>[] = [
    { GIT_DEFAULT_HASH: 'sha256', GIT_SSH_COMMAND: 'exit 1', GIT_ASKPASS: '/bin/false', GIT_TEMPLATE_DIR: '/nowhere' },
    { GIT_TRACE: '1', GIT_TRACE_CURL: '1', GIT_CURL_VERBOSE: '1', LANGUAGE: 'de', LC_ALL: 'de_DE.UTF-8', GIT_NAMESPACE: 'x' },
    { GIT_DIR: '/nowhere', GIT_WORK_TREE: '/', GIT_INDEX_FILE: '/nowhere/index', GIT_OBJECT_DIRECTORY: '/nowhere' },
    { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'push.default', GIT_CONFIG_VALUE_0: 'nothing', GIT_ALLOW_PROTOCOL: 'none' },
    { GIT_CONFIG_PARAMETERS: "'protocol.allow=never'", GIT_AUTHOR_NAME: 'Somebody', GIT_COMMITTER_DATE: '1 +0000', EMAIL: 'x@y' },
  ];
  it.each(variables.map((set) => [Object.keys(set).join(), set] as const))('nor do its variables %s', async (_, set) => {
    expect(await exchange(await machineWith('', set))).toEqual(expected);
  });

  it('its proxy counts, by which servers are reached, also from a file of its own', async () => {
    const asked: string[] = [];
    const proxy = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.writeHead(502).end();
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => proxy.once('listening', resolve));
    const config = `[http "ORIGIN/"]\n proxy = http://127.0.0.1:${(proxy.address() as AddressInfo).port}\n`;
    await expect(exchange(await machineWith(config))).rejects.toThrow('502');
    expect(asked[0]).toContain('/octo/site.git/info/refs');
    const own = join(home, 'own');
    await writeFile(own, config.replaceAll('ORIGIN', server.origin));
    await expect(exchange(await machineWith('', { GIT_CONFIG_GLOBAL: own }))).rejects.toThrow('502');
    proxy.close();
  });

  it('its certificates count', async () => {
    const web = createTlsServer(selfSigned, (_, response) => response.writeHead(502).end()).listen(0, '127.0.0.1');
    await new Promise((resolve) => web.once('listening', resolve));
    await writeFile(join(home, 'ca.pem'), selfSigned.cert);
    const url = `https://127.0.0.1:${(web.address() as AddressInfo).port}/x.git`;
    const fetchWith = async (config: string): Promise<unknown> => {
      await using repository = await openScratchRepository({ url, token }, { env: await machineWith(config) });
      return await repository.fetchRef(ref);
    };
    await expect(fetchWith('[http]\n sslCAInfo = ~/ca.pem\n')).rejects.toThrow('502');
    // Nor does a token go where nobody is vouched for.
    await expect(fetchWith('[http]\n sslVerify = false\n')).rejects.toThrow(/certificate/);
    web.close();
  });
});

describe('where there is no token', () => {
  const helper = `!f() { echo username=x-access-token; echo password=${token}; }; f`;

  it.each([
    ['credential.helper', `[credential]\n helper = "${helper}"`],
    ['credential.*.helper', `[credential "ORIGIN"]\n helper = "${helper}"`],
  ])('%s speaks for the person, as before', async (_, config) => {
    expect(await exchange(await machineWith(config), undefined)).toEqual(expected);
  });

  it('all else changes nothing either', async () => {
    const passed = settings.filter(([what]) => !['who asks', 'programs', 'protocols', 'a file that is none'].includes(what));
    const config = `${passed.flatMap(([, ...configs]) => configs).join('\n')}\n[credential]\n helper = "${helper}"\n`;
    expect(await exchange(await machineWith(config), undefined)).toEqual(expected);
  });

  it('core.sshCommand and GIT_SSH_COMMAND are the ones that ssh is run by', async () => {
    const remote = { url: 'ssh://127.0.0.1/octo/site.git' };
    const machines = [
      () => machineWith('[core]\n sshCommand = hostile-program'),
      () => machineWith('', { GIT_SSH_COMMAND: 'hostile-program' }),
    ];
    for (const machine of machines) {
      const env = await machine();
      await rm(marker, { force: true });
      await using repository = await openScratchRepository(remote, { env });
      await expect(repository.fetchRef(ref)).rejects.toThrow();
      expect((await stat(marker)).isFile()).toBe(true);
    }
  });
});
