import { parsePointer } from '../git/lfs/pointer.ts';

/** What a file may be in place of the PNG that was expected. */
export interface FileFormat {
  /** Completes "it is …". */
  readonly name: string;
  /** Pictures that cannot be compared; what is none may lie beside pictures. */
  readonly isPicture: boolean;
  /** Endings of such files' names, in lower case. */
  readonly extensions: readonly string[];
  /** Whether a file that starts like this is one. */
  readonly matches: (start: Buffer) => boolean;
}

/** So much of a file tells its format. */
export const formatStartBytes = 1024;

/** Of each of these boxes the brand behind it tells what the file holds (ISO 14496-12). */
const ofBrand =
  (...brands: readonly string[]) =>
  (start: Buffer): boolean =>
    textAt(start, 4, 4) === 'ftyp' && brands.includes(textAt(start, 8, 4));

const startsWith =
  (...signatures: readonly string[]) =>
  (start: Buffer): boolean =>
    signatures.some((signature) => textAt(start, 0, signature.length) === signature);

export const png: FileFormat = {
  name: 'a PNG',
  isPicture: true,
  extensions: ['png'],
  matches: startsWith('\x89PNG\r\n\x1a\n'),
};

/** The only table of formats: for messages about files that are no PNG, and for pictures that folders hold beside PNGs. */
const formats: readonly FileFormat[] = [
  png,
  { name: 'a JPEG', isPicture: true, extensions: ['jpg', 'jpeg', 'jpe', 'jfif'], matches: startsWith('\xff\xd8\xff') },
  { name: 'a GIF', isPicture: true, extensions: ['gif'], matches: startsWith('GIF87a', 'GIF89a') },
  {
    name: 'a WebP',
    isPicture: true,
    extensions: ['webp'],
    matches: (start) => textAt(start, 0, 4) === 'RIFF' && textAt(start, 8, 4) === 'WEBP',
  },
  { name: 'an AVIF', isPicture: true, extensions: ['avif', 'avifs'], matches: ofBrand('avif', 'avis') },
  {
    name: 'a HEIF',
    isPicture: true,
    extensions: ['heic', 'heif'],
    matches: ofBrand('heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1'),
  },
  { name: 'a JPEG XL', isPicture: true, extensions: ['jxl'], matches: startsWith('\0\0\0\x0cJXL \r\n\x87\n') },
  { name: 'a BMP', isPicture: true, extensions: ['bmp', 'dib'], matches: isBmp },
  { name: 'a TIFF', isPicture: true, extensions: ['tif', 'tiff'], matches: startsWith('II*\0', 'MM\0*', 'II+\0', 'MM\0+') },
  { name: 'an SVG', isPicture: true, extensions: ['svg', 'svgz'], matches: isSvg },
  { name: 'a PDF', isPicture: false, extensions: ['pdf'], matches: startsWith('%PDF-') },
  { name: 'an HTML page', isPicture: false, extensions: ['html', 'htm'], matches: isHtml },
];

/** The format that the first `formatStartBytes` bytes of a file tell; undefined: none that is known. */
export function formatOf(bytes: Uint8Array): FileFormat | undefined {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, formatStartBytes));
  return formats.find(({ matches }) => matches(start));
}

/** The format that a file's name tells, in any case. */
export function formatOfName(path: string): FileFormat | undefined {
  const extension = /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase();
  return extension === undefined ? undefined : formats.find(({ extensions }) => extensions.includes(extension));
}

/** What a file is that is no PNG, as a clause about "it": "it is a JPEG instead of a PNG". */
export function describeOther(bytes: Uint8Array): string {
  if (bytes.length === 0) {
    return 'it is empty';
  }
  if (parsePointer(bytes) !== undefined) {
    return 'it is a Git LFS pointer instead of the picture, which git lfs pull would bring';
  }
  const start = Buffer.from(bytes.subarray(0, 8));
  if (hasConvertedLineEnds(start)) {
    return (
      'its line endings were converted, as git does with text, and the picture is lost by that: ' +
      'write "*.png binary" into .gitattributes and commit the picture again'
    );
  }
  const format = formatOf(bytes);
  return format === undefined
    ? `it is no PNG: it starts with the bytes ${start.toString('hex').replace(/..\B/g, '$& ')}`
    : `it is ${format.name} instead of a PNG`;
}

/** The signature of a PNG begins with both forms of a line end, so that such a conversion is seen (PNG, 5.2). */
function hasConvertedLineEnds(start: Buffer): boolean {
  const mangled = ['\x89PNG\n\x1a\n', '\x89PNG\r\n\x1a\r', '\x89PNG\r\r\n\x1a'];
  return mangled.some((signature) => textAt(start, 0, signature.length) === signature);
}

function textAt(start: Buffer, byte: number, length: number): string {
  return start.toString('latin1', byte, byte + length);
}

/** Two letters alone are no sign: the size of the header behind them must be one that exists. */
function isBmp(start: Buffer): boolean {
  return textAt(start, 0, 2) === 'BM' && start.length >= 18 && [12, 40, 52, 56, 64, 108, 124].includes(start.readUInt32LE(14));
}

/** The text without what may stand before the first element. */
function markupOf(start: Buffer): string {
  const text = start.toString('utf8').replace(/^\ufeff/, '');
  return text.replace(/^(?:\s+|<\?[^>]*>|<!--[\s\S]*?-->)+/, '').toLowerCase();
}

function isSvg(start: Buffer): boolean {
  return /^(?:<!doctype svg\b[^[>]*(?:\[[^\]]*\])?[^>]*>\s*)?<svg[\s>]/.test(markupOf(start));
}

function isHtml(start: Buffer): boolean {
  return /^(?:<!doctype html\b|<html[\s>])/.test(markupOf(start));
}
