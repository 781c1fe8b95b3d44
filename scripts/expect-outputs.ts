/**
 * Compares outputs of a workflow step with what they should be: `node scripts/expect-outputs.ts outcome=passed failed=0`.
 * The outputs stand as JSON in the variable OUTPUTS. Ends with 1 and a line for each that is not as it should be.
 */
const outputs = JSON.parse(process.env['OUTPUTS'] ?? '{}') as Readonly<Record<string, string>>;
const wrong = process.argv.slice(2).flatMap((expected) => {
  const [name = '', value = ''] = expected.split('=', 2);
  return outputs[name] === value ? [] : [`${name} should be ${value} and is ${outputs[name] ?? 'not there'}`];
});
for (const line of wrong) {
  console.error(line);
}
process.exitCode = wrong.length === 0 ? 0 : 1;
