import type { Guard } from './guards.ts'

const seal = 'src-main/vault/seal.ts'
const envelope = 'src-main/vault/key-envelope.ts'
const vault = 'src-main/vault/vault.ts'
const sealTests = ['vault/seal.test.ts']
const vaultTests = ['vault/vault.test.ts']
const travelTests = ['vault/backup-envelope.test.ts', 'vault/travelling-backup.test.ts']

export const vaultGuards: readonly Guard[] = [
  {
    name: 'seal-bound-to-its-purpose',
    file: seal,
    text: '`nocturne-seal-1\\n${purpose}\\n${rowId}`',
    instead: '`nocturne-seal-1\\n${rowId}`',
    tests: sealTests,
  },
  {
    name: 'seal-bound-to-its-row',
    file: seal,
    text: '`nocturne-seal-1\\n${purpose}\\n${rowId}`',
    instead: '`nocturne-seal-1\\n${purpose}`',
    tests: sealTests,
  },
  {
    name: 'seal-tag-checked',
    file: seal,
    text: '    plain.fill(0)\n    throw unreadable(place)',
    instead: '    void place',
    tests: sealTests,
  },
  {
    name: 'seal-version',
    file: seal,
    text: ' || sealed[0] !== version',
    instead: '',
    tests: sealTests,
  },
  {
    name: 'seal-length',
    file: seal,
    text: 'sealed.length < headBytes + tagBytes || ',
    instead: '',
    tests: sealTests,
  },
  {
    name: 'seal-purpose-is-one-line',
    file: seal,
    text: `if (purpose.includes('\\n')) throw new RangeError('a purpose is one line')`,
    instead: '',
    tests: sealTests,
  },
  {
    name: 'seal-new-nonce-each-time',
    file: seal,
    text: 'const nonce = randomBytes(nonceBytes)',
    instead: 'const nonce = randomBytes(nonceBytes).fill(7)',
    tests: sealTests,
  },
  {
    name: 'envelope-asks-for-no-endless-work',
    file: envelope,
    text: 'z.int().min(19_456).max(1_048_576)',
    instead: 'z.int().min(8)',
    tests: [...vaultTests, 'hardening/seal-places.test.ts'],
  },
  {
    name: 'envelope-bound-to-its-workspace',
    file: envelope,
    text: '    head.workspaceId,\n',
    instead: '',
    tests: [...vaultTests, 'hardening/seal-places.test.ts'],
  },
  {
    name: 'envelope-passphrase-of-a-length',
    file: envelope,
    text: `if (Array.from(passphrase.normalize('NFKC')).length < passphraseMinLength) {`,
    instead: `if (passphrase === '') {`,
    tests: [...vaultTests, ...travelTests],
  },
  {
    name: 'envelope-own-salt',
    file: envelope,
    text: `salt: randomBytes(16).toString('base64')`,
    instead: `salt: randomBytes(16).fill(1).toString('base64')`,
    tests: [...vaultTests, ...travelTests, 'hardening/seal-places.test.ts'],
  },
  {
    name: 'vault-label-agrees-with-the-envelope',
    file: vault,
    text: `if (file.envelope.workspaceId !== file.workspaceId) throw new NocturneError('wrong-passphrase')`,
    instead: '',
    tests: vaultTests,
  },
  {
    name: 'vault-keychain-kept-it',
    file: vault,
    text: `if (!isKept) throw new NocturneError('keychain-unavailable', { why: 'entry was not kept' })`,
    instead: '',
    tests: vaultTests,
  },
  {
    name: 'vault-keys-are-the-right-ones',
    file: vault,
    text: 'if (found.length === mark.length && timingSafeEqual(found, mark)) return keys',
    instead: 'if (found.length === mark.length) return keys',
    tests: vaultTests,
  },
  {
    name: 'vault-same-keychain',
    file: vault,
    text: 'if (keychain.kind === remembered) return null',
    instead: 'if (keychain.kind !== undefined) return null',
    tests: vaultTests,
  },
  {
    name: 'vault-no-keys-over-keys',
    file: vault,
    text: `if (mode === 'create' && readKeyFile(dir) !== null) throw new NocturneError('already-set-up')`,
    instead: '',
    tests: [...vaultTests, 'hardening/seal-places.test.ts'],
  },
  {
    name: 'vault-store-without-keys-is-not-new',
    file: vault,
    text: 'if (existsSync(join(dir, storeFile))) {',
    instead: `if (storeFile === '') {`,
    tests: vaultTests,
  },
  {
    name: 'vault-keys-file-of-its-owner',
    file: 'src-main/vault/key-file.ts',
    text: `openSync(temporary, 'wx', 0o600)`,
    instead: `openSync(temporary, 'wx', 0o644)`,
    tests: vaultTests,
  },
  {
    name: 'vault-keys-file-closed-to-others',
    file: 'src-main/vault/key-file.ts',
    text: `if (process.platform !== 'win32' && (lstatSync(path).mode & 0o077) !== 0) chmodSync(path, 0o600)`,
    instead: '',
    tests: vaultTests,
  },
  {
    name: 'vault-wiped',
    file: 'src-main/vault/workspace-keys.ts',
    text: '      vaultKey.fill(0)\n',
    instead: '',
    tests: vaultTests,
  },
  {
    name: 'recovery-key-checksum',
    file: 'src-main/vault/recovery-key.ts',
    text: 'if (checkOf(secret) === plain.slice(secretLetters)) return secret',
    instead: 'return secret',
    tests: travelTests,
  },
  {
    name: 'backup-way-bound-to-its-kind',
    file: 'src-main/vault/backup-envelope.ts',
    text: 'rowId: `${workspaceId}/${bound}`',
    instead: 'rowId: `${bound}`',
    tests: [...travelTests, 'hardening/seal-places.test.ts'],
  },
]
