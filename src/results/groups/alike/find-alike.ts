import { type AlikeUnit, isInHead, isLikely, isSameInHead, isWholeWidth } from './is-alike.ts';
import { joinViewports } from './join-viewports.ts';
import { findSetAnew } from './set-anew.ts';

/** From this share on, of what differs, a change is that things moved. */
const movedPercent = 55;
/** What is compared with each further change by one rule; beyond, a change is like no other. */
const mostKinds = 32;

/**
 * Sorts changes into those that look alike, each kind with at least one. For each change the first of these rules counts:
 *
 * 1. Text was set anew on half of the captures, and it is part of that (set-anew.ts).
 * 2. More than half of it moved, and most of that to the side by as much.
 * 3. It is recoloured, and the colour that most of it had became the same new one.
 * 4. It lies in the head of the page, at the same place of the same viewport, in colours of which one is the same.
 * 5. The two most frequent colours are the same before and after, and size and shape are about the same; or both go from side to
 *    side and are about as high.
 *
 * Of what is a part of a larger change, only the look of that is known, so only the first three rules say anything about it. Kinds
 * that are of the same pages in several viewports are one (join-viewports.ts).
 * @param compared how many captures of the run were compared
 */
export function findAlike<Unit extends AlikeUnit>(units: readonly Unit[], compared: number): Unit[][] {
  const anew = findSetAnew(units, compared);
  const kinds = new Map<string, Unit[][]>();
  for (const unit of units) {
    const { key, isSame } = anew.has(unit) ? setAnew : ruleOf(unit);
    const known = kinds.get(key) ?? [];
    kinds.set(key, known);
    const kind = known.find(([first]) => first !== undefined && isSame(first, unit));
    if (kind !== undefined) {
      kind.push(unit);
    } else if (known.length < mostKinds) {
      known.push([unit]);
    }
  }
  return joinViewports([...kinds.values()].flat());
}

interface Rule {
  /** Equal for what may be alike by this rule. */
  readonly key: string;
  readonly isSame: (one: AlikeUnit, other: AlikeUnit) => boolean;
}

const always = (): boolean => true;
const setAnew: Rule = { key: 'set anew', isSame: always };
const none: Rule = { key: 'none', isSame: () => false };

function ruleOf(unit: AlikeUnit): Rule {
  const { look, capture } = unit;
  if (look.movedPercent >= movedPercent) {
    return { key: `moved ${Math.round(look.movedPx / capture.viewport.scale)}`, isSame: always };
  }
  if (look.recoloured) {
    return { key: `recoloured ${look.from[0]} ${look.to[0]}`, isSame: always };
  }
  if (unit.isPart) {
    return none;
  }
  if (isInHead(unit) && !isWholeWidth(unit)) {
    return { key: `head ${capture.viewport.name}`, isSame: isSameInHead };
  }
  return { key: `colours ${sorted(look.from)} ${sorted(look.to)}`, isSame: isLikely };
}

function sorted(colours: readonly number[]): string {
  return colours.toSorted((a, b) => a - b).join();
}
