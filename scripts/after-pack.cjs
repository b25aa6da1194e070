// Decides every fuse of the packaged Electron (facts in docs/security.md, row 19). An afterPack
// hook, because electron-builder's own setting knows neither `strictlyRequireAllFuses` nor the
// WASM fuse.
const { join } = require('node:path')

/** Pure, so that test/packaging/fuses.test.ts can hold it against docs/security.md. */
const fusesFor = (platform, { FuseV1Options, FuseVersion }) => ({
  version: FuseVersion.V1,
  strictlyRequireAllFuses: true,
  resetAdHocDarwinSignature: platform === 'darwin',
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  // Linux has no OS layer to anchor it (declined by Electron's maintainers).
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: platform !== 'linux',
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  [FuseV1Options.WasmTrapHandlers]: true,
})

const binaryOf = (context) => {
  const name = context.packager.appInfo.productFilename
  switch (context.electronPlatformName) {
    case 'darwin':
      return join(context.appOutDir, `${name}.app`)
    case 'win32':
      return join(context.appOutDir, `${name}.exe`)
    default:
      return join(context.appOutDir, context.packager.executableName)
  }
}

module.exports = async (context) => {
  const fuses = await import('@electron/fuses')
  await fuses.flipFuses(binaryOf(context), fusesFor(context.electronPlatformName, fuses))
}
module.exports.fusesFor = fusesFor
