import { validators } from '../../../protocol';
import { accepted, type Client } from './client';

/**
 * An operator at a counter sees person and physical card, and raises the card of the visitor who has read that number out.
 * @param idNumber the one on the physical card
 */
export const raiseAtCounter = async (operator: Client, number: string, idNumber: string): Promise<void> => {
  await accepted(operator.ask('operator', { action: 'receiveVisitor', number }), validators.ReceiveVisitorReply);
  const seen = { lastFour: idNumber.slice(-4), personSeen: true, documentSeen: true };
  await accepted(operator.ask('operator', { action: 'raiseVisitor', number, ...seen }), validators.DoneReply);
};
