import type { LoadNewestCheckpoint } from './log-ports';
import { publishCheckpoint, type Published, type PublishCheckpointPorts } from './publish-checkpoint';
import { sequenceEvents, type SequenceEventsPorts, type SequenceLimits } from './sequence-events';

export type KeepLogPorts = SequenceEventsPorts &
  PublishCheckpointPorts & { readonly loadNewestCheckpoint: LoadNewestCheckpoint };

/** What a timer does for the log: gives leaves to the events that wait, and signs what the log has become. */
export const keepLog = async (ports: KeepLogPorts, limits?: SequenceLimits): Promise<Published> => {
  const last = await ports.loadNewestCheckpoint();
  return publishCheckpoint(ports, last, await sequenceEvents(ports, limits));
};
