/** This product's version and home, as package.json has them; a test holds the two together. */
export const version = '0.1.0';
const repositoryUrl = 'https://github.com/visual-capture/visual-capture';

/** The pinned version of the comparison, which decides every verdict. */
export const pixelmatchVersion = '7.2.0';

/** The files of this version; whoever uses the product has none of them at hand. */
const filesUrl = `${repositoryUrl}/blob/v${version}`;

export const docsFolderUrl = `${filesUrl}/docs`;

/** A page of the documentation, e.g. `docsUrl('forks.md')` or `docsUrl('pull-requests.md#forks')`. */
export function docsUrl(page: `${string}.md` | `${string}.md#${string}`): string {
  return `${docsFolderUrl}/${page}`;
}

/** Where mistakes of this product are told. */
export const issuesUrl = `${repositoryUrl}/issues`;

/** A workflow to copy. */
export function exampleUrl(workflow: `${string}.yml`): string {
  return `${filesUrl}/examples/workflows/${workflow}`;
}
