import { defaultApi } from '../services/registry.ts';

/** What a setting of the run may be, by who writes it. */
interface TrustRule {
  readonly settings: string;
  readonly invocation: string;
  readonly configFile: string;
}

/** THE table of who may set what; docs/security.md shows it, and test/inputs/trust-rules.test.ts tries each line. */
export const trustRules = {
  key: {
    settings: '`api-key`',
    invocation: 'the key itself',
    configFile: 'only `${NAME}`',
  },
  'key-destination': {
    settings: '`api-url`',
    invocation: 'any https address, or loopback',
    configFile: 'only beside an `api-key` that the file itself takes from a variable; never for a key of the invocation',
  },
  'header-destination': {
    settings: '`base-url` or `deployment` beside `page-headers`',
    invocation:
      'any address, or that of a deployment, which somebody who may write to the repository told GitHub. Without one the headers go to the origins of `urls`',
    configFile: 'never beside headers of the invocation; targets of the file on another origin are sent none',
  },
  'option-destination': {
    settings: 'targets beside `api-options` that hold headers, cookies or a login',
    invocation: 'any page',
    configFile: 'only on an origin that `base-url` or `urls` of the invocation name, or with `api-options` of its own',
  },
  discovery: {
    settings: '`discover`',
    invocation: 'any address; found pages lie at `base-url`',
    configFile:
      'any address, which is asked without a key and, but for the origin of `base-url`, without `page-headers`. Pages of a sitemap or a crawl lie at `base-url` whatever they say; stories of a Storybook elsewhere count as targets of the file',
  },
  program: {
    settings: '`browser-path`, and a browser in the `node_modules` of the repository',
    invocation: 'any program, or the folder of the package `@sparticuz/chromium`; the command line also finds that by itself',
    configFile: 'never',
  },
  browser: {
    settings: '`browser`',
    invocation:
      'a build of Chrome, downloaded from where Chrome for Testing lies, or from the address in the variable `PUPPETEER_CHROME_DOWNLOAD_BASE_URL` of the step',
    configFile: 'a build, or `stable`; never an address or a path',
  },
  folders: {
    settings: '`output`, `baseline-directory`',
    invocation: 'any folder',
    configFile: 'a folder of the workspace, not in `.git`',
  },
  links: {
    settings: 'links among the files of the workspace',
    invocation: 'as the config file',
    configFile: 'are read while they stay in the workspace; nothing is written or deleted through one',
  },
  files: {
    settings: '`html-file`',
    invocation: '–',
    configFile: 'a regular file of the workspace by its real path, not in `.git`, up to 5 MB',
  },
  config: {
    settings: 'the config file itself',
    invocation: 'any file (`config`); one of the workspace by its name must lie there by its real path',
    configFile: '–',
  },
  variables: {
    settings: '`${NAME}` in a value',
    invocation: '–',
    configFile: `any variable of the step, but for those that hold a secret: \`INPUT_…\`, \`ACTIONS_…\`, \`GITHUB_TOKEN\`, \`GH_TOKEN\`, \`${defaultApi.key.secret}\` (for \`api-key\` alone), what a secret setting of the file names, and whatever holds the key, the token or a header of the invocation under another name`,
  },
  step: {
    settings: '`urls`, `config`, `shard`, `mode`, `github-token`',
    invocation: 'as documented',
    configFile: 'never',
  },
} as const satisfies Record<string, TrustRule>;

export type TrustRuleName = keyof typeof trustRules;
