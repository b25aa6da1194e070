import type { FamilyView } from './families/family.ts'
import { huaweiSmartax } from './families/huawei-smartax.ts'
import { zteC300 } from './families/zte-c300.ts'
import type { OltModel } from './population/olt-model.ts'
import type { WireFaults } from './snmp/agent-socket.ts'
import { MibView } from './snmp/mib-view.ts'
import { parseOid, startsWithOid } from './snmp/oid.ts'
import { SnmpAgent } from './snmp/snmp-agent.ts'

/** One chassis: what it knows, how it speaks and how it misbehaves. */
export interface SimulatedOlt {
  readonly model: OltModel
  readonly agent: SnmpAgent
  readonly faults: WireFaults
}

const families: Readonly<Record<OltModel['scenario']['family'], (olt: OltModel) => FamilyView>> = {
  'huawei-smartax': huaweiSmartax,
  'zte-c300': zteC300,
}

export const createSimulatedOlt = (model: OltModel, community: string): SimulatedOlt => {
  const { quirks } = model
  const family = families[model.scenario.family](model)
  const lacking = quirks.lackingColumns.map(parseOid)
  const hidden = [...lacking, ...quirks.unknownObjects.map(parseOid)]
  const columns = family.columns.filter(
    ({ oid }) => !hidden.some((prefix) => startsWithOid(oid, prefix)),
  )
  model.onRowsChanged = () => {
    for (const rows of family.rowSets) rows.refresh()
  }
  return {
    model,
    agent: new SnmpAgent(new MibView(columns, lacking), {
      community,
      maxReplyBytes: quirks.maxReplyBytes,
      hangsOnZeroRepetitions: quirks.hangsOnZeroRepetitions,
      oversizedBulk: quirks.oversizedBulk,
    }),
    faults: {
      silent: false,
      delayMs: quirks.delayMs,
      delayJitterMs: quirks.delayJitterMs,
      lossPercent: quirks.lossPercent,
      garbage: false,
      silentAfter: null,
      fromOtherPort: false,
      duplicates: false,
      wrongRequestId: false,
    },
  }
}
