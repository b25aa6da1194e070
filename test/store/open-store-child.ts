import { writeSync } from 'node:fs'
import { openStore } from '../../src-main/store/open-store.ts'
import { isNocturneError } from '../../src-shared/errors.ts'

/** Opens the store named by its argument and prints 'opened' or the code of the refusal. */
const hexKey = (name: string): Buffer => Buffer.from(process.env[name] ?? '', 'hex')

const print = (line: string) => writeSync(1, `${line}\n`)

try {
  openStore({
    path: process.argv[2] ?? '',
    key: hexKey('STORE_KEY'),
    auditKey: hexKey('AUDIT_KEY'),
    auditDetailKey: hexKey('AUDIT_DETAIL_KEY'),
    clock: { now: () => 0 },
  }).stop()
  print('opened')
} catch (error) {
  print(isNocturneError(error) ? error.code : 'unexpected')
}
