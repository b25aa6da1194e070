import type { Guard } from './guards.ts'

const sealed = 'src-main/backups/transfer/sealed-file.ts'
const command = 'src-main/backups/transfer/transfer-command.ts'
const moved = 'src-main/engine/moved-guard.ts'
const fileTests = ['backups/transfer-file.test.ts']
const takenTests = ['backups/transfer-taken.test.ts']
const engineTests = ['engine/transfer-engine.test.ts']

/** Of the file that carries a workspace to another machine, and of the one that stays behind. */
export const transferGuards: readonly Guard[] = [
  {
    name: 'transfer-last-piece-said',
    file: sealed,
    text: 'nonce[11] = isLast ? 1 : 0',
    instead: 'nonce[11] = 0',
    tests: fileTests,
  },
  {
    name: 'transfer-pieces-counted',
    file: sealed,
    text: 'nonce.writeUIntBE(number, 5, 6)',
    instead: '',
    tests: fileTests,
  },
  {
    name: 'transfer-head-bound',
    file: sealed,
    text: `createHash('sha256').update(head.bytes).digest()`,
    instead: 'Buffer.alloc(32)',
    tests: fileTests,
  },
  {
    name: 'transfer-piece-proved',
    file: sealed,
    text: '    decipher.final()\n    return plain',
    instead: '    return plain',
    tests: fileTests,
  },
  {
    name: 'transfer-way-bound-to-its-file',
    file: 'src-main/vault/transfer-envelope.ts',
    text: 'rowId: `${fileId}/${bound}`,',
    instead: 'rowId: bound,',
    tests: fileTests,
  },
  {
    name: 'transfer-paths-inside',
    file: 'src-main/backups/transfer/manifest.ts',
    text: `rest.every((one) => part.test(one) && one !== '.' && one !== '..')`,
    instead: 'rest.every((one) => one.length > 0)',
    tests: fileTests,
  },
  {
    name: 'transfer-read-back',
    file: 'src-main/backups/transfer/pack.ts',
    text: `if (size !== sealedBytes(head, contentBytes(text, files))) throw damaged('more')`,
    instead: '',
    tests: fileTests,
  },
  {
    name: 'transfer-store-proved-before',
    file: 'src-main/backups/transfer/pack.ts',
    text: `await options.prove(join(dir, 'store.db'), options.keys, signal)`,
    instead: `await options.prove(join(dir, 'store.db'), options.keys, signal).catch(() => ({}) as never)`,
    tests: fileTests,
  },
  {
    name: 'transfer-unknown-counts-as-moved',
    file: 'src-main/backups/transfer/under-way.ts',
    text: `act === 'move' && outcome !== 'none'`,
    instead: `act === 'move' && outcome === 'made'`,
    tests: takenTests,
  },
  {
    name: 'transfer-no-file-no-move',
    file: 'src-main/backups/transfer/under-way.ts',
    text: `return readHead(to)?.header.id === id ? 'made' : 'none'`,
    instead: `return 'made'`,
    tests: takenTests,
  },
  {
    name: 'transfer-confirmed-outside',
    file: command,
    text: `if (!yes) throw new NocturneError('confirmation-refused')`,
    instead: '',
    tests: engineTests,
  },
  {
    name: 'transfer-not-inside-the-workspace',
    file: command,
    text: `if (isInside(dir, folder)) throw new NocturneError('folder-inside-workspace')`,
    instead: '',
    tests: engineTests,
  },
  {
    name: 'transfer-strong-passphrase',
    file: command,
    text: 'await options.requireStrong(input.passphrase)',
    instead: '',
    tests: engineTests,
  },
  {
    name: 'transfer-quiet-moves-nowhere',
    file: command,
    text: `if (act === 'move' && options.standing() !== null) throw new NocturneError('workspace-quiet')`,
    instead: '',
    tests: engineTests,
  },
  {
    name: 'moved-does-nothing',
    file: moved,
    text: `if (isMoved()) throw new NocturneError('workspace-moved')\n        return act(...given)`,
    instead: 'return act(...given)',
    tests: engineTests,
  },
  {
    name: 'moved-asks-no-olt',
    file: moved,
    text: `if (isMoved()) throw new NocturneError('workspace-moved')\n      return ports(...asked)`,
    instead: 'return ports(...asked)',
    tests: engineTests,
  },
  {
    name: 'moved-begins-nothing',
    file: 'src-main/engine/open-workspace.ts',
    text: 'if (standing.isMoved()) return',
    instead: '',
    tests: engineTests,
  },
  {
    name: 'moved-is-not-resumed',
    file: 'src-main/backups/standing.ts',
    text: `if (current?.kind !== 'restored') throw`,
    instead: 'if (current === null) throw',
    tests: takenTests,
  },
  {
    name: 'transfer-of-the-owner-alone',
    file: 'src-main/access/roles.ts',
    text: `  'workspace.transfer.make',\n`,
    instead: '',
    tests: ['access/role-matrix.test.ts'],
  },
]
