import type { Frame, FrameWorlds } from './frame-worlds.ts';

/** Makes closed shadow trees known to the functions in the page, which cannot find them. */
export async function openClosedRoots(worlds: FrameWorlds): Promise<void> {
  for (const frame of worlds.frames) {
    await worlds.unlessSilent(frame.session, () => openRootsOf(frame));
  }
}

/** Finds the hosts in the page, and what they hold through the browser. */
async function openRootsOf({ session, isolated }: Frame): Promise<void> {
  if (isolated === undefined) {
    return;
  }
  const { result: list } = await session.send('Runtime.evaluate', {
    expression: 'visualCapture.closedHosts()',
    contextId: isolated,
  });
  if (list.objectId === undefined || list.description === 'Array(0)') {
    return;
  }
  const { result: properties } = await session.send('Runtime.getProperties', { objectId: list.objectId, ownProperties: true });
  const hosts = properties.flatMap(({ value }) => (value?.subtype === 'node' ? (value.objectId ?? []) : []));
  await Promise.all(
    hosts.map(async (objectId) => {
      const { node } = await session.send('DOM.describeNode', { objectId, depth: 0, pierce: true });
      for (const { backendNodeId } of node.shadowRoots ?? []) {
        const { object } = await session.send('DOM.resolveNode', { backendNodeId, executionContextId: isolated });
        await session.send('Runtime.callFunctionOn', {
          functionDeclaration: 'function(root) { visualCapture.addRoot(root) }',
          executionContextId: isolated,
          arguments: [{ objectId: object.objectId ?? '' }],
        });
      }
    }),
  );
}
