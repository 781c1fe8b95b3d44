export const id = 757;
export const ids = [757];
export const modules = {

/***/ 95757:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  discover: () => (/* binding */ discover)
});

// EXTERNAL MODULE: ./build/address/hide-secrets.js
var hide_secrets = __webpack_require__(84919);
// EXTERNAL MODULE: ./build/address/decode-part.js
var decode_part = __webpack_require__(41471);
// EXTERNAL MODULE: ./build/plan/globs.js
var globs = __webpack_require__(4345);
;// CONCATENATED MODULE: ./build/discover/choose.js


/** A glob with a slash at its start is for pages alone, and all others for stories, but for those that begin with a wildcard. */
function readGlobs({ include, exclude }) {
    const rule = (isFor, nocase) => {
        const wanted = include.filter(isFor);
        const isWanted = (0,globs/* globMatcher */.fU)(wanted, { nocase });
        const isExcluded = (0,globs/* globMatcher */.fU)(exclude.filter(isFor), { nocase });
        return (...words) => {
            if (isExcluded(...words)) {
                return { kind: 'excluded' };
            }
            return wanted.length === 0 || isWanted(...words) ? undefined : { kind: 'not-included' };
        };
    };
    const ofPage = rule(globs/* isPageGlob */.Il, false);
    return {
        page: (own) => ofPage(pathOf(own)),
        story: rule(globs/* isStoryGlob */._I, true),
    };
}
/** As a person reads it, without a slash at its end. */
function pathOf(own) {
    const path = (0,decode_part/* decodePart */.U)(own.split('?', 1)[0] ?? '');
    return path === '/' ? path : path.replace(/\/+$/, '');
}

// EXTERNAL MODULE: ./build/address/page-key.js
var page_key = __webpack_require__(47630);
// EXTERNAL MODULE: ./build/basics/format.js
var format = __webpack_require__(18583);
;// CONCATENATED MODULE: ./build/discover/choose-targets.js


/**
 * Puts together what the sources found: each page once, in an order that hangs on nothing but the addresses. Problems are
 * whole sentences; with any nothing is captured.
 */
function chooseTargets(findings, { max }, base) {
    const byKey = new Map();
    const twice = [];
    for (const target of findings.flatMap(({ found }) => found).toSorted(byAddress)) {
        const key = (0,page_key/* targetKey */.h)(target.url, base);
        const known = byKey.get(key);
        if (known === undefined) {
            byKey.set(key, target);
        }
        else if (known.url !== target.url) {
            twice.push({ what: target.url, by: target.by, reason: { kind: 'same-page', detail: known.url } });
        }
    }
    const found = [...byKey.values()];
    const problems = findings.flatMap((finding) => finding.problems);
    const isCut = findings.some((finding) => finding.isCut);
    const more = found.length > max;
    return {
        found,
        leftOut: [...findings.flatMap(({ leftOut }) => leftOut), ...twice],
        notes: findings.flatMap(({ notes }) => notes),
        problems: problems.length > 0 ? few(problems) : more ? [tooMany(found.length, isCut, max)] : [],
    };
}
/** Of a site that is down each page is a problem. */
const shownProblems = 10;
function few(problems) {
    const more = problems.length - shownProblems;
    return more > 0
        ? [...problems.slice(0, shownProblems), `discover has ${(0,format/* formatCount */.B4)(more)} more such problems.`]
        : [...problems];
}
function tooMany(count, isCut, max) {
    const counted = `${isCut ? 'at least ' : ''}${(0,format/* formatCount */.B4)(count)}`;
    return `discover found ${counted} targets, more than the ${(0,format/* formatCount */.B4)(max)} that its max allows. Leave some out with include and exclude, or raise max.`;
}
/** Pages before stories; the form of an address that is the shortest comes first, and is the one that counts. */
function byAddress(one, other) {
    const [left, right] = [orderOf(one), orderOf(other)];
    return left < right ? -1 : left > right ? 1 : 0;
}
function orderOf({ story, url }) {
    return story === undefined ? `0${url}` : `1${story.name} ${url}`;
}

// EXTERNAL MODULE: ./build/address/display-url.js
var display_url = __webpack_require__(98601);
// EXTERNAL MODULE: ./build/address/target-url.js
var target_url = __webpack_require__(60290);
// EXTERNAL MODULE: ./build/discover/limits.js
var limits = __webpack_require__(72540);
;// CONCATENATED MODULE: ./build/discover/decide-page.js


/** What sites commonly hold beside pages, by the end of the path. */
const otherFiles = /\.(?:avif|bmp|css|csv|docx?|eot|epub|exe|gif|gz|ico|ics|jpe?g|js|json|m4[av]|map|md|mjs|mov|mp[34]|ogg|otf|pdf|png|pptx?|rss|svgz?|tar|tgz|tiff?|ttf|txt|wasm|wav|webm|webmanifest|webp|woff2?|xlsx?|xml|zip)$/i;
/** `/logout`, `/users/sign_out`, `?action=log-off`. */
const signOut = /(?:^|[/=])(?:log|sign)[-_]?(?:out|off)(?:$|[/.&;])/i;
/** What the address of a page alone tells against it; undefined: nothing. */
function decideAddress(own) {
    if (own.length > limits/* discoverLimits */.e.urlLength) {
        return { kind: 'too-long' };
    }
    const [path = ''] = own.split('?', 1);
    const ending = otherFiles.exec(path)?.[0];
    if (ending !== undefined) {
        return { kind: 'no-page', detail: ending };
    }
    return signOut.test((0,decode_part/* decodePart */.U)(own).replace('?', '/')) ? { kind: 'sign-out' } : undefined;
}

// EXTERNAL MODULE: ./build/basics/product.js
var product = __webpack_require__(93249);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(38522);
;// CONCATENATED MODULE: ./build/discover/read-text.js

/** A gzip file may come packed once more by the server that sends it. */
const packedAtMost = 2;
/**
 * The text of a file from outside: unpacked where it is gzip, whatever it is called, and decoded as its byte order mark or
 * its first bytes say, else as UTF-8. Undefined: unpacked it has more bytes than it may have.
 * @throws Error of zlib where it begins as gzip and is none.
 */
function readText(bytes, maxBytes) {
    let unpacked = bytes;
    for (let packed = 0; packed < packedAtMost && isGzip(unpacked); packed += 1) {
        const next = unpack(unpacked, maxBytes);
        if (next === undefined) {
            return undefined;
        }
        unpacked = next;
    }
    return new TextDecoder(encodingOf(unpacked)).decode(unpacked);
}
function isGzip([first, second]) {
    return first === 0x1f && second === 0x8b;
}
function unpack(bytes, maxOutputLength) {
    try {
        return (0,external_node_zlib_.gunzipSync)(bytes, { maxOutputLength });
    }
    catch (error) {
        if (error instanceof RangeError) {
            return undefined;
        }
        throw error;
    }
}
/** XML in UTF-16 begins with a byte order mark; that of UTF-8 is dropped by the decoder. `<` tells it as well. */
function encodingOf([first, second]) {
    if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) {
        return 'utf-16le';
    }
    return (first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c) ? 'utf-16be' : 'utf-8';
}

;// CONCATENATED MODULE: ./build/discover/describe-answer.js




const openIt = `If the preview is protected, set page-headers (${(0,product/* docsUrl */.fs)('protected-previews.md')}).`;
/**
 * Why an answer is not what was asked for, as a phrase behind its address with what to do; undefined: it is a document
 * with a status that says so.
 */
function describeBadAnswer(answer) {
    switch (answer.kind) {
        case 'document':
            if (answer.status === 401 || answer.status === 403) {
                return `answered with HTTP ${answer.status}: it may not be read without signing in. ${openIt}`;
            }
            return answer.status >= 200 && answer.status < 300 ? undefined : `answered with HTTP ${answer.status}`;
        case 'too-large':
            return `is larger than the ${(0,format/* formatBytes */.z3)(answer.maxBytes)} that are read of it`;
        case 'leaves':
            return `leads to another site, ${(0,display_url/* displayUrl */.Q)(answer.to.origin)}, most likely a sign-on page. ${openIt}`;
        case 'endless':
            return `was still redirecting after ${answer.redirects} redirects`;
        case 'unreachable':
            return `could not be reached: ${answer.reason}`;
    }
}
/** The text of a document, or why there is none. */
function textOfAnswer(answer, maxBytes) {
    const problem = describeBadAnswer(answer);
    if (problem !== undefined || answer.kind !== 'document') {
        return { problem: problem ?? '' };
    }
    try {
        const text = readText(answer.bytes, maxBytes);
        return text === undefined
            ? { problem: `is larger than the ${(0,format/* formatBytes */.z3)(maxBytes)} that are read of it, once unpacked` }
            : { text, url: answer.url };
    }
    catch {
        return { problem: 'begins as a gzip file and cannot be unpacked' };
    }
}

;// CONCATENATED MODULE: ./build/discover/finding.js
/** A source that could not be read at all. */
function unreadable(problem) {
    return { found: [], leftOut: [], notes: [], problems: [problem] };
}
/** What is gathered while a source is read. */
class Gathering {
    found = [];
    leftOut = [];
    notes = [];
    problems = [];
    #by;
    constructor(by) {
        this.#by = by;
    }
    take(target) {
        this.found.push({ ...target, by: this.#by });
    }
    leave(what, reason) {
        this.leftOut.push({ what, by: this.#by, reason });
    }
}

;// CONCATENATED MODULE: ./build/discover/own-path.js

/** Parameters that tell where a visitor came from, and nothing of the page. */
const tracking = /^(?:utm_\w+|gclid|fbclid|msclkid|mc_[ce]id)$/i;
/**
 * Where a page lies below `base-url`, as a target of it is written: `/docs/intro?tab=2`. What `base-url` itself adds to
 * every address, what tells where a visitor came from, and the fragment are left out. Undefined: it
 * lies elsewhere. `ofOtherHost`: its path counts as it is where the base's is no part of it, since production may lie at
 * the root while its preview lies in a folder.
 */
function ownPath(url, base, { ofOtherHost }) {
    const folder = base.pathname.replace(/\/$/, '');
    const isBelow = url.pathname === folder || url.pathname.startsWith(`${folder}/`);
    if (!isBelow && !ofOtherHost) {
        return undefined;
    }
    const path = isBelow ? url.pathname.slice(folder.length) : url.pathname;
    const search = url.search
        .slice(1)
        .split('&')
        .filter((parameter) => parameter !== '' && isOfPage(parameter, base))
        .join('&');
    return `${path === '' ? '/' : path}${search === '' ? '' : `?${search}`}`;
}
function isOfPage(parameter, base) {
    const name = (0,decode_part/* decodePart */.U)(parameter.split('=', 1)[0] ?? '');
    return !tracking.test(name) && !base.searchParams.has(name);
}

// EXTERNAL MODULE: ./node_modules/htmlparser2/dist/Parser.js + 7 modules
var Parser = __webpack_require__(81600);
;// CONCATENATED MODULE: ./build/discover/crawl/parse-page.js


/**
 * The links of a page as its server sent it. What scripts add is not seen; what stands in comments, scripts and templates
 * is no link, nor is a download.
 */
function parsePage(html, address) {
    const reader = new LinkReader(address);
    const parser = new Parser/* Parser */.i({
        onopentag: (name, attributes) => reader.open(name, attributes),
        onclosetag: (name) => reader.close(name),
    });
    parser.end(html);
    return { links: [...reader.links.values()], canonical: reader.canonical };
}
class LinkReader {
    links = new Map();
    canonical;
    #base;
    #hasBase = false;
    #templates = 0;
    constructor(address) {
        this.#base = address;
    }
    open(name, attributes) {
        if (name === 'template') {
            this.#templates += 1;
        }
        const url = this.#templates > 0 ? undefined : this.#resolve(attributes['href']);
        if (url !== undefined) {
            this.#keep(name, url, attributes);
        }
    }
    close(name) {
        if (name === 'template' && this.#templates > 0) {
            this.#templates -= 1;
        }
    }
    #keep(name, url, { rel, download }) {
        switch (name) {
            case 'base':
                // Only the first one counts.
                this.#base = this.#hasBase ? this.#base : url;
                this.#hasBase = true;
                break;
            case 'link':
                this.canonical ??= rel?.trim().toLowerCase() === 'canonical' ? url : undefined;
                break;
            case 'a':
            case 'area':
                url.hash = '';
                if (download === undefined && this.links.size < limits/* discoverLimits */.e.linksOfPage) {
                    this.links.set(url.href, url);
                }
                break;
        }
    }
    #resolve(written) {
        const href = written?.trim() ?? '';
        return href === '' || href.startsWith('#') || !URL.canParse(href, this.#base.href)
            ? undefined
            : new URL(href, this.#base.href);
    }
}

;// CONCATENATED MODULE: ./build/discover/crawl/crawl.js










/**
 * Finds the pages of a small site by its links, as its server sends them. The pages of one distance are asked for side by
 * side and taken in the order of the links, so that the same site comes to the same list however fast it answers.
 */
async function crawl(search) {
    const crawler = new Crawler(search);
    const problem = await crawler.start();
    return problem === undefined ? crawler.finding() : unreadable(problem);
}
class Crawler {
    #search;
    #gathering = new Gathering('crawl');
    /** Keys of what was asked for or left out. */
    #seen = new Set();
    #queries = new Map();
    #pages = new Map();
    /** Where `base-url` leads: to `www.` or https. */
    #origins;
    #asked = 0;
    #isCut = false;
    constructor(search) {
        this.#search = search;
        this.#origins = new Set([search.base.origin]);
    }
    /** What keeps the crawl from beginning; undefined: it was done. */
    async start() {
        const { base, depth } = this.#search;
        const start = (0,target_url/* resolveTargetUrl */.Vb)('/', base);
        if ('problem' in start) {
            return start.problem;
        }
        const answer = await this.#ask('/');
        const bad = describeBadAnswer(answer) ?? (isHtml(answer) ? undefined : 'is not a page of HTML');
        if (bad !== undefined) {
            return `The crawl cannot begin: ${(0,display_url/* displayUrl */.Q)(start.url.href)} ${bad}${bad.endsWith('.') ? '' : '.'}`;
        }
        if (answer.kind === 'document') {
            this.#origins.add(answer.url.origin);
        }
        this.#seen.add(this.#keyOf('/'));
        let links = this.#keep('/', answer);
        for (let distance = 1; distance <= depth && links.length > 0 && !this.#isCut; distance += 1) {
            links = await this.#visit(links);
        }
        return undefined;
    }
    finding() {
        const { globs } = this.#search;
        for (const page of this.#pages.values()) {
            const reason = this.#whyDuplicate(page) ?? globs.page(page.own);
            if (reason === undefined) {
                this.#gathering.take({ url: page.own });
            }
            else {
                this.#gathering.leave((0,display_url/* displayUrl */.Q)(page.own), reason);
            }
        }
        const { found, leftOut, problems } = this.#gathering;
        return { found, leftOut, problems, notes: this.#notes(), ...(this.#isCut ? { isCut: true } : {}) };
    }
    #notes() {
        return this.#isCut && this.#asked >= limits/* discoverLimits */.e.crawledPages
            ? [`The crawl ended after ${(0,format/* formatCount */.B4)(this.#asked)} pages; there are more.`]
            : [];
    }
    async #visit(links) {
        const room = Math.max(0, limits/* discoverLimits */.e.crawledPages - this.#asked);
        const asked = links.slice(0, room);
        const answers = await Promise.all(asked.map(async (own) => ({ own, answer: await this.#ask(own) })));
        const next = answers.flatMap(({ own, answer }) => this.#keep(own, answer));
        const wanted = [...this.#pages.values()].filter(({ own }) => this.#search.globs.page(own) === undefined);
        this.#isCut = asked.length < links.length || wanted.length > this.#search.max;
        return next;
    }
    async #ask(own) {
        const resolved = (0,target_url/* resolveTargetUrl */.Vb)(own, this.#search.base);
        if ('problem' in resolved) {
            return { kind: 'unreachable', reason: resolved.problem, passing: false };
        }
        this.#asked += 1;
        const ask = () => this.#search.web.get(resolved.url, { maxBytes: limits/* discoverLimits */.e.pageBytes, cut: true });
        const answer = await ask();
        return isPassing(answer) ? await ask() : answer;
    }
    /** Keeps what answered, where it is a page; the paths that it leads to and nobody has asked for. */
    #keep(asked, answer) {
        const leave = (reason) => {
            this.#gathering.leave((0,display_url/* displayUrl */.Q)(asked), reason);
            return [];
        };
        if (isPassing(answer)) {
            // Without it the list would be another one today than tomorrow, and its baseline would count as removed.
            this.#gathering.problems.push(`The crawl found ${(0,display_url/* displayUrl */.Q)(asked)}, which ${describeBadAnswer(answer)}.`);
            return [];
        }
        if (answer.kind !== 'document' || answer.status >= 400) {
            return leave(whyNoPage(answer));
        }
        if (!isHtml(answer)) {
            return leave({ kind: 'no-page', detail: mediaType(answer) });
        }
        // A redirect within the site leads to the page that is meant.
        const own = this.#ownPath(answer.url);
        if (own === undefined) {
            return leave({ kind: 'outside-base' });
        }
        const key = this.#keyOf(own);
        const read = textOfAnswer(answer, limits/* discoverLimits */.e.pageBytes);
        if ('problem' in read) {
            return leave({ kind: 'unreachable', detail: read.problem });
        }
        const known = this.#pages.get(key);
        if (known !== undefined) {
            return known.own === asked ? [] : leave({ kind: 'same-page', detail: known.own });
        }
        this.#seen.add(key);
        if (key !== this.#keyOf(asked)) {
            leave({ kind: 'same-page', detail: own });
        }
        const { links, canonical } = parsePage(read.text, answer.url);
        const canonicalOwn = canonical === undefined ? undefined : ownPath(canonical, this.#search.base, { ofOtherHost: true });
        this.#pages.set(key, { own, key, canonical: canonicalOwn });
        return links.flatMap((url) => this.#decideLink(url));
    }
    #decideLink(url) {
        if ((url.protocol !== 'http:' && url.protocol !== 'https:') || !this.#origins.has(url.origin)) {
            return [];
        }
        const own = this.#ownPath(url);
        if (own === undefined) {
            return [];
        }
        const key = this.#keyOf(own);
        if (this.#seen.has(key)) {
            return [];
        }
        this.#seen.add(key);
        const excluded = this.#search.globs.page(own);
        // What is not included may lead to what is.
        const reason = decideAddress(own) ?? (excluded?.kind === 'excluded' ? excluded : this.#countQuery(own));
        if (reason !== undefined) {
            this.#gathering.leave((0,display_url/* displayUrl */.Q)(own), reason);
            return [];
        }
        return [own];
    }
    #countQuery(own) {
        const [path = '', query] = own.split('?', 2);
        if (query === undefined) {
            return undefined;
        }
        const count = (this.#queries.get(path) ?? 0) + 1;
        this.#queries.set(path, count);
        return count > limits/* discoverLimits */.e.queriesOfPath ? { kind: 'queries', detail: String(limits/* discoverLimits */.e.queriesOfPath) } : undefined;
    }
    /** A page that says that it is another one, which was found as well. */
    #whyDuplicate({ key, canonical }) {
        if (canonical === undefined) {
            return undefined;
        }
        const other = this.#keyOf(canonical);
        return other !== key && this.#pages.has(other) ? { kind: 'canonical', detail: canonical } : undefined;
    }
    #ownPath(url) {
        return ownPath(url, this.#search.base, { ofOtherHost: false });
    }
    #keyOf(own) {
        return (0,page_key/* pageKey */.L)(new URL(own, 'http://base'));
    }
}
/** Nothing that says whether there is a page. */
function isPassing(answer) {
    return answer.kind === 'unreachable' || (answer.kind === 'document' && (answer.status >= 500 || answer.status === 429));
}
function whyNoPage(answer) {
    switch (answer.kind) {
        case 'document':
            return { kind: 'answered', detail: String(answer.status) };
        case 'leaves':
            return { kind: 'leads-away', detail: (0,display_url/* displayUrl */.Q)(answer.to.origin) };
        case 'unreachable':
            return { kind: 'unreachable', detail: answer.reason };
        case 'endless':
        case 'too-large':
            return { kind: 'unreachable', detail: describeBadAnswer(answer) ?? '' };
    }
}
function mediaType(answer) {
    return answer.kind === 'document' ? (answer.contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? '') : '';
}
/** What has no type is taken for a page, as browsers do. */
function isHtml(answer) {
    return ['', 'text/html', 'application/xhtml+xml'].includes(mediaType(answer));
}

;// CONCATENATED MODULE: ./build/discover/sitemap/parse-robots.js
/** The sitemaps that a robots.txt names, as they are written. Its other lines are for search engines, and not for us. */
function parseRobots(text) {
    const named = text.split(/\r\n?|\n/).flatMap((line) => /^\s*sitemap\s*:\s*([^\s#]\S*)/i.exec(line)?.[1] ?? []);
    return [...new Set(named)];
}

;// CONCATENATED MODULE: ./build/discover/sitemap/parse-sitemap.js

/** What stands around an address, by the root element. The addresses of pictures and videos stand deeper. */
const entryOf = {
    urlset: { kind: 'pages', entry: 'url' },
    sitemapindex: { kind: 'index', entry: 'sitemap' },
};
/** Of the name of an element that is shown, in characters. */
const nameLength = 40;
/** Elements within each other; a sitemap has four. */
const deepest = 32;
/**
 * Reads a sitemap: XML, or text with an address a line. The XML is that of others: entities but XML's own five and numbers
 * stay as they are written, nothing is fetched, a document type is skipped, and what is not closed or nested wrongly is an
 * error, since half of a sitemap would be taken for the whole.
 */
function parseSitemap(text) {
    if (!/^\s*</.test(text)) {
        return parseText(text);
    }
    if (/^\s*<(?:!doctype\s+html|html)\b/i.test(text)) {
        return { kind: 'wrong', problem: 'is an HTML page, and no sitemap' };
    }
    const reader = new SitemapReader();
    const parser = new Parser/* Parser */.i({
        onopentagname: (name) => reader.onopentagname(name),
        ontext: (data) => reader.ontext(data),
        // What the library calls implied is closed by `/>`, or by nothing at all.
        onclosetag: (name, isImplied) => reader.onclosetag(name, !isImplied || text[parser.endIndex - 1] === '/'),
    }, { xmlMode: true, decodeEntities: true });
    parser.end(text);
    return reader.result();
}
class SitemapReader {
    path = [];
    entries = [];
    root;
    loc;
    problem;
    onopentagname(name) {
        const local = name.slice(name.indexOf(':') + 1).slice(0, nameLength);
        this.root ??= local;
        this.path.push(local);
        if (this.path.length > deepest) {
            this.problem ??= `is nested more than ${deepest} levels deep`;
        }
        if (local === 'loc' && this.path.length === 3 && this.path[1] === entryOf[this.root]?.entry) {
            this.loc = '';
        }
    }
    ontext(text) {
        if (this.loc !== undefined) {
            this.loc += text;
        }
    }
    /** `isClosed`: by a tag of its own. */
    onclosetag(name, isClosed) {
        this.path.pop();
        if (!isClosed) {
            this.problem ??= `is not well-formed XML: <${name.slice(0, nameLength)}> is not closed`;
        }
        if (this.loc !== undefined && this.path.length === 2) {
            this.entries.push(this.loc.trim());
            this.loc = undefined;
        }
    }
    result() {
        const known = this.root === undefined ? undefined : entryOf[this.root];
        if (this.problem !== undefined) {
            return { kind: 'wrong', problem: this.problem };
        }
        return known === undefined
            ? {
                kind: 'wrong',
                problem: `is no sitemap: it holds ${this.root === undefined ? 'no XML' : `<${this.root}>`} where <urlset> or <sitemapindex> is expected`,
            }
            : { kind: known.kind, entries: this.entries.filter((entry) => entry !== '') };
    }
}
/** An address a line, as the protocol allows. */
function parseText(text) {
    const lines = text
        .split(/\r?\n/)
        .map((line) => line.trim())
        .filter((line) => line !== '');
    const wrong = lines.find((line) => !/^https?:\/\/\S+$/i.test(line));
    if (lines.length === 0) {
        return { kind: 'wrong', problem: 'is empty' };
    }
    return wrong === undefined
        ? { kind: 'pages', entries: lines }
        : { kind: 'wrong', problem: 'is neither XML nor a list of addresses, one a line' };
}

;// CONCATENATED MODULE: ./build/discover/sitemap/to-preview.js


/** A preview's files name production, whose own files are of another build: they are read from the preview. */
function toPreview(url, base) {
    if (url.protocol !== 'http:' && url.protocol !== 'https:') {
        return url;
    }
    const own = ownPath(url, base, { ofOtherHost: url.origin !== base.origin });
    const resolved = own === undefined ? { problem: '' } : (0,target_url/* resolveTargetUrl */.Vb)(own, base);
    return 'problem' in resolved ? url : resolved.url;
}

;// CONCATENATED MODULE: ./build/discover/sitemap/sitemap-files.js






const accept = 'application/xml,text/xml,text/plain,*/*;q=0.8';
/** Reads sitemaps and what their indexes name, each once. */
class SitemapFiles {
    entries = [];
    problems = [];
    files = [];
    #seen = new Set();
    #base;
    #web;
    constructor(base, web) {
        this.#base = base;
        this.#web = web;
    }
    async readAll(urls, depth) {
        const fresh = urls.filter(({ href }) => !this.#seen.has(href) && this.#seen.add(href));
        if (this.files.length + fresh.length > limits/* discoverLimits */.e.sitemaps) {
            this.problems.push(`The sitemaps of ${(0,display_url/* displayUrl */.Q)(this.#base.origin)} are more than the ${(0,format/* formatCount */.B4)(limits/* discoverLimits */.e.sitemaps)} that are read. Name one of them in discover: sitemap.`);
            return;
        }
        this.files.push(...fresh);
        const read = await Promise.all(fresh.map(async (url) => ({ url, sitemap: await this.#read(url) })));
        // In the order that they are named in, however fast each came.
        for (const { url, sitemap } of read) {
            await this.#keep(url, sitemap, depth);
        }
    }
    async #read(url) {
        const { sitemapBytes } = limits/* discoverLimits */.e;
        const read = textOfAnswer(await this.#web.get(url, { maxBytes: sitemapBytes, accept }), sitemapBytes);
        return 'problem' in read ? { kind: 'wrong', problem: read.problem } : parseSitemap(read.text);
    }
    async #keep(url, sitemap, depth) {
        const shown = `The sitemap ${(0,display_url/* displayUrl */.Q)(url.href)}`;
        if (sitemap.kind === 'wrong') {
            this.problems.push(`${shown} ${endSentence(sitemap.problem)}`);
            return;
        }
        if (sitemap.entries.length > limits/* discoverLimits */.e.entries) {
            this.problems.push(`${shown} has ${(0,format/* formatCount */.B4)(sitemap.entries.length)} entries, more than the ${(0,format/* formatCount */.B4)(limits/* discoverLimits */.e.entries)} that a sitemap may have. Split it, and name its parts in an index.`);
            return;
        }
        if (sitemap.kind === 'pages') {
            this.entries.push(...sitemap.entries.map((entry) => ({ url: entry, from: url })));
            return;
        }
        if (depth >= limits/* discoverLimits */.e.indexDepth) {
            this.problems.push(`${shown} is an index of an index of an index. Name one of its sitemaps in discover: sitemap.`);
            return;
        }
        const named = sitemap.entries.flatMap((entry) => (URL.canParse(entry, url.href) ? [new URL(entry, url.href)] : []));
        // A sitemap that the config names by its URL is read where it is, and so are its parts.
        const isOfPreview = url.origin === this.#base.origin;
        await this.readAll(isOfPreview ? named.map((one) => toPreview(one, this.#base)) : named, depth + 1);
    }
}
function endSentence(phrase) {
    return phrase.endsWith('.') ? phrase : `${phrase}.`;
}

;// CONCATENATED MODULE: ./build/discover/sitemap/find-in-sitemap.js











/** Finds the pages of a site by its sitemap, and those that indexes name. */
async function findInSitemap({ sitemap, base, globs, web }) {
    const start = sitemap === true ? await findSitemaps(base, web) : resolveSitemap(sitemap, base);
    if ('problem' in start) {
        return unreadable(start.problem);
    }
    const reader = new SitemapFiles(base, web);
    await reader.readAll(start.urls, 0);
    return asFinding(reader, base, globs);
}
function resolveSitemap(written, base) {
    const resolved = (0,target_url/* resolveTargetUrl */.Vb)(written, base);
    return 'problem' in resolved ? { problem: `discover: sitemap: ${resolved.problem}` } : { urls: [resolved.url] };
}
/** A preview in a folder has no robots.txt: that of its host is for the whole host. */
async function findSitemaps(base, web) {
    const usual = resolveSitemap('/sitemap.xml', base);
    if (base.pathname !== '/') {
        return usual;
    }
    const robots = (0,target_url/* resolveTargetUrl */.Vb)('/robots.txt', base);
    const answer = 'problem' in robots ? undefined : await web.get(robots.url, { maxBytes: limits/* discoverLimits */.e.robotsBytes, cut: true });
    if (answer?.kind === 'unreachable' || (answer?.kind === 'document' && answer.status >= 500)) {
        // What it names is not known then, and another list would be found tomorrow.
        return { problem: `${(0,display_url/* displayUrl */.Q)(new URL('/robots.txt', base).href)} ${describeBadAnswer(answer)}.` };
    }
    const read = answer === undefined ? { problem: '' } : textOfAnswer(answer, limits/* discoverLimits */.e.robotsBytes);
    const named = 'problem' in read ? [] : parseRobots(read.text);
    const urls = named.flatMap((written) => URL.canParse(written, base.href) ? [toPreview(new URL(written, base.href), base)] : []);
    return urls.length === 0 ? usual : { urls };
}
/** The addresses of pages as targets of the preview, whoever's they are. */
function asFinding({ entries, problems }, base, globs) {
    if (entries.length > limits/* discoverLimits */.e.allEntries) {
        return unreadable(`The sitemaps of ${(0,display_url/* displayUrl */.Q)(base.origin)} have ${(0,format/* formatCount */.B4)(entries.length)} entries, more than the ${(0,format/* formatCount */.B4)(limits/* discoverLimits */.e.allEntries)} that are read. Name one of them in discover: sitemap.`);
    }
    const gathering = new Gathering('sitemap');
    const otherHosts = new Map();
    for (const { url: written, from } of entries) {
        const url = URL.canParse(written, from.href) ? new URL(written, from.href) : undefined;
        const read = decideEntry(url, base, globs);
        if ('reason' in read) {
            gathering.leave((0,display_url/* displayUrl */.Q)(read.own ?? written), read.reason);
            continue;
        }
        if (url !== undefined && url.origin !== base.origin) {
            otherHosts.set(url.origin, (otherHosts.get(url.origin) ?? 0) + 1);
        }
        gathering.take({ url: read.own });
    }
    return { found: gathering.found, leftOut: gathering.leftOut, notes: tellMapped(otherHosts, base), problems };
}
function decideEntry(url, base, globs) {
    if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
        return { reason: { kind: 'not-web' } };
    }
    const own = ownPath(url, base, { ofOtherHost: url.origin !== base.origin });
    if (own === undefined) {
        return { reason: { kind: 'outside-base' } };
    }
    const reason = decideAddress(own) ?? globs.page(own);
    return reason === undefined ? { own } : { own, reason };
}
function tellMapped(pagesOf, base) {
    const hosts = [...pagesOf].map(([origin, count]) => `${(0,display_url/* displayUrl */.Q)(origin)} (${(0,format/* formatPlural */.yk)(count, 'page')})`);
    return hosts.length === 0
        ? []
        : [
            `The sitemap names ${(0,format/* formatFew */.K0)(hosts, 5)}; these pages are captured at ${(0,display_url/* displayUrl */.Q)(base.origin)}, the origin of base-url.`,
        ];
}

// EXTERNAL MODULE: ./build/basics/record.js
var record = __webpack_require__(58537);
// EXTERNAL MODULE: ./build/plan/safe-name.js
var safe_name = __webpack_require__(64177);
;// CONCATENATED MODULE: ./build/discover/storybook/parse-index.js


/** What leaves a story out. */
const skipTag = 'skip-visual';
/**
 * Reads `index.json` of Storybook 7 to 10 (versions 4 and 5 of the format), or `stories.json` of the older form (3).
 * The problem is a phrase that goes behind the address.
 */
function parseIndex(text) {
    const index = parseJson(text);
    const entries = (0,record/* fieldOf */._F)(index, 'entries') ?? (0,record/* fieldOf */._F)(index, 'stories');
    if (!(0,record/* isRecord */.u4)(index) || !(0,record/* isRecord */.u4)(entries)) {
        return { problem: 'is no index of a Storybook: it has neither entries nor stories' };
    }
    const read = Object.entries(entries).map(([id, entry]) => readEntry(id, entry));
    const wrong = read.indexOf(undefined);
    return wrong < 0
        ? { value: read.filter((entry) => entry !== undefined) }
        : {
            problem: `is no index of a Storybook: ${JSON.stringify(Object.keys(entries)[wrong]?.slice(0, 100))} has no title and name`,
        };
}
function readEntry(id, entry) {
    const title = (0,record/* textOf */.b6)(entry, 'title') ?? (0,record/* textOf */.b6)(entry, 'kind');
    const name = (0,record/* textOf */.b6)(entry, 'name') ?? (0,record/* textOf */.b6)(entry, 'story');
    if (title === undefined || name === undefined) {
        return undefined;
    }
    const leftOut = whyLeftOut(entry);
    return {
        id,
        title: `${title}/${name}`,
        name: nameStory(title, name),
        ...(leftOut === undefined ? {} : { leftOut: { kind: leftOut } }),
    };
}
function whyLeftOut(entry) {
    if ((0,record/* textOf */.b6)(entry, 'type') === 'docs' || (0,record/* fieldOf */._F)((0,record/* fieldOf */._F)(entry, 'parameters'), 'docsOnly') === true) {
        return 'docs-page';
    }
    if ((0,record/* textOf */.b6)(entry, 'subtype') === 'test') {
        return 'story-test';
    }
    const tags = (0,record/* fieldOf */._F)(entry, 'tags');
    return effectiveTags(Array.isArray(tags) ? tags : []).has(skipTag) ? 'skip-tag' : undefined;
}
/**
 * The tags that count: `!name` takes away a `name` that stands before it. Storybook 8.1 and later have done so when they
 * write the index; older ones write what the files say.
 */
function effectiveTags(written) {
    const tags = new Set();
    for (const tag of written) {
        if (typeof tag === 'string' && tag.startsWith('!')) {
            tags.delete(tag.slice(1));
        }
        else {
            tags.add(tag);
        }
    }
    return tags;
}
/** `UI/Alert` and `With Icon` become `ui/alert/with-icon`. */
function nameStory(title, name) {
    // A slash in the name of a story is none of the tree.
    const parts = [...title.split('/'), name];
    return (0,safe_name/* toSafeName */.KV)(parts.map((part) => part.toLowerCase().replace(/[^\p{L}\p{N}\p{M}._]+/gu, '-')).join('/'));
}
function parseJson(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./build/discover/storybook/find-stories.js







/** Of Storybook 7 to 10, and of the older form. */
const indexFiles = ['index.json', 'stories.json'];
/** Finds the stories of a Storybook by its index. */
async function findStories({ storybook, base, globs, web }) {
    const written = storybook === true ? '/' : storybook;
    const named = indexFiles.find((file) => written.split(/[?#]/, 1)[0]?.endsWith(`/${file}`));
    const read = await readIndex(named === undefined ? indexFiles.map((file) => inFolder(written, file)) : [written], base, web);
    if ('problem' in read) {
        return unreadable(read.problem);
    }
    const gathering = new Gathering('storybook');
    for (const entry of read.entries) {
        const { id, title, name, leftOut } = entry;
        const reason = leftOut ?? globs.story(title, name, id);
        if (reason === undefined) {
            gathering.take({ url: addressOf(id, read.index, base), story: { id, name } });
        }
        else {
            gathering.leave(title, reason);
        }
    }
    return { found: gathering.found, leftOut: gathering.leftOut, notes: [], problems: [] };
}
/** The path or URL of a file in a folder that is given with its query. */
function inFolder(folder, file) {
    const [, path = '', rest = ''] = /^([^?#]*)(.*)$/s.exec(folder) ?? [];
    return `${path.replace(/\/(?:index|iframe)\.html$/, '').replace(/\/$/, '')}/${file}${rest}`;
}
/** The first of the addresses that answers; what is wrong with the first of them, if none does. */
async function readIndex(addresses, base, web) {
    let problem;
    for (const address of addresses) {
        const resolved = (0,target_url/* resolveTargetUrl */.Vb)(address, base);
        if ('problem' in resolved) {
            return { problem: `discover: storybook: ${resolved.problem}` };
        }
        const { url } = resolved;
        const answer = await web.get(url, { maxBytes: limits/* discoverLimits */.e.indexBytes, accept: 'application/json,*/*;q=0.8' });
        const text = textOfAnswer(answer, limits/* discoverLimits */.e.indexBytes);
        const parsed = 'problem' in text ? text : parseIndex(text.text);
        if ('value' in parsed) {
            return { entries: parsed.value, index: url };
        }
        problem ??= `The index of the Storybook, ${(0,display_url/* displayUrl */.Q)(url.href)}, ${parsed.problem}${parsed.problem.endsWith('.') ? '' : '.'}`;
        if (answer.kind !== 'document' || answer.status !== 404) {
            break;
        }
    }
    return { problem: problem ?? 'There is no Storybook.' };
}
/** The canvas of a story alone, as a target of the preview where the Storybook is one of it. */
function addressOf(id, index, base) {
    const frame = new URL(index.href);
    frame.pathname = frame.pathname.replace(/[^/]*$/, 'iframe.html');
    frame.search = '';
    const own = base !== undefined && base.origin === index.origin ? ownPath(frame, base, { ofOtherHost: false }) : undefined;
    const { search } = index;
    const query = `viewMode=story&id=${encodeURIComponent(id)}`;
    return own === undefined ? `${frame.href}${search === '' ? '?' : `${search}&`}${query}` : `${own}?${query}`;
}

;// CONCATENATED MODULE: ./build/discover/discover.js






/**
 * Finds the targets that nobody listed. `base`: the preview, whose address may be known only now; without one, `storybook`
 * has to be a URL and is all that can be looked at.
 */
async function discover(choice, base, { web, secrets }) {
    const globs = readGlobs(choice);
    const { sitemap, storybook, crawl: links } = choice;
    const searches = [];
    if (sitemap !== undefined && base !== undefined) {
        searches.push(findInSitemap({ sitemap, base, globs, web }));
    }
    if (storybook !== undefined) {
        searches.push(findStories({ storybook, base, globs, web }));
    }
    if (links !== undefined && base !== undefined) {
        searches.push(crawl({ base, depth: links.depth, max: choice.max, globs, web }));
    }
    const chosen = chooseTargets(await Promise.all(searches), choice, base);
    const hide = (text) => (0,hide_secrets/* hideSecrets */.s0)(text, secrets);
    return { ...chosen, problems: chosen.problems.map(hide), notes: chosen.notes.map(hide) };
}


/***/ })

};
