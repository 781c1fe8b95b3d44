import { expect, test } from 'vitest';
import { browserPlaces } from '../../../src/engine/browser/places.ts';

test('Linux: the PATH first, in the order of how well known a browser is', () => {
  const places = browserPlaces({ platform: 'linux', env: { PATH: '/usr/local/bin:/usr/bin::relative' }, homeFolder: '/home/me' });
  expect(places.slice(0, 4)).toEqual([
    '/usr/local/bin/google-chrome-stable',
    '/usr/bin/google-chrome-stable',
    '/usr/local/bin/google-chrome',
    '/usr/bin/google-chrome',
  ]);
  expect(places).toContain('/snap/bin/chromium');
  expect(places.every((place) => place.startsWith('/'))).toBe(true);
});

test('macOS: the applications of the system and of the user', () => {
  expect(browserPlaces({ platform: 'darwin', env: {}, homeFolder: '/Users/me' })).toEqual([
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Users/me/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Users/me/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    '/Users/me/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ]);
});

test('Windows: the program folders, however their variables are spelt', () => {
  const env = { PROGRAMFILES: 'C:\\Program Files', 'ProgramFiles(x86)': 'C:\\Program Files (x86)' };
  expect(browserPlaces({ platform: 'win32', env, homeFolder: 'C:\\Users\\me' })).toEqual([
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files\\Chromium\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Chromium\\Application\\chrome.exe',
    'C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ]);
});
