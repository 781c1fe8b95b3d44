import { parseShard, type Shard } from '../plan/shard.ts';
import { text, type ValueType } from './value-types.ts';

/** `i/n`: one job's share of the captures. */
export const shardShare: ValueType<Shard> = { ...text, parse: (raw) => parseShard(String(raw)), placeholder: 'I/N' };
