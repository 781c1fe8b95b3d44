import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv2020 } from 'ajv/dist/2020.js';

/** GitHub's published description of its REST API, as the npm package @octokit/openapi carries it. */
const description: Description = JSON.parse(
  readFileSync(createRequire(import.meta.url).resolve('@octokit/openapi/generated/api.github.com.json'), 'utf8'),
  (_, value: unknown) => withoutBareNullable(value),
);

/** `nullable` beside a reference or a union, which the validator takes with a type alone, and beside an `enum` that does not list null. */
function withoutBareNullable(value: unknown): unknown {
  if (typeof value === 'object' && value !== null && 'nullable' in value && 'enum' in value && Array.isArray(value.enum)) {
    return { ...value, enum: [...new Set([...value.enum, null])] };
  }
  if (typeof value !== 'object' || value === null || !('nullable' in value) || 'type' in value) {
    return value;
  }
  const { nullable, ...rest } = value;
  return nullable === true ? { anyOf: [rest, { type: 'null' }] } : rest;
}

interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** A request that fits the description. */
export interface KnownRequest {
  /** e.g. `issues/create-comment` */
  readonly operation: string;
  /** Values of the path's placeholders. */
  readonly path: Readonly<Record<string, string>>;
}

interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly unknown[];
  readonly requestBody?: { readonly required?: boolean };
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: { readonly type?: string };
}

const key = 'github';
const ajv = new Ajv2020({ strict: false, validateFormats: false, validateSchema: false });
ajv.addSchema(description, key);

/** Holds a request against the description. Returns what it is, or what is wrong with it. */
export function readRequest(method: string, url: URL, body: unknown): KnownRequest | { readonly wrong: string } {
  const found = findOperation(method, url.pathname);
  if (found === undefined) {
    return { wrong: `there is no ${method} ${url.pathname}` };
  }
  const { operation, pointer, path } = found;
  const parameters = (operation.parameters ?? []).map((parameter) => resolve(parameter) as Parameter);
  const wrong = [
    ...checkValues(parameters, 'path', path),
    ...checkValues(parameters, 'query', Object.fromEntries(url.searchParams)),
    ...checkBody(operation, pointer, body),
  ];
  return wrong.length > 0
    ? { wrong: `${operation.operationId}: ${wrong.join('; ')}` }
    : { operation: operation.operationId, path };
}

/** What is wrong with an answer, if anything. */
export function checkAnswer(operation: string, status: number, body: unknown): string | undefined {
  const { pointer, response } = responseOf(operation, status);
  if (response === undefined) {
    return `${operation} never answers ${status}`;
  }
  if (response.content === undefined) {
    return body === undefined ? undefined : `${operation} ${status} has no body`;
  }
  return check(`${pointer}/content/application~1json/schema`, body);
}

/** The description's own example of an answer, to be shaped further. */
export function exampleOf(operation: string, status: number): unknown {
  const [example] = Object.values(responseOf(operation, status).response?.content?.['application/json']?.examples ?? {});
  return structuredClone((resolve(example) as { value: unknown }).value);
}

interface Response {
  readonly content?: Readonly<Record<string, { readonly examples?: Readonly<Record<string, unknown>> }>>;
}

const responses = new Map<string, { pointer: string; response: Response | undefined }>();

function responseOf(operation: string, status: number): { pointer: string; response: Response | undefined } {
  const key = `${operation} ${status}`;
  const known = responses.get(key) ?? findResponse(operation, status);
  responses.set(key, known);
  return known;
}

function findResponse(operation: string, status: number): { pointer: string; response: Response | undefined } {
  for (const [path, item] of Object.entries(description.paths)) {
    for (const [method, value] of Object.entries(item)) {
      const { operationId, responses } = value as Operation & { responses: Record<string, unknown> };
      if (operationId === operation) {
        const given = responses[String(status)] as { $ref?: string } | undefined;
        const pointer = given?.$ref ?? `#/paths/${escapePointer(path)}/${method}/responses/${status}`;
        return { pointer, response: resolve(given) as Response | undefined };
      }
    }
  }
  throw new TypeError(`There is no operation ${operation}.`);
}

interface FoundOperation {
  readonly operation: Operation;
  readonly pointer: string;
  readonly path: Readonly<Record<string, string>>;
}

/** Of several templates that fit, the one with the fewest placeholders: `/issues/comments/1` is no issue named `comments`. */
function findOperation(method: string, pathname: string): FoundOperation | undefined {
  const fitting = Object.entries(description.paths).flatMap(([template, item]) => {
    const operation = item[method.toLowerCase()] as Operation | undefined;
    const path = matchPath(template, pathname);
    return operation === undefined || path === undefined
      ? []
      : [{ operation, path, pointer: `#/paths/${escapePointer(template)}/${method.toLowerCase()}` }];
  });
  return fitting.sort((a, b) => Object.keys(a.path).length - Object.keys(b.path).length)[0];
}

/** What the paths of each template look like. */
const patterns = new Map(
  Object.keys(description.paths).map((template) => [
    template,
    new RegExp(`^${template.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\w+\}/g, '([^/]+)')}$`),
  ]),
);

function matchPath(template: string, pathname: string): Record<string, string> | undefined {
  const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
  const found = patterns.get(template)?.exec(pathname) ?? null;
  return found === null
    ? undefined
    : Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(found[index + 1] ?? '')]));
}

function checkValues(parameters: readonly Parameter[], place: string, values: Readonly<Record<string, string>>): string[] {
  const known = parameters.filter((parameter) => parameter.in === place);
  const unknown = Object.keys(values).filter((name) => !known.some((parameter) => parameter.name === name));
  return [
    ...unknown.map((name) => `${place} parameter ${name} does not exist`),
    ...known.flatMap(({ name, required, schema }) => {
      const written = values[name];
      if (written === undefined) {
        return required === true ? [`${place} parameter ${name} is missing`] : [];
      }
      const value = schema.type === 'integer' ? Number(written) : written;
      return ajv.validate(schema, value) ? [] : [`${place} parameter ${name} ${ajv.errorsText()}`];
    }),
  ];
}

function checkBody({ requestBody }: Operation, pointer: string, body: unknown): string[] {
  if (requestBody === undefined) {
    return body === undefined ? [] : ['it takes no body'];
  }
  if (body === undefined) {
    return requestBody.required === true ? ['its body is missing'] : [];
  }
  const wrong = check(`${pointer}/requestBody/content/application~1json/schema`, body);
  return wrong === undefined ? [] : [wrong];
}

function check(pointer: string, value: unknown): string | undefined {
  const validate = ajv.getSchema(`${key}${pointer}`);
  if (validate === undefined) {
    throw new TypeError(`The description has nothing at ${pointer}.`);
  }
  return validate(value) === true ? undefined : ajv.errorsText(validate.errors);
}

function escapePointer(part: string): string {
  return encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
}

/** The value itself, or what its `$ref` points at. */
function resolve(value: unknown): unknown {
  const reference = (value as { $ref?: string } | undefined)?.$ref;
  return reference === undefined
    ? value
    : reference
        .slice('#/'.length)
        .split('/')
        .reduce<unknown>((part, name) => (part as Record<string, unknown>)[name], description);
}
