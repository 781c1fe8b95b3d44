import { type Document, isAlias, isScalar, type Node, visit, type YAMLMap } from 'yaml';
import { inputLimits } from './limits.ts';

/** What is wrong with a part of a YAML document. */
export interface StructureProblem {
  readonly node: Node;
  readonly message: string;
}

/**
 * Finds keys that stand there twice (which the YAML library would look for in a time that grows with the square of their
 * number), aliases that hold themselves, and more of either than a config file may have.
 */
export function findStructureProblems(document: Document.Parsed): StructureProblem[] {
  const problems: StructureProblem[] = [];
  let aliases = 0;
  visit(document, {
    Map: (_, map) => {
      const found = findKeyProblems(map);
      problems.push(...found);
      return found.length > 0 ? visit.BREAK : undefined;
    },
    Alias: (_, alias, path) => {
      aliases += 1;
      const holdsItself = path.some((node) => !isAlias(node) && 'anchor' in node && node.anchor === alias.source);
      const message = holdsItself
        ? `*${alias.source} stands for something that holds *${alias.source} itself. Write the value out`
        : aliases > inputLimits.aliases
          ? `the file uses more than ${inputLimits.aliases} aliases such as *${alias.source}. Write the values out`
          : undefined;
      if (message === undefined) {
        return undefined;
      }
      problems.push({ node: alias, message });
      return visit.BREAK;
    },
  });
  return problems;
}

function findKeyProblems(map: YAMLMap): StructureProblem[] {
  if (map.items.length > inputLimits.keys) {
    const message = `a mapping has ${map.items.length} keys, more than the ${inputLimits.keys} that it may have`;
    return [{ node: map, message }];
  }
  const seen = new Set<unknown>();
  return map.items.flatMap(({ key }) => {
    const name = isScalar(key) ? key.value : key;
    const twice = seen.has(name);
    seen.add(name);
    return twice ? [{ node: key as Node, message: `is not valid YAML: the key "${String(name)}" stands there twice` }] : [];
  });
}
