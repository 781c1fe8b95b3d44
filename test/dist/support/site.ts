import { answers, type FakeScript } from '../../helpers/fake-service.ts';
import { solidPng } from '../../helpers/solid-png.ts';

export const grey = solidPng(8, 6, [128, 128, 128]);
export const red = solidPng(8, 6, [200, 0, 0]);

/** `/red` is captured red, all else grey. */
export const site: FakeScript = (request) => answers.picture(String(request.body?.['url']).endsWith('/red') ? red : grey);

/** What a step needs to capture the site. */
export const inputsFor = (apiUrl: string, rest: Record<string, string> = {}): Record<string, string> => ({
  'api-key': 'sk_live_test',
  'api-url': apiUrl,
  'base-url': 'https://preview.example.com',
  'upload-artifact': 'false',
  // One request a capture, so that the counts are those of what is tested.
  retakes: '0',
  ...rest,
});
