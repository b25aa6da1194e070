import { createRequire } from 'node:module'
import { FuseV1Options, FuseVersion } from '@electron/fuses'
import { describe, expect, it } from 'vitest'

const require = createRequire(import.meta.url)
const { fusesFor } = require('../../scripts/after-pack.cjs') as {
  fusesFor: (platform: string, fuses: object) => Record<string, unknown>
}

const decided = (platform: string) => fusesFor(platform, { FuseV1Options, FuseVersion })

describe('the fuses of the package', () => {
  it('are all decided, and a new one in Electron stops the build', () => {
    const all = Object.values(FuseV1Options).filter((value) => typeof value === 'number')
    for (const fuse of all) expect(typeof decided('linux')[fuse], String(fuse)).toBe('boolean')
    expect(decided('linux')['strictlyRequireAllFuses']).toBe(true)
  })

  it.each(['linux', 'win32', 'darwin'])('shut every side door on %s', (platform) => {
    const fuses = decided(platform)
    for (const off of [
      FuseV1Options.RunAsNode,
      FuseV1Options.EnableNodeOptionsEnvironmentVariable,
      FuseV1Options.EnableNodeCliInspectArguments,
      FuseV1Options.LoadBrowserProcessSpecificV8Snapshot,
      FuseV1Options.GrantFileProtocolExtraPrivileges,
    ]) {
      expect(fuses[off]).toBe(false)
    }
    expect(fuses[FuseV1Options.OnlyLoadAppFromAsar]).toBe(true)
    expect(fuses[FuseV1Options.EnableCookieEncryption]).toBe(true)
    expect(fuses[FuseV1Options.EnableEmbeddedAsarIntegrityValidation]).toBe(platform !== 'linux')
  })
})
