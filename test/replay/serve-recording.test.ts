import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readSnmpwalk } from '../../src-main/replay/snmpwalk.ts'
import { serveRecording } from '../../src-main/replay/serve-recording.ts'

const run = promisify(execFile)
const toolsMissing = await run('snmpbulkwalk', ['-V']).then(
  () => null,
  () => "Debian's snmp tools are not installed",
)

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'nocturne-replay-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const file = (name: string, text: string): string => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

describe('serving a recording is refused', () => {
  it('when the file is not there, or holds no objects', async () => {
    await expect(serveRecording({ file: join(folder, 'none'), port: 0 })).rejects.toThrow(/ENOENT/u)
    const empty = file('empty.snmprec', '# nothing\n')
    await expect(serveRecording({ file: empty, port: 0 })).rejects.toThrow(/holds no SNMP objects/u)
  })
})

describe.skipIf(toolsMissing !== null)(
  toolsMissing === null
    ? "a served recording, asked by Debian's tools"
    : `a served recording (skipped: ${toolsMissing})`,
  () => {
    it('says what the device said, in order, to the end of its tree', async () => {
      const lines = [
        '1.3.6.1.2.1.1.1.0|4|made-up box',
        '1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.99999',
        '1.3.6.1.4.1.9.2.1|2|-5',
        '1.3.6.1.4.1.9.2.10|70|18446744073709551615',
        '1.3.6.1.4.1.9.2.9|4x|00ff',
      ]
      const served = await serveRecording({ file: file('box.snmprec', lines.join('\n')), port: 0 })
      try {
        const common = ['-v2c', '-cpublic', '-On', '-r0', '-t2', `127.0.0.1:${served.port}`]
        const { stdout } = await run('snmpbulkwalk', [...common, '1.3.6.1'])
        expect(stdout.trim().split('\n').slice(0, 5)).toEqual([
          '.1.3.6.1.2.1.1.1.0 = STRING: "made-up box"',
          '.1.3.6.1.2.1.1.2.0 = OID: .1.3.6.1.4.1.99999',
          '.1.3.6.1.4.1.9.2.1 = INTEGER: -5',
          '.1.3.6.1.4.1.9.2.9 = Hex-STRING: 00 FF ',
          '.1.3.6.1.4.1.9.2.10 = Counter64: 18446744073709551615',
        ])
        // What the tool has printed is a recording of the same device.
        expect(readSnmpwalk(stdout)).toEqual(served.recording)
        const { stdout: got } = await run('snmpget', [...common, '1.3.6.1.2.1.1.1.0', '1.3.6.9'])
        expect(got).toContain('No Such Instance')
        await expect(
          run('snmpset', [...common, '1.3.6.1.2.1.1.1.0', 's', 'changed']),
        ).rejects.toThrow(/notWritable/u)
        expect(served.counts.answered).toBe(served.counts.received)
      } finally {
        await served.stop()
      }
    })
  },
)
