import { writeSync } from 'node:fs'
import { openStore } from '../../src-main/store/open-store.ts'
import { runCommand } from '../../src-main/store/write-path.ts'
import { seededRandom } from '../support/seeded-random.ts'

/**
 * Writes one command after the other until it is killed, and says each one's number on standard
 * output once runCommand has returned. Arguments: path, first number, seed. Keys: environment.
 */
const [path = '', first = '1', seed = '1'] = process.argv.slice(2)
const hexKey = (name: string): Buffer => Buffer.from(process.env[name] ?? '', 'hex')
const random = seededRandom(Number(seed))
/** An upper bound, so that a forgotten child ends. */
const most = 2_000

const store = openStore({
  path,
  key: hexKey('STORE_KEY'),
  auditKey: hexKey('AUDIT_KEY'),
  auditDetailKey: hexKey('AUDIT_DETAIL_KEY'),
  clock: { now: () => 0 },
})
for (let number = Number(first); number < Number(first) + most; number += 1) {
  // Large and small ones, so that some kills fall into a checkpoint of the WAL.
  const value = JSON.stringify('v'.repeat(Math.floor(random() * 120_000)))
  runCommand(
    store,
    {
      commandId: `01900000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`,
      name: 'test.setting',
      actor: { accountId: null, sessionId: null, clientKind: 'test' },
      auditInput: { number },
      at: number,
    },
    (transaction) => {
      transaction.run(
        'INSERT INTO setting (key, value, updated_at) VALUES (?, ?, ?)',
        `key-${number}`,
        value,
        number,
      )
      return {
        result: { number },
        changes: [
          { entity: 'setting', entityId: `key-${number}`, kind: 'created' as const, version: 1 },
        ],
      }
    },
  )
  writeSync(1, `${number}\n`)
}
store.stop()
