import type { InPage } from './api.ts';
import { dress } from './dress.ts';
import { findElement } from './find-element.ts';
import { findErrorPage } from './find-error-page.ts';
import { measureMasks } from './measure-masks.ts';
import { drawMissingText, findMissingText } from './missing-glyphs.ts';
import { nextFrame, rewindVideos, stopMotion } from './motion.ts';
import { findOpen } from './open-content.ts';
import { addClosedRoot, findAll } from './roots.ts';
import { brokenImages, countDrawn, isBlank, measurePage, scrollTo } from './scroll.ts';
import { growAround, growScroller } from './scrollers.ts';
import { beginFill, focus, readStorage, selectOption } from './step-actions.ts';
import { findStanding, locate, locateForPointer } from './step-target.ts';
import { hashLayout, keepLayoutOf, notePinned, pin } from './tall-window.ts';

/** The entry of the isolated world: what the engine calls by name. */
const inPage: InPage = {
  findOpen,
  nextFrame,
  stopMotion,
  rewindVideos,
  findElement,
  locate,
  locateForPointer,
  findStanding,
  focus,
  beginFill,
  selectOption,
  readStorage,
  dress,
  measureMasks,
  measurePage,
  scrollTo,
  growScroller,
  growAround,
  notePinned,
  keepLayoutOf,
  pin,
  hashLayout,
  countDrawn,
  closedHosts: () => findAll('*').filter(({ localName, shadowRoot }) => localName.includes('-') && shadowRoot === null),
  addRoot: (root) => addClosedRoot(root as ShadowRoot),
  isBlank,
  findMissingText,
  drawMissingText,
  brokenImages,
  findErrorPage,
};

Object.assign(globalThis, { visualCapture: inPage });
