import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../../src/results/model.ts';
import { launchTestBrowser } from '../../helpers/test-browser.ts';
import { inWorkflow } from '../support/reports.ts';
import { groupedReport } from './support/grouped-report.ts';
import { type OpenReport, openReport } from './support/open-report.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchTestBrowser();
});
afterAll(() => browser.close());

const { report, images } = groupedReport();
const open = (hash = '', shown: Report = report) => openReport(browser, shown, images, { hash });

describe('the overview', () => {
  test('tells what several captures share once, then what is left over', async () => {
    await using opened = await open();
    expect(await opened.texts('.card-title')).toEqual([
      'Header 4 captures',
      'Footer 4 captures',
      'moved 1280x800',
      'pricing 1280x800',
    ]);
    expect(await opened.texts('.card-facts')).toEqual([
      '240×16 px · page-1/1280x800, page-2/1280x800, page-10/1280x800, pricing/1280x800',
      '220×14 px · page-1/1280x800, page-2/1280x800, page-10/1280x800, pricing/1280x800',
      '0.42% · 2 regions',
      '0.42% · 1 region · besides Header, Footer',
    ]);
    expect(await opened.texts('.section h2')).toEqual(['Changes 4', 'Added 1', 'Shown by the changes above 3', 'Unchanged 1']);
    expect(await opened.text('.review-progress')).toBe('0 of 5 reviewed');
    expect(opened.problems).toEqual([]);
  });

  test('filters groups by their captures', async () => {
    await using opened = await open();
    await opened.press('/');
    await opened.page.keyboard.type('page-10');
    expect(await opened.texts('.card-title')).toEqual(['Header 4 captures', 'Footer 4 captures']);
  });
});

describe('reviewing', () => {
  test('a change is reviewed once for all of its captures, with the keys, also in the overview', async () => {
    await using opened = await open();
    await opened.press('j', 'x');
    expect(await opened.text('.review-progress')).toBe('1 of 5 reviewed');
    expect(await opened.value('document.activeElement.getAttribute("href")')).toBe('#?group=g2');
    await opened.press('x');
    await opened.value('document.querySelector("details.folded").open = true');
    expect(await opened.texts('.tile .reviewed-mark')).toEqual(Array(3).fill('Reviewed with its groups'));
    expect(await opened.texts('.card-capture .reviewed-mark')).toEqual([]);
  });

  test('x goes to the next change that is not reviewed, over what is, and says when all are', async () => {
    await using opened = await open('#?group=g2');
    await opened.press('x');
    expect(await opened.text('.capture-head h1')).toBe('Changed moved');
    await opened.press('x', 'x');
    expect(await opened.text('.capture-head h1')).toBe('Added new');
    await opened.press('x');
    expect(await opened.text('.capture-head h1')).toBe('Header 4 captures');
    await opened.press('x');
    expect(await opened.text('.notice')).toBe('Everything is reviewed.');
  });

  test('what is reviewed is not for that to be accepted, and what is no longer reviewed is not accepted either', async () => {
    await using opened = await open('#?group=g1');
    const pressed = (name: string) => opened.value(`document.querySelector(".action-${name}").ariaPressed`);
    await opened.press('r');
    expect([await pressed('reviewed'), await pressed('accepted')]).toEqual(['true', 'false']);
    await opened.press('y');
    expect(await pressed('accepted')).toBe('true');
    await opened.press('r');
    expect([await pressed('reviewed'), await pressed('accepted')]).toEqual(['false', 'false']);
  });

  test('groups are accepted on captures that show nothing else, as the command does, and the page says on how many', async () => {
    await using opened = await open('#?group=g1');
    await opened.press('y');
    expect(await opened.text('.tray-text')).toBe(
      'Each capture of these changes has another change that is not to be accepted yet.',
    );
    await opened.go('#?group=g2');
    await opened.press('y');
    expect(await opened.text('.tray-text')).toBe('2 changes to be accepted, on 3 captures');
    expect(await copied(opened, '.tray button')).toBe('visual-capture accept --group g1 --group g2');
    await opened.go('#pricing/1280x800');
    await opened.press('y');
    expect(await copied(opened, '.tray button')).toBe('visual-capture accept --group g1 --group g2 pricing/1280x800');
  });

  test('of a run in CI the comment that accepts the same can be copied', async () => {
    await using opened = await open('#?group=g1', inWorkflow(report));
    await opened.press('y');
    await opened.go('#?group=g2');
    await opened.press('y');
    await opened.go('#pricing/1280x800');
    await opened.press('y');
    expect(await copied(opened, '.tray button:nth-child(2)')).toBe('/visual accept g1 g2 pricing/1280x800');
  });
});

describe('the viewer', () => {
  test('opens a group at its change, at the size of the page, with that region marked', async () => {
    await using opened = await open('#?group=g2');
    expect(await opened.text('.capture-head h1')).toBe('Footer 4 captures');
    expect(await opened.text('.zoom-readout')).toBe('100%');
    expect(
      await opened.value(
        '[...document.querySelectorAll(".pane:first-child .region")].map((box) => box.classList.contains("current"))',
      ),
    ).toEqual([false, true]);
    const { box, glass } = await opened.value<Record<string, { top: number; bottom: number; left: number; right: number }>>(`({
      box: document.querySelector('.region.current').getBoundingClientRect().toJSON(),
      glass: document.querySelector('.glass').getBoundingClientRect().toJSON(),
    })`);
    expect([(box?.top ?? 0) > (glass?.top ?? 0), (box?.bottom ?? 0) < (glass?.bottom ?? 0)]).toEqual([true, true]);
  });

  test('says on how many other captures it is, and walks them around', async () => {
    await using opened = await open('#?group=g1');
    expect(await opened.text('.places')).toBe('This region is on 3 other captures 1 of 4 page-1/1280x800');
    await opened.press(']', ']');
    expect(await opened.text('.places')).toContain('3 of 4 page-10/1280x800');
    expect(await opened.value('location.hash')).toBe('#page-10/1280x800?group=g1');
    await opened.press('[', '[', '[');
    expect(await opened.text('.places')).toContain('4 of 4 pricing/1280x800');
    expect(await opened.text('.capture-head h1')).toBe('Header 4 captures');
  });

  test('a capture leads to the groups that it shows, and each of its regions to its own', async () => {
    await using opened = await open('#page-2/1280x800');
    expect(await opened.text('.places')).toBe('Header is on 3 other captures Footer is on 3 other captures');
    await opened.press('n', 'n');
    expect(await opened.text('.places')).toBe('This region is on 3 other captures: Footer');
    await opened.page.locator('.places a').click();
    await opened.page.waitForFunction('document.querySelector("h1 .reach") !== null');
    expect(await opened.value('location.hash')).toBe('#page-2/1280x800?group=g2');
    expect(await opened.text('.capture-head h1')).toBe('Footer 4 captures');
  });

  test('an inserted banner is where a moved page opens, with the rows laid on each other again', async () => {
    await using opened = await open('#moved/1280x800');
    expect(await opened.texts('.pane figcaption')).toEqual(['Baseline', 'Capture', 'Difference, rows laid on each other again']);
    const place = await opened.value<{ top: number; bottom: number }>(`(() => {
      const glass = document.querySelectorAll('.glass')[1].getBoundingClientRect();
      const box = document.querySelectorAll('.pane')[1].querySelector('.region').getBoundingClientRect();
      return { top: box.top - glass.top, bottom: glass.bottom - box.bottom };
    })()`);
    expect(place.top).toBeGreaterThanOrEqual(0);
    expect(place.bottom).toBeGreaterThanOrEqual(0);
    // The baseline has no such rows, so nothing is boxed there.
    expect(await opened.value('document.querySelector(".pane .region").checkVisibility()')).toBe(false);
  });

  test('what moved lies at one height in both pictures when it is looked at', async () => {
    await using opened = await open('#moved/1280x800?region=2');
    const tops = await opened.value<number[]>(`[...document.querySelectorAll('.pane')].slice(0, 2).map((pane) => {
      const box = pane.querySelectorAll('.region')[1].getBoundingClientRect();
      return Math.round(box.top - pane.querySelector('.glass').getBoundingClientRect().top);
    })`);
    expect(tops[0]).toBe(tops[1]);
  });
});

test('a link to a group that this report does not have says so', async () => {
  await using opened = await open('#?group=g9');
  expect(await opened.text('.notice')).toBe('This report has no group g9.');
});

test('groups of an enemy: what they name and does not exist is passed over, and nothing runs', async () => {
  const wrong: Report = {
    ...report,
    groups: [
      ...(report.groups ?? []),
      {
        id: 'g3',
        captures: 9_000_000,
        size: { width: 1, height: 1 },
        example: '__proto__',
        regions: { nowhere: [0], __proto__: [1] },
      },
      {
        id: 'g4',
        captures: 2,
        size: { width: 1, height: 1 },
        example: 'page-1/1280x800',
        regions: { 'page-1/1280x800': [77, -1] },
      },
      { id: 'g1', captures: 2, size: { width: 1, height: 1 }, example: 'x', regions: { 'same/1280x800': [0] } },
    ],
    alike: [
      {
        id: 'a1',
        captures: 3,
        size: { width: 1, height: 1 },
        example: 'x',
        groups: ['g1', 'g77', 'g1'],
        regions: { nowhere: [0] },
      },
    ],
  };
  await using opened = await open('', wrong);
  expect(await opened.texts('.card-title')).toHaveLength(4);
  await opened.go('#page-1/1280x800?group=g2');
  expect(await opened.text('.capture-head h1')).toBe('Footer 4 captures');
  expect(opened.problems).toEqual([]);
});

test('changes that look alike stand together and are decided one by one', async () => {
  const alike: Report = {
    ...report,
    alike: [
      {
        id: 'a1',
        captures: 5,
        size: { width: 240, height: 16 },
        example: 'page-1/1280x800',
        groups: ['g2'],
        regions: { 'page-1/1280x800': [1], 'moved/1280x800': [0, 1] },
      },
    ],
  };
  await using opened = await open('', alike);
  expect(await opened.texts('.alike .card-title')).toEqual(['Footer 4 captures', 'moved 1280x800']);
  expect(await opened.text('.alike h3')).toBe('Changes that look alike 5 captures');
  expect(await opened.texts('.card-title')).toHaveLength(4);
  expect(await opened.text('.review-progress')).toBe('0 of 5 reviewed');
});

/** What a button copies. */
async function copied(opened: OpenReport, selector: string): Promise<string> {
  await opened.value('navigator.clipboard.writeText = async (text) => { window.copied = text; }');
  await opened.page.locator(selector).click();
  await opened.page.waitForFunction('window.copied !== undefined');
  const text = await opened.value<string>('window.copied');
  await opened.value('window.copied = undefined');
  return text;
}
