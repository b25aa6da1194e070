// The keychain addon carries a binary for every platform; the package gets the one it is for.
const { cpSync, existsSync, mkdirSync, rmSync } = require('node:fs')
const { join } = require('node:path')

const archNames = ['ia32', 'x64', 'armv7l', 'arm64', 'universal']

module.exports = async (context) => {
  const folder = join(__dirname, '..', 'node_modules', 'keytar')
  const target = `${context.electronPlatformName}-${archNames[context.arch]}`
  const built = join(folder, 'prebuilds', target)
  if (!existsSync(built)) throw new Error(`keytar has no binary for ${target}`)
  const release = join(folder, 'build', 'Release')
  rmSync(release, { recursive: true, force: true })
  mkdirSync(release, { recursive: true })
  cpSync(built, release, { recursive: true })
}
