import { describe, expect, it } from 'vitest';
import { readAcceptRequest } from '../../src/github/accept-request.ts';
import { exampleEvent } from '../helpers/events.ts';

describe('the event', () => {
  const onPull = {
    issue: { pull_request: { url: 'x' } },
    comment: { body: '/visual accept', created_at: '2026-03-02T12:00:00Z' },
  };

  it('tells who asks, where and when', () => {
    const asked = readAcceptRequest('issue_comment', exampleEvent('issue_comment', { action: 'created', change: onPull }));
    expect(asked).toMatchObject({
      kind: 'request',
      request: { pullRequest: 1, words: [], by: 'Codertocat', comment: { writtenAt: new Date('2026-03-02T12:00:00Z') } },
    });
  });

  it.each<[string, string, object]>([
    [
      'a comment of which something else than the text was edited',
      'issue_comment',
      exampleEvent('issue_comment', { action: 'edited', change: { ...onPull, changes: { body: undefined } } }),
    ],
    [
      'an edited comment on an issue',
      'issue_comment',
      exampleEvent('issue_comment', { action: 'edited', change: { comment: onPull.comment, changes: { body: { from: 'x' } } } }),
    ],
    ['a deleted comment', 'issue_comment', exampleEvent('issue_comment', { action: 'deleted', change: onPull })],
    [
      'a comment on an issue',
      'issue_comment',
      exampleEvent('issue_comment', { action: 'created', change: { comment: onPull.comment } }),
    ],
    ['a manual run without a number', 'workflow_dispatch', exampleEvent('workflow_dispatch')],
    ['nothing', 'issue_comment', {}],
  ])('asks for nothing: %s', (_, event, payload) => {
    expect(readAcceptRequest(event, payload).kind).toBe('none');
  });

  it('tells of an edit who made it, and not who wrote the comment; a command in it is none', () => {
    const change = {
      ...onPull,
      comment: { ...onPull.comment, user: { login: 'github-actions[bot]' }, updated_at: '2026-03-02T13:00:00Z' },
      changes: { body: { from: 'before' } },
      sender: { login: 'reviewer' },
    };
    expect(readAcceptRequest('issue_comment', exampleEvent('issue_comment', { action: 'edited', change }))).toMatchObject({
      kind: 'edited',
      request: { pullRequest: 1, words: [], by: 'reviewer', comment: { writtenAt: new Date('2026-03-02T13:00:00Z') } },
      edit: { from: 'before', body: '/visual accept' },
    });
  });

  it('is wrong when it can ask for nothing', () => {
    expect(readAcceptRequest('push', exampleEvent('push')).kind).toBe('wrong-event');
  });
});
