import { joinProblems, jsonObject, type ValueType } from './value-types.ts';

/** Fields of the request that the rest of the run relies on, and where they are set. */
const ownFields = [
  { names: ['url', 'html'], remedy: 'what is captured stands in urls or targets' },
  { names: ['format'], remedy: 'set the input format, which also tells whether to compare' },
] as const;

/** Further fields of the request's body. */
export const apiOptions: ValueType<Readonly<Record<string, unknown>>> = {
  ...jsonObject,
  parse: (raw) => {
    const parsed = jsonObject.parse(raw);
    if ('problem' in parsed) {
      return parsed;
    }
    const problems = ownFields.flatMap(({ names, remedy }) => {
      const held = names.filter((name) => Object.hasOwn(parsed.value, name));
      return held.length === 0 ? [] : [`must not hold ${held.join(', ')}: ${remedy}`];
    });
    return problems.length === 0 ? parsed : { problem: joinProblems(problems) };
  },
};
