import type { Frame, FrameWorlds } from './frame-worlds.ts';

/** Addresses of the frames that are to be seen and show nothing. */
export async function findBlankFrames(worlds: FrameWorlds): Promise<string[]> {
  const find = async (frame: Frame): Promise<string[]> => {
    const url = worlds.urlOf(frame) ?? '';
    const isBlank = /^https?:/.test(url) && (await worlds.runIn(frame, 'isBlank')) && (await isShown(worlds, frame));
    return isBlank ? [url] : [];
  };
  const found = await Promise.all(worlds.others.map((frame) => worlds.unlessSilent(frame.session, () => find(frame))));
  return found.flat(2);
}

/** Whether the element that holds the frame is to be seen. It may stand in a process other than the frame's own. */
async function isShown({ sessions }: FrameWorlds, { frameId }: Frame): Promise<boolean> {
  for (const session of sessions) {
    const owner = await session.send('DOM.getFrameOwner', { frameId }).catch(() => undefined);
    if (owner !== undefined) {
      const { object } = await session.send('DOM.resolveNode', { backendNodeId: owner.backendNodeId });
      const { result } = await session.send('Runtime.callFunctionOn', {
        functionDeclaration: 'function() { return this.checkVisibility({ opacityProperty: true, visibilityProperty: true }) }',
        objectId: object.objectId ?? '',
        returnByValue: true,
      });
      return result.value === true;
    }
  }
  return false;
}
