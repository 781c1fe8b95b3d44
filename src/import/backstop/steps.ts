import { itemsOf, type Literal, numberOf, recordOf, textOf, textsOf } from '../literal.ts';

export interface ImportedSteps {
  readonly steps: readonly Readonly<Record<string, unknown>>[];
  /** Something is typed into a field that is called like one for a password. */
  readonly typesPassword: boolean;
}

/** The interactions of a scenario, in the order in which BackstopJS's own `onReady` script does them. */
export function importSteps(get: (key: string) => Literal | undefined): ImportedSteps {
  const fills = itemsOf(get('keyPressSelectors') ?? get('keyPressSelector')).flatMap((item) => {
    const selector = textOf(recordOf(item)?.fields.get('selector'));
    const text = textOf(recordOf(item)?.fields.get('keyPress'));
    return selector === undefined || text === undefined ? [] : [{ selector, text }];
  });
  const hovers = textsOf(get('hoverSelectors') ?? get('hoverSelector'));
  const clicks = textsOf(get('clickSelectors') ?? get('clickSelector'));
  const scroll = textOf(get('scrollToSelector')) ?? '';
  const wait = get('postInteractionWait');
  const waitMs = numberOf(wait) ?? 0;
  const waitFor = textOf(wait) ?? '';
  return {
    steps: [
      ...fills.map(({ selector, text }) => ({ fill: { [selector]: text } })),
      ...hovers.map((selector) => ({ hover: selector })),
      ...clicks.map((selector) => ({ click: selector })),
      ...(waitMs > 0 ? [{ wait: waitMs }] : []),
      ...(waitFor === '' ? [] : [{ 'wait-for': waitFor }]),
      ...(scroll === '' ? [] : [{ 'scroll-to': scroll }]),
    ],
    typesPassword: fills.some(({ selector }) => /passw|secret|token/i.test(selector)),
  };
}
