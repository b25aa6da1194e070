import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareArcs, toRecording, type RecordedObject } from '../../src-main/replay/recording.ts'
import { createReplayAgent } from '../../src-main/replay/replay-agent.ts'
import { openRecordingSession } from '../../src-main/replay/recording-session.ts'
import { encodeOid } from '../../src-main/olt/snmp/oid.ts'
import { createWalkPace } from '../../src-main/olt/snmp/pace.ts'
import { walk } from '../../src-main/olt/snmp/walker.ts'
import { readSnmprec } from '../../src-main/replay/snmprec.ts'

const recording = readSnmprec(
  ['1.3.6.1.2.1.1.1.0|4|box', '1.3.6.1.2.1.1.3.0|67|5', '1.3.6.1.4.1.9.1|70|9007199254740993'].join(
    '\n',
  ),
)

/** GET sysDescr.0, v2c, community "public". */
const request = Buffer.from(
  '302602010104067075626c6963a019020101020100020100300e300c06082b060102010101000500',
  'hex',
)

describe('a replayed recording stays silent', () => {
  const agent = createReplayAgent({ recording, community: 'public' })

  it('for octets that are no request', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (octets) => {
        expect(agent.answer(octets)).toBeUndefined()
      }),
      { seed: 13 },
    )
  })

  it('for a request cut anywhere', () => {
    expect(agent.answer(request)).toBeDefined()
    for (let length = 0; length < request.length; length++) {
      expect(agent.answer(request.subarray(0, length))).toBeUndefined()
    }
  })

  it('for another community', () => {
    const stranger = createReplayAgent({ recording, community: 'secret' })
    expect(stranger.answer(request)).toBeUndefined()
  })
})

describe('a replayed recording', () => {
  it('answers GET with what is there and noSuchInstance for what is not', async () => {
    const session = await openRecordingSession(recording)
    expect(await session.get(['1.3.6.1.2.1.1.1.0', '1.3.6.1.2.1.1.2.0'])).toEqual([
      { kind: 'octets', value: Buffer.from('box') },
      { kind: 'absent' },
    ])
    session.close()
  })

  it('is walked whole and in order, whatever it holds', async () => {
    const arcs = fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(fc.array(arcs, { minLength: 1, maxLength: 60 }), async (rows) => {
        const objects = rows.map((row): RecordedObject => ({
          oid: [1, 3, 6, 1, 4, 1, 9, ...row],
          value: { type: 'integer', value: row.length },
        }))
        const made = toRecording(objects, [])
        const session = await openRecordingSession(made)
        const seen: (readonly number[])[] = []
        await walk({
          session,
          pace: createWalkPace(),
          columns: [{ oid: encodeOid([1, 3, 6, 1, 4, 1, 9]) }],
          onVarbind: (_column, found, count) => void seen.push([...found.subarray(0, count)]),
        })
        session.close()
        expect(seen).toEqual(made.objects.map(({ oid }) => oid.slice(7)).toSorted(compareArcs))
      }),
      { seed: 14, numRuns: 60 },
    )
  })
})
