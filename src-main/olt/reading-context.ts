import { unpackOnuAddress, type PonAddress } from '../../src-shared/domain/onu-address.ts'
import type { ColumnChoices } from './column-walk.ts'
import type { OltFamily } from './family/load-families.ts'
import type { DecodeContext } from './family/value-functions.ts'
import type { PonNames } from './pon-names.ts'
import type { WalkPace } from './snmp/pace.ts'
import type { SnmpSession } from './snmp/session.ts'

/** What every reader of an OLT's tables needs. */
export interface ReadingContext {
  readonly session: SnmpSession
  readonly pace: WalkPace
  readonly family: OltFamily
  readonly choices: ColumnChoices
  readonly context: DecodeContext
  readonly names: PonNames
  readonly signal: AbortSignal | undefined
}

export const ponAddressOf = (packed: number): PonAddress => {
  const { shelf, slot, port } = unpackOnuAddress(packed)
  return { shelf, slot, port }
}
