import { describe, expect, test } from 'vitest';
import type { DeploymentWorld } from '../../helpers/deployments.ts';
import { awaitPreview, commit as sha } from './support.ts';

/** What a host writes while it builds, when it is done and when it fails, and what is to come of it. */
interface Provider {
  readonly building: DeploymentWorld;
  readonly ready: DeploymentWorld;
  readonly failed: DeploymentWorld;
  readonly address: string;
  /** What the progress line calls it. */
  readonly seen: string;
  readonly link: string;
}

const vercelBuild = 'https://vercel.com/octo/site/Gd1uYh7Q';
const vercel = (...statuses: NonNullable<NonNullable<DeploymentWorld['deployments']>[number]['statuses']>) => [
  { sha, environment: 'Preview', creator: 'vercel[bot]', statuses },
];
const netlifyBuild = 'https://app.netlify.com/sites/octo-site/deploys/66a1';
const netlify = (state: 'pending' | 'success' | 'failure', target_url: string, description: string) => [
  { sha, context: 'netlify/octo-site/deploy-preview', state, target_url, description },
];
const cloudflareBuild = 'https://dash.cloudflare.com/?to=/a1/pages/view/octo-site/465be04b';
const summary = (status: string, addresses = '') =>
  `<table><tr><td><strong>Latest commit:</strong> </td><td>\n<code>c0ffee0</code>\n</td></tr>\n<tr><td><strong>Status:</strong></td><td>&nbsp;${status}</td></tr>\n${addresses}</table>`;
const cloudflareRow = (what: string, url: string) =>
  `<tr><td><strong>${what}:</strong></td><td>\n<a href='${url}'>${url}</a>\n</td></tr>\n`;
const cloudflare = { sha, name: 'Cloudflare Pages', app: 'cloudflare-workers-and-pages', details_url: cloudflareBuild };
const renderBuild = 'https://dashboard.render.com/static/srv-1/deploys/dep-2';
const render = (state: 'in_progress' | 'success' | 'failure', environment_url?: string) => [
  {
    sha,
    environment: 'Preview - site PR #7',
    creator: 'render[bot]',
    statuses: [{ state, target_url: renderBuild, ...(environment_url === undefined ? {} : { environment_url }) }],
  },
];
const pagesJob = 'https://github.com/octo/site/actions/runs/41/job/9';
const pages = (state: 'in_progress' | 'success' | 'failure', environment_url?: string) => [
  {
    sha,
    environment: 'github-pages',
    creator: 'github-pages[bot]',
    statuses: [{ state, log_url: pagesJob, target_url: pagesJob, ...(environment_url === undefined ? {} : { environment_url }) }],
  },
];

const providers: Readonly<Record<string, Provider>> = {
  Vercel: {
    building: {
      deployments: vercel({ state: 'pending', target_url: vercelBuild, description: 'Vercel is deploying your app' }),
      statuses: [{ sha, context: 'Vercel', state: 'pending', target_url: vercelBuild }],
    },
    ready: {
      deployments: vercel({
        state: 'success',
        environment_url: 'https://site-8rd3kieu6-octo.vercel.app',
        target_url: 'https://site-8rd3kieu6-octo.vercel.app',
        log_url: vercelBuild,
      }),
      statuses: [{ sha, context: 'Vercel', state: 'success', target_url: vercelBuild, description: 'Deployment has completed' }],
    },
    failed: {
      deployments: vercel({ state: 'failure', log_url: vercelBuild, target_url: vercelBuild }),
      statuses: [{ sha, context: 'Vercel', state: 'failure', target_url: vercelBuild }],
    },
    address: 'https://site-8rd3kieu6-octo.vercel.app/',
    seen: '"Preview" (pending: Vercel is deploying your app)',
    link: vercelBuild,
  },
  'Vercel, which refuses to build': {
    building: { statuses: [{ sha, context: 'Vercel', state: 'pending', target_url: vercelBuild }] },
    ready: { deployments: vercel({ state: 'success', environment_url: 'https://site-8rd3kieu6-octo.vercel.app' }) },
    failed: {
      statuses: [
        { sha, context: 'Vercel', state: 'failure', target_url: 'https://vercel.com/octo?upgradeToPro=build-rate-limit' },
      ],
    },
    address: 'https://site-8rd3kieu6-octo.vercel.app/',
    seen: '"Vercel" (pending)',
    link: 'https://vercel.com/octo?upgradeToPro=build-rate-limit',
  },
  Netlify: {
    building: { statuses: netlify('pending', netlifyBuild, 'Deploy Preview processing.') },
    ready: { statuses: netlify('success', 'https://deploy-preview-7--octo-site.netlify.app', 'Deploy Preview ready!') },
    failed: { statuses: netlify('failure', netlifyBuild, 'Deploy Preview failed.') },
    address: 'https://deploy-preview-7--octo-site.netlify.app/',
    seen: '"netlify/octo-site/deploy-preview" (pending: Deploy Preview processing.)',
    link: netlifyBuild,
  },
  'Cloudflare Pages': {
    building: { checks: [{ ...cloudflare, status: 'in_progress', summary: summary('🟡 Build in progress…') }] },
    ready: {
      checks: [
        {
          ...cloudflare,
          title: 'Deployed successfully',
          summary: summary(
            '✅&nbsp; Deploy successful!',
            cloudflareRow('Preview URL', 'https://465be04b.octo-site.pages.dev') +
              cloudflareRow('Branch Preview URL', 'https://topic.octo-site.pages.dev'),
          ),
        },
      ],
    },
    failed: { checks: [{ ...cloudflare, conclusion: 'failure', title: 'Build failed', summary: summary('🚫 Build failed') }] },
    address: 'https://465be04b.octo-site.pages.dev/',
    seen: '"Cloudflare Pages" (in progress)',
    link: cloudflareBuild,
  },
  Render: {
    building: { deployments: render('in_progress') },
    ready: { deployments: render('success', 'https://site-pr-7.onrender.com') },
    failed: { deployments: render('failure') },
    address: 'https://site-pr-7.onrender.com/',
    seen: '"Preview - site PR #7" (in progress)',
    link: renderBuild,
  },
  'GitHub Pages': {
    building: { deployments: pages('in_progress') },
    ready: { deployments: pages('success', 'https://octo.github.io/site/') },
    failed: { deployments: pages('failure') },
    address: 'https://octo.github.io/site/',
    seen: '"github-pages" (in progress)',
    link: pagesJob,
  },
};

describe.each(Object.entries(providers))('%s', (_, { building, ready, failed, address, seen, link }) => {
  test('is waited for, and gives its own address', async () => {
    const { result, lines } = await awaitPreview((seconds) => (seconds < 5 ? {} : seconds < 60 ? building : ready));
    expect(result).toBe(address);
    expect(lines[0]).toBe('Waiting for the deployment, 0 ms: no deployment yet');
    expect(lines[1]).toContain(`Waiting for the deployment, 5.0 s: ${seen}`);
  });

  test('is told at once when it fails, with its link', async () => {
    const { result, fix, tookMs } = await awaitPreview((seconds) => (seconds < 30 ? building : failed));
    expect(result).toMatch(/^The deployment of commit c0ffee0 failed: "/);
    expect(fix).toContain(link);
    expect(tookMs).toBeLessThan(60_000);
  });
});
