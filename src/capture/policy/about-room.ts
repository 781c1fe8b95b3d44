/** Numbers in flight are counted at our end of the network: the service may have seen a few fewer. */
const tolerance = { share: 1.1, requests: 2 };
/** One refusal agrees with it in any case. */
const surely = 2;

/**
 * Whether `rate_limited` may be about how many requests are in flight and not about how many are sent: some services say
 * 429 for both. It is ruled out when a request was refused with fewer others in flight than an accepted one had.
 */
export interface AboutRoom {
  /** The most others that an accepted request had in flight. */
  readonly accepted: number;
  /** The fewest that a refused one had. */
  readonly refused: number;
  readonly refusals: number;
}

export const unknownRoom: AboutRoom = { accepted: 0, refused: Number.POSITIVE_INFINITY, refusals: 0 };

export function acceptedBeside(room: AboutRoom, others: number): AboutRoom {
  return { ...room, accepted: Math.max(room.accepted, others) };
}

export function refusedBeside(room: AboutRoom, others: number): AboutRoom {
  return { ...room, refused: Math.min(room.refused, others), refusals: room.refusals + 1 };
}

export function mayBeAboutRoom({ accepted, refused }: AboutRoom): boolean {
  return accepted <= refused * tolerance.share + tolerance.requests;
}

/** Whether so many refusals agree with it that the number in flight is to be cut. */
export function seemsAboutRoom(room: AboutRoom): boolean {
  return room.refusals >= surely && mayBeAboutRoom(room);
}
