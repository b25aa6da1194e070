import { join } from 'node:path'
import { loadFamilies } from '../../src-main/olt/family/load-families.ts'
import { readRecording } from '../../src-main/replay/read-recording.ts'
import type { RecordedValue } from '../../src-main/replay/recording.ts'
import { startAgentSocket } from '../../src-main/simulator/snmp/agent-socket.ts'
import { tag } from '../../src-main/simulator/snmp/ber-tags.ts'
import { BerWriter } from '../../src-main/simulator/snmp/ber-writer.ts'
import { MibView, type Column } from '../../src-main/simulator/snmp/mib-view.ts'
import { encodeOidContent, parseOid } from '../../src-main/simulator/snmp/oid.ts'
import { RowSet } from '../../src-main/simulator/snmp/row-set.ts'
import { SnmpAgent } from '../../src-main/simulator/snmp/snmp-agent.ts'
import { buildFamilyTable, type TableColumn } from './family-table.ts'
import { root } from './plant.ts'

/** An agent for each OLT family, `argv[2]` ONUs each; prints where they are, ends with its input. */

const onus = Number(process.argv[2] ?? '2048')
const writer = new BerWriter(2048)
const quiet = {
  silent: false,
  delayMs: 0,
  delayJitterMs: 0,
  lossPercent: 0,
  garbage: false,
  silentAfter: null,
  fromOtherPort: false,
  duplicates: false,
  wrongRequestId: false,
}

/** The whole value in BER, once: what the agent costs is not what is measured. */
const encoded = (value: RecordedValue): Uint8Array => {
  writer.at = 0
  switch (value.type) {
    case 'integer':
      writer.integer(value.value)
      break
    case 'counter32':
    case 'gauge32':
    case 'timeTicks':
      writer.integer(value.value, tag[value.type])
      break
    case 'counter64':
      writer.integer(Number(value.value), tag.counter64)
      break
    case 'oid':
      writer.octets(encodeOidContent(value.value), tag.oid)
      break
    case 'octets':
    case 'opaque':
    case 'ipAddress':
      writer.octets(value.value, value.type === 'ipAddress' ? tag.ipAddress : tag.octetString)
      break
    case 'null':
      writer.empty(tag.null)
  }
  return writer.bytes.slice(0, writer.at)
}

const rowSets = new Map<TableColumn['indexes'], RowSet>()
const toColumn = ({ oid, indexes, valueAt }: TableColumn): Column => {
  const rows =
    rowSets.get(indexes) ??
    new RowSet(indexes[0]?.length ?? 1, () => indexes.map((index, item) => ({ index, item })))
  rowSets.set(indexes, rows)
  const values = indexes.map((_, position) => encoded(valueAt(position)))
  return { oid: parseOid(oid), rows, write: (to, item) => to.raw(values[item]!) }
}

const families = loadFamilies(join(root, 'assets', 'olt-families'))
const olts = []
for (const family of families) {
  const captures = join(root, 'assets', 'olt-families', family.family, 'captures')
  const recording = await readRecording(join(captures, 'from-facts.snmprec'))
  const table = buildFamilyTable(family, recording, onus)
  const agent = new SnmpAgent(new MibView(table.columns.map(toColumn)), {
    community: 'public',
    maxReplyBytes: 1472,
    hangsOnZeroRepetitions: false,
    oversizedBulk: 'cut',
  })
  const host = '127.0.0.1'
  const socket = await startAgentSocket({
    agent,
    faults: quiet,
    seed: 1,
    host,
    port: 0,
    nowMs: Date.now,
    schedule: () => () => undefined,
  })
  const { walked, besideFields } = table
  const name = family.family
  olts.push({
    oltName: name,
    family: name,
    host,
    port: socket.port,
    community: 'public',
    onus,
    walked,
    besideFields,
  })
}
process.stdin.on('end', () => process.exit(0))
process.stdin.resume()
process.stdout.write(`${JSON.stringify(olts)}\n`)
