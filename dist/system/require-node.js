// JavaScript and not TypeScript, and without a single import: every entry loads this file before anything else, so it
// must run on any Node that a machine may have.
/** The oldest Node that the built product runs on: undici 8 and puppeteer-core 25 ask for 22.19. */
export const oldestNode = '22.19';
/** The oldest Node that runs the sources as they are: `using` is understood from 24 on. */
export const oldestNodeForSources = '24.0';
/**
 * One line for a person whose Node is too old; undefined when it is new enough.
 * @param {string} version Of the Node that runs, such as `20.20.2`.
 * @param {string} oldest The first version that will do, such as `22.19`.
 * @returns {string | undefined}
 */
export function explainOldNode(version, oldest) {
    const [major = 0, minor = 0] = version.split('.').map(Number);
    const [oldestMajor = 0, oldestMinor = 0] = oldest.split('.').map(Number);
    if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) {
        return undefined;
    }
    return `Visual Capture needs Node ${oldest} or newer; this is ${version}. Get it from https://nodejs.org/en/download, or by: nvm install 24`;
}
/**
 * Ends the process with 2 when its Node is too old.
 * @param {string} [oldest]
 */
export function requireNode(oldest = oldestNode) {
    const problem = explainOldNode(process.versions.node, oldest);
    if (problem !== undefined) {
        // In a workflow the line becomes an annotation.
        console.error(process.env['GITHUB_ACTIONS'] === 'true' ? `::error::${problem}` : problem);
        process.exit(2);
    }
}