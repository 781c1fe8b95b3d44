import type { Size } from '../../basics/geometry.ts';
import type { PageSettings } from '../../plan/page-settings.ts';
import type { OptionProbe, Pixels } from '../capture-api.ts';

interface Trial<T> {
  readonly value: T;
  /** The block's markup; `.ok` is green, all else red. */
  readonly block: string;
  readonly script?: string;
}

/** When an element comes that is waited for, in milliseconds: later than any engine takes a picture by itself. */
const lateMs = 3_000;
const delayMs = 2_500;
/** A delay is over this long after the page, or after the element that was waited for, has come. */
const delayedMs = 1_500;

const covered = (className: string): string => `<b class="ok"><b class="${className}"></b></b>`;
const setIf = (id: string, condition: string): string => `set('${id}', ${condition});`;

/**
 * THE table of how the effect of each option is seen in a picture. Without an entry: it leaves no trace on a page that is
 * given as html, so only a refusal of the service tells that it is not honoured.
 */
const trials: { readonly [Key in keyof PageSettings]: Trial<NonNullable<PageSettings[Key]>> } = {
  hide: { value: ['.hidden'], block: covered('hidden') },
  remove: { value: ['.removed'], block: covered('removed') },
  style: { value: '.styled { background: #0f0 !important }', block: '<b class="styled"></b>' },
  waitFor: {
    value: ['#late'],
    block: '<b id="wait"></b>',
    script: `setTimeout(() => { set('wait', true); document.body.insertAdjacentHTML('beforeend', '<u id="late">.</u>'); wait(); }, ${lateMs});`,
  },
  delayMs: { value: delayMs, block: '<b id="delay"></b>', script: 'wait();' },
  userAgent: {
    value: 'visual-capture-probe/1',
    block: '<b id="agent"></b>',
    script: setIf('agent', `navigator.userAgent === 'visual-capture-probe/1'`),
  },
  // Without a viewport meta a phone lays a page out for 980 pixels.
  mobile: { value: true, block: '<b id="mobile"></b>', script: setIf('mobile', 'document.documentElement.clientWidth > 500') },
  touch: { value: true, block: '<b id="touch"></b>', script: setIf('touch', 'navigator.maxTouchPoints > 0') },
};

/** Wide enough for what a phone lays out for 980 pixels: Chrome shrinks it to a quarter at most. */
const viewport: Size = { width: 400, height: 40 };

/** The page that tries the options. */
export function renderOptionProbe(used: readonly (keyof PageSettings)[]): OptionProbe {
  const tried = used.flatMap((key) => {
    const trial = trials[key];
    return trial === undefined ? [] : [{ key, trial }];
  });
  const html = `<!doctype html><style>
body { margin: 0; display: flex; overflow: hidden } b { display: block; flex: none; width: 10vw; height: 100vh; background: #f00 }
b b { width: 100% } .ok { background: #0f0 } u { position: fixed; right: 0; opacity: .01 }
</style>${tried.map(({ trial }) => trial.block).join('')}<script>
function set(id, isOk) { document.getElementById(id)?.classList.toggle('ok', isOk) }
let timer; function wait() { clearTimeout(timer); set('delay', false); timer = setTimeout(() => set('delay', true), ${delayedMs}) }
${tried.map(({ trial }) => trial.script ?? '').join('\n')}
</script>`;
  return {
    html,
    viewport,
    settings: Object.fromEntries(tried.map(({ key, trial }) => [key, trial.value])),
    blocks: tried.map(({ key }) => key),
  };
}

/** The options whose effect is not in the picture of the probe. */
export function readOptionProbe({ blocks }: OptionProbe, { width, height, pixels }: Pixels): (keyof PageSettings)[] {
  return blocks.filter((_, index) => {
    const x = Math.floor(width * (index / 10 + 0.05));
    const at = (Math.floor(height / 2) * width + x) * 4;
    const [red = 0, green = 0] = pixels.subarray(at, at + 2);
    return !(green > 200 && red < 100);
  });
}
