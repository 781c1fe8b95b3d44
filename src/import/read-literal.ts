import { parse, parseExpression } from '@babel/parser';
import type { Expression, Node, ObjectExpression, Statement } from '@babel/types';
import type { Literal, LiteralRecord } from './literal.ts';

/** A configuration that cannot be read. The message completes "FILE ", e.g. `backstop.json is not valid JSON …`. */
export class UnreadableConfig extends Error {
  override readonly name = 'UnreadableConfig';
}

/** What a reading knows, and how much more it may read. */
interface Scope {
  readonly constants: ReadonlyMap<string, Expression>;
  /** Constants that hold each other twice become more than memory holds. */
  readonly budget: { values: number };
}

/** Of a configuration with all its constants put in: enough for some ten thousand scenarios. */
const mostValues = 200_000;
const newScope = (constants: Iterable<readonly [string, Expression]> = []): Scope => ({
  constants: new Map(constants),
  budget: { values: mostValues },
});

/** Constants that name each other are followed so far. */
const deepest = 100;

/**
 * The object that a JSON file holds.
 * @throws UnreadableConfig
 */
export function readJson(text: string): LiteralRecord {
  const source = text.replace(/^\ufeff/, '');
  const root = reading(() => toLiteral(parseExpression(source), newScope(), 0), 'is not valid JSON');
  return root.kind === 'record' ? root : refuse(`holds no object at its top (line ${root.line})`);
}

/**
 * The object that a JavaScript or TypeScript module exports: by default, as `module.exports`, or under one of these names.
 * It is parsed and never run. Constants of the module are followed; what else is computed is told as such.
 * @throws UnreadableConfig
 */
export function readModule(text: string, exportNames: readonly string[]): LiteralRecord {
  const statements = reading(
    () => parse(text, { sourceType: 'unambiguous', plugins: ['typescript'], errorRecovery: false }).program.body,
    'cannot be read as JavaScript or TypeScript',
  );
  const scope = newScope(statements.flatMap(constantsOf));
  const exported = statements.flatMap((statement) => exportOf(statement, exportNames)).at(-1);
  if (exported === undefined) {
    throw new UnreadableConfig(`exports no object (by default, as module.exports, or as ${exportNames.join(' or ')})`);
  }
  const root = reading(() => toLiteral(exported, scope, 0), 'cannot be read');
  return root.kind === 'record'
    ? root
    : refuse(`computes what it exports (line ${root.line}), and is not run. Export an object that is written out`);
}

function refuse(what: string): never {
  throw new UnreadableConfig(what);
}

/** What the parser says, with its line; its recursion ends on what is nested some thousand levels deep. */
function reading<T>(read: () => T, what: string): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) {
      throw new UnreadableConfig('is nested too deeply');
    }
    if (error instanceof SyntaxError) {
      const place = /^(.*?)\s*\((\d+):(\d+)\)$/s.exec(error.message);
      const reason = place === null ? error.message : `${place[1]} (line ${place[2]}, column ${Number(place[3]) + 1})`;
      throw new UnreadableConfig(`${what}: ${reason}`);
    }
    throw error;
  }
}

function constantsOf(statement: Statement): [string, Expression][] {
  const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
  return declaration?.type === 'VariableDeclaration' && declaration.kind === 'const'
    ? declaration.declarations.flatMap(({ id, init }): [string, Expression][] =>
        id.type === 'Identifier' && init !== null && init !== undefined ? [[id.name, init]] : [],
      )
    : [];
}

function exportOf(statement: Statement, names: readonly string[]): Expression[] {
  switch (statement.type) {
    case 'ExportDefaultDeclaration':
      return 'declare' in statement.declaration || statement.declaration.type === 'FunctionDeclaration'
        ? []
        : [statement.declaration as Expression];
    case 'TSExportAssignment':
      return [statement.expression];
    case 'ExportNamedDeclaration':
      return constantsOf(statement).flatMap(([name, value]) => (names.includes(name) ? [value] : []));
    case 'ExpressionStatement':
      return assignedExport(statement.expression, names);
    default:
      return [];
  }
}

/** `module.exports = …`, `exports.config = …`, `module.exports.config = …`. */
function assignedExport(expression: Expression, names: readonly string[]): Expression[] {
  if (expression.type !== 'AssignmentExpression' || expression.operator !== '=') {
    return [];
  }
  const target = pathOf(expression.left)?.replace(/^module\.exports/, 'exports');
  return target === 'exports' || names.some((name) => target === `exports.${name}`) ? [expression.right] : [];
}

/** `a.b.c` as a text; undefined where it is anything else. */
function pathOf(node: Node): string | undefined {
  if (node.type === 'Identifier') {
    return node.name;
  }
  const isPath = node.type === 'MemberExpression' && !node.computed && node.property.type === 'Identifier';
  const object = isPath ? pathOf(node.object) : undefined;
  return isPath && object !== undefined && node.property.type === 'Identifier' ? `${object}.${node.property.name}` : undefined;
}

/** What says something of the type alone is left out, and `defineConfig({…})` is its argument. */
function unwrap(expression: Expression, scope: Scope, depth = 0): Expression {
  if (depth > deepest) {
    return expression;
  }
  switch (expression.type) {
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
    case 'ParenthesizedExpression':
      return unwrap(expression.expression, scope, depth + 1);
    case 'Identifier': {
      const value = scope.constants.get(expression.name);
      return value === undefined ? expression : unwrap(value, scope, depth + 1);
    }
    case 'CallExpression': {
      const [first] = expression.arguments;
      const isDefine = expression.callee.type === 'Identifier' && expression.callee.name === 'defineConfig';
      return isDefine && first !== undefined && isExpression(first) ? unwrap(first, scope, depth + 1) : expression;
    }
    default:
      return expression;
  }
}

function isExpression(node: Node): node is Expression {
  return node.type !== 'SpreadElement' && node.type !== 'ArgumentPlaceholder';
}

function toLiteral(written: Expression, scope: Scope, depth: number): Literal {
  const line = written.loc?.start.line ?? 1;
  if (depth > deepest) {
    throw new UnreadableConfig(`is nested too deeply (line ${line})`);
  }
  scope.budget.values -= 1;
  if (scope.budget.values < 0) {
    throw new UnreadableConfig(`holds more than ${mostValues} values once its constants are put in (line ${line})`);
  }
  const expression = unwrap(written, scope);
  switch (expression.type) {
    case 'StringLiteral':
      return { kind: 'text', value: expression.value, line };
    case 'TemplateLiteral': {
      const [only] = expression.quasis;
      const text = expression.expressions.length === 0 ? only?.value.cooked : undefined;
      return typeof text === 'string' ? { kind: 'text', value: text, line } : { kind: 'computed', line };
    }
    case 'NumericLiteral':
      return { kind: 'number', value: expression.value, line };
    case 'UnaryExpression':
      return expression.operator === '-' && expression.argument.type === 'NumericLiteral'
        ? { kind: 'number', value: -expression.argument.value, line }
        : { kind: 'computed', line };
    case 'BooleanLiteral':
      return { kind: 'flag', value: expression.value, line };
    case 'NullLiteral':
      return { kind: 'null', line };
    case 'Identifier':
      return { kind: expression.name === 'undefined' ? 'null' : 'computed', line };
    case 'ArrayExpression':
      return { kind: 'list', line, items: expression.elements.flatMap((item) => itemOf(item, scope, depth, line)) };
    case 'ObjectExpression':
      return toRecord(expression, scope, depth, line);
    default:
      return { kind: 'computed', line };
  }
}

function itemOf(item: Node | null, scope: Scope, depth: number, line: number): Literal[] {
  if (item === null) {
    return [{ kind: 'null', line }];
  }
  if (item.type === 'SpreadElement') {
    const spread = toLiteral(item.argument, scope, depth + 1);
    scope.budget.values -= spread.kind === 'list' ? spread.items.length : 0;
    return spread.kind === 'list' ? [...spread.items] : [{ kind: 'computed', line: item.loc?.start.line ?? line }];
  }
  return [toLiteral(item as Expression, scope, depth + 1)];
}

function toRecord(expression: ObjectExpression, scope: Scope, depth: number, line: number): LiteralRecord {
  const fields = new Map<string, Literal>();
  let isPartial = false;
  for (const property of expression.properties) {
    const added =
      property.type === 'SpreadElement' ? spreadFields(property.argument, scope, depth) : fieldOf(property, scope, depth);
    for (const [key, value] of added?.fields ?? []) {
      fields.set(key, value);
    }
    isPartial ||= added?.isPartial !== false;
  }
  return { kind: 'record', line, fields, isPartial };
}

type Fields = Pick<LiteralRecord, 'isPartial'> & { readonly fields: Iterable<readonly [string, Literal]> };

/** Undefined: only running it would tell. */
function spreadFields(argument: Expression, scope: Scope, depth: number): Fields | undefined {
  const spread = toLiteral(argument, scope, depth + 1);
  return spread.kind === 'record' ? spread : undefined;
}

type Property = Exclude<ObjectExpression['properties'][number], { type: 'SpreadElement' }>;

function fieldOf(property: Property, scope: Scope, depth: number): Fields | undefined {
  const key = keyOf(property);
  const value: Literal =
    property.type === 'ObjectProperty'
      ? toLiteral(property.value as Expression, scope, depth + 1)
      : { kind: 'computed', line: property.loc?.start.line ?? 1 };
  return key === undefined ? undefined : { fields: [[key, value]], isPartial: false };
}

function keyOf(property: Property): string | undefined {
  const { key } = property;
  if (key.type === 'Identifier' && !property.computed) {
    return key.name;
  }
  return key.type === 'StringLiteral' || key.type === 'NumericLiteral' ? String(key.value) : undefined;
}
