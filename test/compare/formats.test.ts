import { expect, test } from 'vitest';
import { comparePair } from '../../src/compare/compare-pair.ts';
import { formatOf, formatOfName } from '../../src/compare/formats.ts';
import { solidPng } from '../helpers/solid-png.ts';

const latin1 = (text: string) => Buffer.from(text, 'latin1');
const riff = (kind: string) => latin1(`RIFF\x1a\0\0\0${kind}VP8 `);
const box = (brand: string) => latin1(`\0\0\0\x20ftyp${brand}\0\0\0\0`);

const files: [string, Buffer][] = [
  ['a JPEG', latin1('\xff\xd8\xff\xe0\0\x10JFIF')],
  ['a JPEG', latin1('\xff\xd8\xff\xdb\0\x43')],
  ['a GIF', latin1('GIF89a\x01\0\x01\0')],
  ['a GIF', latin1('GIF87a\x01\0\x01\0')],
  ['a WebP', riff('WEBP')],
  ['an AVIF', box('avif')],
  ['an AVIF', box('avis')],
  ['a HEIF', box('heic')],
  ['a JPEG XL', latin1('\0\0\0\x0cJXL \r\n\x87\n')],
  ['a BMP', latin1(`BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x01\0\0\0`)],
  ['a TIFF', latin1('II*\0\x08\0\0\0')],
  ['a TIFF', latin1('MM\0*\0\0\0\x08')],
  ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
  [
    'an SVG',
    Buffer.from('\ufeff<?xml version="1.0"?>\n<!-- made by hand -->\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x">\n<SVG>'),
  ],
  ['a PDF', latin1('%PDF-1.7\n')],
  ['an HTML page', Buffer.from('\n  <!DOCTYPE html><title>Not found</title>')],
  ['an HTML page', Buffer.from('<html lang="en">')],
];

test.each(files)('%s is called so, as a baseline and as a capture', (name, file) => {
  const reason = `it is ${name} instead of a PNG`;
  const other = { scale: 1, settings: { threshold: 0.1, includeAntiAliasing: false, mask: [] } };
  const png = solidPng(1, 1, [0, 0, 0]);
  expect(comparePair({ baseline: file, actual: png, ...other })).toEqual({ kind: 'unreadable', which: 'baseline', reason });
  expect(comparePair({ baseline: png, actual: file, ...other })).toEqual({ kind: 'unreadable', which: 'actual', reason });
});

test.each([
  ['text that begins with BM', latin1('BMs are a kind of picture, in a way.')],
  ['a sound', riff('WAVE')],
  ['a film', box('isom')],
  ['other XML', Buffer.from('<?xml version="1.0"?><svgs/>')],
  ['nothing', Buffer.alloc(0)],
])('%s is none of them', (_, file) => {
  expect(formatOf(file)).toBeUndefined();
});

test('many blanks and comments cost no time', () => {
  const start = Buffer.from(`${'<!---->  '.repeat(500)}<!-- ${'- '.repeat(5000)}`);
  expect(formatOf(start)).toBeUndefined();
});

test.each([
  ['a/X.PNG', 'a PNG'],
  ['photo.Jpeg', 'a JPEG'],
  ['photo.jpg', 'a JPEG'],
  ['logo.SVG', 'an SVG'],
  ['a.png/readme', undefined],
  ['png', undefined],
  ['notes.txt', undefined],
])('%s is %s by its name', (path, name) => {
  expect(formatOfName(path)?.name).toBe(name);
});
