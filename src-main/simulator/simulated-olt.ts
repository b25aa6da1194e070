import { bdcomEpon } from './families/bdcom-epon.ts'
import { cdataGpon } from './families/cdata-gpon.ts'
import type { FamilyView } from './families/family.ts'
import { huaweiSmartax } from './families/huawei-smartax.ts'
import { vsolV1600g } from './families/vsol-v1600g.ts'
import { zteC300 } from './families/zte-c300.ts'
import { zteC600 } from './families/zte-c600.ts'
import { calmCli, type CliState } from './cli/cli-faults.ts'
import { isBooting, type OltModel } from './population/olt-model.ts'
import type { WireFaults } from './snmp/agent-socket.ts'
import { MibView } from './snmp/mib-view.ts'
import { parseOid, startsWithOid } from './snmp/oid.ts'
import { SnmpAgent } from './snmp/snmp-agent.ts'
import { createV3Agent, type Responder } from './snmp/v3-agent.ts'

/** One chassis: what it knows, how it speaks and how it misbehaves. */
export interface SimulatedOlt {
  readonly model: OltModel
  readonly agent: SnmpAgent
  /** What stands at its port: the agent, behind SNMP version 3 where it has a user; none as it boots. */
  readonly responder: Responder
  readonly faults: WireFaults
  /** How its CLI misbehaves, and what has happened there. */
  readonly cli: CliState
}

const families: Readonly<Record<OltModel['scenario']['family'], (olt: OltModel) => FamilyView>> = {
  'huawei-smartax': huaweiSmartax,
  'zte-c300': zteC300,
  'zte-c600': zteC600,
  'vsol-v1600g': vsolV1600g,
  'cdata-gpon': cdataGpon,
  'bdcom-epon': bdcomEpon,
}

export const createSimulatedOlt = (model: OltModel, community: string): SimulatedOlt => {
  const { quirks } = model
  const family = families[model.scenario.family](model)
  const lacking = quirks.lackingColumns.map(parseOid)
  const hidden = [...lacking, ...quirks.unknownObjects.map(parseOid)]
  const columns = family.columns.filter(
    ({ oid }) => !hidden.some((prefix) => startsWithOid(oid, prefix)),
  )
  const view = new MibView(columns, lacking)
  let isStale = false
  model.onRowsChanged = () => {
    isStale = true
  }
  view.freshen = () => {
    if (!isStale) return
    isStale = false
    for (const rows of family.rowSets) rows.refresh()
  }
  const agent = new SnmpAgent(view, {
    community,
    writeCommunity: model.scenario.writeCommunity,
    maxReplyBytes: quirks.maxReplyBytes,
    hangsOnZeroRepetitions: quirks.hangsOnZeroRepetitions,
    oversizedBulk: quirks.oversizedBulk,
  })
  const { v3 } = model.scenario
  const running: Responder =
    v3 === undefined
      ? agent
      : createV3Agent({
          agent,
          user: v3,
          engineId: engineIdOf(model.scenario.name),
          bootedAtMs: () => model.bootedAtMs,
        })
  return {
    model,
    agent,
    responder: {
      answer: (datagram, nowMs, shift) =>
        isBooting(model, nowMs) ? undefined : running.answer(datagram, nowMs, shift),
    },
    cli: { ...calmCli(), legacyOnly: model.scenario.cli?.legacyOnly ?? false },
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

/** RFC 3411 section 5: an enterprise of nobody, format 4, a text. */
const engineIdOf = (name: string): Buffer =>
  Buffer.concat([Buffer.from('8000d43104', 'hex'), Buffer.from(name, 'utf8').subarray(0, 27)])
