import type { TrapPlace, TrapRule } from './trap-rules.ts'

/** The interface, by its name where the trap carries it, else by its number (`family-traps.ts`). */
const byInterface: readonly TrapPlace[] = [
  { in: 'text', object: '1.3.6.1.2.1.31.1.1.1.1' },
  { in: 'text', object: '1.3.6.1.2.1.2.2.1.2' },
  { in: 'name', object: '1.3.6.1.2.1.2.2.1.1', index: 'interface' },
  { in: 'value', object: '1.3.6.1.2.1.2.2.1.1', index: 'interface' },
]

/**
 * Notifications of the standards, of any OLT: coldStart and warmStart (RFC 3418), linkDown and linkUp
 * (RFC 2863, with ifIndex) and entConfigChange (RFC 6933). A link that is no PON is no news here.
 * authenticationFailure is left out: nothing can be read for it, and people should see it.
 */
export const genericTrapRules: readonly TrapRule[] = [
  { trap: '1.3.6.1.6.3.1.1.5.1', meaning: 'other', look: 'olt', certainty: 'proven' },
  { trap: '1.3.6.1.6.3.1.1.5.2', meaning: 'other', look: 'olt', certainty: 'proven' },
  ...['1.3.6.1.6.3.1.1.5.3', '1.3.6.1.6.3.1.1.5.4'].map((trap): TrapRule => ({
    trap,
    meaning: 'pon-changed',
    look: 'onu',
    at: byInterface,
    otherwise: 'nothing',
    certainty: 'proven',
  })),
  { trap: '1.3.6.1.2.1.47.2.0.1', meaning: 'other', look: 'olt', certainty: 'proven' },
]
