// The native packages carry a binary for every platform, or are installed for one: the package gets
// the ones it is for, and is not made without them.
const { cpSync, existsSync, mkdirSync, rmSync } = require('node:fs')
const { join } = require('node:path')

const archNames = ['ia32', 'x64', 'armv7l', 'arm64', 'universal']

/** What a package of this platform needs; npm installs the second only on a machine of its kind. */
const nativeFor = (platform, arch) => {
  const target = `${platform}-${arch}`
  const abi = { linux: '-gnu', win32: '-msvc' }[platform] ?? ''
  return {
    keychain: join('keytar', 'prebuilds', target),
    needed: [
      join('better-sqlite3', 'prebuilds', `${target}.node`),
      join('@node-rs', `argon2-${target}${abi}`),
    ],
  }
}

module.exports = async (context) => {
  const modules = join(__dirname, '..', 'node_modules')
  const { keychain, needed } = nativeFor(context.electronPlatformName, archNames[context.arch])
  for (const path of [keychain, ...needed]) {
    if (!existsSync(join(modules, path))) {
      throw new Error(`${path} is not there: packages are made on the platform they are for`)
    }
  }
  const release = join(modules, 'keytar', 'build', 'Release')
  rmSync(release, { recursive: true, force: true })
  mkdirSync(release, { recursive: true })
  cpSync(join(modules, keychain), release, { recursive: true })
}
module.exports.nativeFor = nativeFor
