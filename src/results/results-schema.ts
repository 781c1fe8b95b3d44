import { reportShape } from './report-shape.ts';
import type { JsonSchema } from './shape.ts';

/** The JSON Schema (draft 2020-12) of results.json. Readers allow for further fields, which later versions may add. */
export function renderResultsSchema(): JsonSchema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'results.json',
    description: 'What a run of Visual Capture found. Fields may be added within a version; none changes its meaning.',
    ...reportShape.schema,
  };
}
