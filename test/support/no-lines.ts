import type { LinePort } from '../../src-main/engine/capability-ports.ts'

/** An ONU that is on, of which nobody wants anything. */
export const noLines: LinePort = {
  stepsOf: () => ({ oltName: 'North', address: 5, cli: ['ont deactivate'], problem: null }),
  wish: () => 'same',
  knows: () => true,
  look: () => undefined,
}
