/** A GIF of one pixel that is red, then blue, each for 200 ms, for ever. (GIF89a specification, sections 18 to 26.) */
export function redThenBlueGif(): Uint8Array {
  const screen = [...Buffer.from('GIF89a'), 1, 0, 1, 0, 0x80, 0, 0];
  const colours = [255, 0, 0, 0, 0, 255];
  const loop = [0x21, 0xff, 11, ...Buffer.from('NETSCAPE2.0'), 3, 1, 0, 0, 0];
  const frame = (colour: 0 | 1): number[] => {
    const control = [0x21, 0xf9, 4, 0, 20, 0, 0, 0];
    const image = [0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0];
    const codes = [2, 2, colour === 0 ? 0x44 : 0x4c, 1, 0];
    return [...control, ...image, ...codes];
  };
  return Uint8Array.from([...screen, ...colours, ...loop, ...frame(0), ...frame(1), 0x3b]);
}
