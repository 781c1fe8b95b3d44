import { configInputNames, type InputName, inputSpec, targetInputNames } from './spec.ts';
import type { JsonSchema } from './value-types.ts';

/** The JSON Schema (draft 2020-12) of visual-capture.yml, for editors and checks. */
export function renderConfigSchema(): JsonSchema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'visual-capture.yml',
    description:
      'Configuration of Visual Capture. ${NAME} in a text is replaced from the environment; $${NAME} stands for itself.',
    type: 'object',
    additionalProperties: false,
    properties: {
      ...properties(configInputNames),
      targets: {
        description: 'What to capture: a path or URL, `name = URL-or-path`, or a mapping.',
        type: 'array',
        items: { anyOf: [{ type: 'string', minLength: 1 }, targetSchema()] },
      },
    },
  };
}

function targetSchema(): JsonSchema {
  return {
    type: 'object',
    additionalProperties: false,
    properties: {
      url: { type: 'string', minLength: 1, description: 'Absolute URL, or a path that is joined to base-url.' },
      html: { type: 'string', description: 'A document given as text, in place of url.' },
      'html-file': {
        type: 'string',
        minLength: 1,
        description: 'Path of a document, in place of url; relative paths start from the working directory.',
      },
      name: {
        type: 'string',
        minLength: 1,
        description: 'Names the capture and its files. Without it, taken from the path and the query; `/` is `index`.',
      },
      ...properties(targetInputNames),
    },
    oneOf: [{ required: ['url'] }, { required: ['html', 'name'] }, { required: ['html-file', 'name'] }],
  };
}

function properties(names: readonly InputName[]): Record<string, JsonSchema> {
  return Object.fromEntries(names.map((name) => [name, property(name)]));
}

function property(name: InputName): JsonSchema {
  const { type, description, default: fallback } = inputSpec(name);
  const documented = { description: fallback === undefined ? description : `${description} Default: ${fallback}` };
  // `${NAME}` may stand for a number or a flag as well.
  const takesText = 'type' in type.schema && type.schema['type'] !== 'string' && type.schema['type'] !== 'array';
  return takesText || 'enum' in type.schema
    ? {
        ...documented,
        anyOf: [
          type.schema,
          { type: 'string', pattern: takesText && type.schema['type'] === 'object' ? '^\\s*\\{' : '^\\$\\{\\w+\\}$' },
        ],
      }
    : { ...documented, ...type.schema };
}
