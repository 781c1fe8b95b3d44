import { describe, expect, test } from 'vitest';
import { readEventDeployment } from '../../../src/github/deployments/read-event.ts';
import { askedForDeployments, type DeploymentFacts, type DeploymentWorld, withoutPermission } from '../../helpers/deployments.ts';
import { exampleEvent } from '../../helpers/events.ts';
import { awaitPreview, commit as sha } from './support.ts';

const own = 'https://github.com/octo/site/actions/runs/42/job/1';

/** A deployment that is served, unless it is said otherwise. */
function deployed(environment: string, more: Partial<DeploymentFacts> = {}): DeploymentFacts {
  const host = environment.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const statuses = [{ state: 'success', environment_url: `https://${host}.vercel.app` }] as const;
  return { sha, environment, creator: 'vercel[bot]', statuses, ...more };
}

const building = [{ state: 'in_progress' }] as const;
const always = (world: DeploymentWorld) => (): DeploymentWorld => world;

describe('of several deployments', () => {
  const monorepo = always({ deployments: [deployed('Preview – app'), deployed('Preview – docs')] });

  test('none is guessed: which there are is said, and the line to write', async () => {
    const { result, fix, tookMs } = await awaitPreview(monorepo);
    expect(result).toBe(
      'Commit c0ffee0 has 2 deployments: "Preview – docs" at https://preview-docs.vercel.app/, "Preview – app" at https://preview-app.vercel.app/.',
    );
    expect(fix).toContain('deployment: "Preview – docs"');
    expect(tookMs).toBe(0);
  });

  test.each(['Preview – docs', 'preview - DOCS', 'docs'])('the one is taken that is called "%s"', async (environment) => {
    expect((await awaitPreview(monorepo, { environment })).result).toBe('https://preview-docs.vercel.app/');
  });

  test('the whole name counts more than a part of another', async () => {
    const world = always({ deployments: [deployed('docs'), deployed('Preview – docs')] });
    expect((await awaitPreview(world, { environment: 'docs' })).result).toBe('https://docs.vercel.app/');
  });

  test('one that is served early is not taken for the only one', async () => {
    const { result } = await awaitPreview((seconds) => ({
      deployments: [deployed('Preview – app'), deployed('Preview – docs', seconds < 60 ? { statuses: building } : {})],
    }));
    expect(result).toContain('has 2 deployments');
  });

  test('what another app deploys holds nothing up', async () => {
    const world = always({
      deployments: [deployed('Preview'), deployed('npm', { creator: 'github-actions[bot]', statuses: building })],
    });
    expect((await awaitPreview(world)).tookMs).toBe(0);
  });

  test('a preview comes before production', async () => {
    const world = always({ deployments: [deployed('Preview'), deployed('Production', { production: true })] });
    expect((await awaitPreview(world)).result).toBe('https://preview.vercel.app/');
  });

  test('production is taken where it is all there is', async () => {
    const world = always({ deployments: [deployed('Production', { production: true })] });
    expect((await awaitPreview(world)).result).toBe('https://production.vercel.app/');
  });

  test('of one name the newest that is served is taken', async () => {
    const served = (url: string) => ({ statuses: [{ state: 'success', environment_url: url }] as const });
    const world = always({
      deployments: [
        deployed('Preview', served('https://first.vercel.app')),
        deployed('Preview', served('https://second.vercel.app')),
        deployed('Preview', { statuses: [{ state: 'failure' }] }),
      ],
    });
    expect((await awaitPreview(world)).result).toBe('https://second.vercel.app/');
  });

  test('two of one name at different addresses are told apart by nobody', async () => {
    const check = {
      sha,
      name: 'Cloudflare Pages',
      app: 'cloudflare-workers-and-pages',
      details_url: 'https://dash.cloudflare.com/1',
    };
    const row = (url: string) => `<td><strong>Preview URL:</strong></td><td>\n<a href='${url}'>`;
    const { result, fix } = await awaitPreview(
      always({
        deployments: [deployed('Cloudflare Pages')],
        checks: [{ ...check, summary: row('https://1.site.pages.dev') }],
      }),
    );
    expect(result).toContain('has 2 deployments');
    expect(fix).toContain('hand it over as base-url');
  });
});

describe('a deployment', () => {
  test('of the merge that GitHub tries for a pull request is one of its head', async () => {
    const world = always({ deployments: [deployed('Preview', { sha: 'merge' })] });
    expect((await awaitPreview(world, { at: { mergeCommit: 'merge' } })).result).toBe('https://preview.vercel.app/');
  });

  test('that GitHub calls inactive is still there if no newer one has its address', async () => {
    const inactive = [{ state: 'inactive' }, { state: 'success', environment_url: 'https://preview.vercel.app' }] as const;
    const newer = { sha: 'newer', statuses: [{ state: 'success', environment_url: 'https://newer.vercel.app' }] } as const;
    const world = always({ deployments: [deployed('Preview', { statuses: inactive }), deployed('Preview', newer)] });
    expect((await awaitPreview(world)).result).toBe('https://preview.vercel.app/');
  });

  test('whose address a newer one has taken over is gone', async () => {
    const inactive = [{ state: 'inactive' }, { state: 'success', environment_url: 'https://octo.github.io/site/' }] as const;
    const newer = { sha: 'newer', statuses: [{ state: 'success', environment_url: 'https://octo.github.io/site/' }] } as const;
    const { result } = await awaitPreview(
      always({ deployments: [deployed('github-pages', { statuses: inactive }), deployed('github-pages', newer)] }),
    );
    expect(result).toBe('The deployment of commit c0ffee0 is not served any more, or was skipped: "github-pages" (inactive).');
  });

  test('of the very job that waits holds nothing up', async () => {
    const waiting = { creator: 'github-actions[bot]', statuses: [{ state: 'in_progress', log_url: own }] } as const;
    const pages = { creator: 'github-actions[bot]' } as const;
    const world = always({ deployments: [deployed('github-pages', pages), deployed('visual', waiting)] });
    expect((await awaitPreview(world)).result).toBe('https://github-pages.vercel.app/');
  });

  test.each([
    ['plain http', 'http://preview.example.com'],
    ['a user', 'https://user:secret@preview.example.com'],
    ['a page of the host itself', 'https://vercel.com/octo/site/1'],
    ['a page of GitHub', 'https://github.com/octo/site/pull/7'],
  ])('with an address that is %s is none that can be captured', async (_, url) => {
    const { result } = await awaitPreview(
      always({ deployments: [deployed('Preview', { statuses: [{ state: 'success', environment_url: url }] })] }),
      { timeout: 10 },
    );
    expect(result).toContain('Seen: "Preview" (success, without an address).');
    expect(result).not.toContain('secret');
  });
});

describe('a status or a check', () => {
  const status = { sha, context: 'ci/preview', state: 'success', target_url: 'https://pr-7.previews.example.com' } as const;

  test('of anybody counts by its name', async () => {
    const world = always({ statuses: [status] });
    expect((await awaitPreview(world, { environment: 'ci/preview' })).result).toBe('https://pr-7.previews.example.com/');
  });

  test('counts for nothing without it', async () => {
    const { result } = await awaitPreview(always({ statuses: [status] }), { timeout: 10 });
    expect(result).toContain('Seen, and not meant: "ci/preview" (success).');
  });

  test('of a workflow is no address: its link is the log', async () => {
    const check = { sha, name: 'deploy', app: 'github-actions', details_url: own } as const;
    const { result } = await awaitPreview(always({ checks: [check] }), { environment: 'deploy', timeout: 10 });
    expect(result).toContain('"deploy" (success, without an address)');
  });

  test('cannot put an address of its own into what Cloudflare writes', async () => {
    const summary = "<td><strong>Preview URL:</strong></td><td>\n<a href='https://evil.example'>";
    const check = {
      sha,
      name: 'Cloudflare Pages',
      app: 'someone',
      details_url: 'https://dash.cloudflare.com/1',
      summary,
    } as const;
    const { result } = await awaitPreview(always({ checks: [check] }), { environment: 'Cloudflare Pages', timeout: 10 });
    expect(result).toContain('without an address');
  });
});

describe('waiting', () => {
  test('ends in time, and says what was seen and what to do', async () => {
    const { result, fix, tookMs } = await awaitPreview(always({ deployments: [deployed('Preview', { statuses: building })] }));
    expect(result).toBe('No deployment of commit c0ffee0 was ready within 600 s. Seen: "Preview" (in progress).');
    expect(fix).toContain('deployment: {timeout: 1200}');
    expect(tookMs).toBe(600_000);
  });

  test('says that there is nothing of that name, and what there is', async () => {
    const { result, fix } = await awaitPreview(always({ deployments: [deployed('Preview – app')] }), {
      environment: 'Preview – dosc',
    });
    expect(result).toBe(
      'No deployment called "Preview – dosc" of commit c0ffee0 was ready within 600 s. Seen, and not meant: "Preview – app" (success).',
    );
    expect(fix).toContain('Check the name');
  });

  test('with timeout 0 is to look once', async () => {
    const { result, tookMs } = await awaitPreview(always({}), { timeout: 0 });
    expect(result).toBe('No deployment of commit c0ffee0 was ready and none is waited for (timeout: 0). GitHub knows none.');
    expect(tookMs).toBe(0);
  });

  test('shows a line at each change, and one a minute', async () => {
    const { lines } = await awaitPreview((seconds) =>
      seconds < 200 ? { deployments: [deployed('Preview', { statuses: building })] } : { deployments: [deployed('Preview')] },
    );
    expect(lines.length).toBeGreaterThan(2);
    expect(lines.length).toBeLessThan(6);
  });

  test('asks in the beginning often, and later every half a minute', async () => {
    const { requests } = await awaitPreview(always({}));
    const looks = askedForDeployments(requests).length / 3;
    expect(looks).toBeGreaterThan(20);
    expect(looks).toBeLessThan(30);
  });

  test('ends as soon as the run is stopped', async () => {
    const stop = new AbortController();
    const waiting = awaitPreview(
      (seconds) => {
        if (seconds > 20) {
          stop.abort(new Error('stopped'));
        }
        return {};
      },
      { stop },
    );
    await expect(waiting).rejects.toThrow('stopped');
  });
});

describe('GitHub', () => {
  const ready = always({ deployments: [deployed('Preview')] });

  test('that tells nothing to this job ends it at once, with the permissions', async () => {
    const { result, fix, tookMs } = await awaitPreview(ready, {
      operations: (all) =>
        withoutPermission(all, 'repos/list-deployments', 'repos/get-combined-status-for-ref', 'checks/list-for-ref'),
    });
    expect(result).toContain('GitHub does not let this job ask for the deployments of commit c0ffee0');
    expect(fix).toContain('permissions: {contents: read, deployments: read, statuses: read, checks: read}');
    expect(tookMs).toBe(0);
  });

  test('that refuses a part is asked for the rest, and that is told', async () => {
    const { result, warnings, requests } = await awaitPreview((seconds) => (seconds < 30 ? {} : ready()), {
      operations: (all) => withoutPermission(all, 'repos/get-combined-status-for-ref', 'checks/list-for-ref'),
    });
    expect(result).toBe('https://preview.vercel.app/');
    expect(warnings).toEqual([expect.stringContaining('add to permissions: statuses: read, checks: read')]);
    expect(askedForDeployments(requests).filter((operation) => operation === 'checks/list-for-ref')).toHaveLength(1);
  });

  test('that asks to be left alone is left alone', async () => {
    let asked = 0;
    const { result, requests, tookMs } = await awaitPreview(ready, {
      operations: (all) => ({
        ...all,
        'repos/list-deployments': (request) => {
          asked += 1;
          return asked === 1
            ? { status: 429, headers: { 'retry-after': '120' }, body: { message: 'You have exceeded a secondary rate limit' } }
            : all['repos/list-deployments']?.(request);
        },
      }),
    });
    expect(result).toBe('https://preview.vercel.app/');
    expect(tookMs).toBe(120_000);
    expect(askedForDeployments(requests)[1]).toBe('repos/list-deployments');
  });

  test('that is broken for a while is asked again', async () => {
    const { result, lines } = await awaitPreview(ready, {
      operations: (all) => {
        let asked = 0;
        return {
          ...all,
          'repos/list-deployments': (request) => {
            asked += 1;
            return asked <= 2 ? { status: 502, body: {} } : all['repos/list-deployments']?.(request);
          },
        };
      },
    });
    expect(result).toBe('https://preview.vercel.app/');
    expect(lines[0]).toContain('GitHub did not answer everything (HTTP 502)');
  });
});

describe('the event of the run', () => {
  const payload = (state: string, environment = 'Preview') =>
    exampleEvent('deployment_status', {
      change: {
        deployment: { sha, environment },
        deployment_status: { state, environment_url: 'https://event.vercel.app', log_url: 'https://vercel.com/log' },
      },
    });
  const read = (name: string, value: unknown) =>
    readEventDeployment(name, value, sha, { runUrl: undefined, serverUrl: 'https://github.com' });
  const from = (name: string, value: unknown, environment?: string) => {
    const event = read(name, value);
    return awaitPreview(always({ deployments: [deployed('Preview – docs')] }), {
      ...(event === undefined ? {} : { event }),
      ...(environment === undefined ? {} : { environment }),
    });
  };

  test('gives the address, and nobody is asked', async () => {
    const { result, requests } = await from('deployment_status', payload('success'));
    expect([result, requests]).toEqual(['https://event.vercel.app/', []]);
  });

  test('that tells of a failure ends it', async () => {
    const { result, fix } = await from('deployment_status', payload('failure'));
    expect(result).toContain('The deployment of commit c0ffee0 failed: "Preview" (failure');
    expect(fix).toContain('https://vercel.com/log');
  });

  test('about another environment than the one that is meant says nothing', async () => {
    expect((await from('deployment_status', payload('success'), 'docs')).result).toBe('https://preview-docs.vercel.app/');
  });

  test('about another commit says nothing', () => {
    const other = exampleEvent('deployment_status', { change: { deployment: { sha: 'other' } } });
    expect(read('deployment_status', other)).toBeUndefined();
  });

  const dispatch = (type: string) => ({
    action: `vercel.deployment.${type}`,
    client_payload: {
      environment: 'preview',
      git: { ref: 'topic', sha, shortSha: 'c0ffee0' },
      id: 'dpl_1',
      project: { id: 'prj_1', name: 'site' },
      state: { type },
      url: 'https://site-8rd3kieu6-octo.vercel.app',
    },
  });

  test.each([undefined, 'preview', 'site', 'Preview – site'])('is a dispatch of Vercel, called %s', async (environment) => {
    const { result, requests } = await from('repository_dispatch', dispatch('success'), environment);
    expect([result, requests]).toEqual(['https://site-8rd3kieu6-octo.vercel.app/', []]);
  });

  test('is a dispatch of Vercel about a failure', async () => {
    expect((await from('repository_dispatch', dispatch('error'))).result).toContain('failed: ');
  });
});
