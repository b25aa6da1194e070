/** The layers of the house (docs/architecture.md): arrows point one way. */
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

module.exports = {
  forbidden: [
    rule(
      'electron-only-in-shell',
      'Electron is imported by src-main/shell and main.ts alone; the engine is plain Node.',
      { path: '^src-', pathNot: '^src-main/(shell/|main\\.ts$)' },
      { path: '(^|node_modules/)electron($|/)' },
    ),
    rule(
      'shared-imports-itself-and-zod',
      'src-shared imports zod and itself only.',
      { path: '^src-shared/' },
      { pathNot: '^src-shared/|node_modules/zod/' },
    ),
    rule(
      'renderer-knows-no-main',
      'The renderer reaches the engine through the contract.',
      { path: '^src-renderer/' },
      { path: '^src-main/|^test/' },
    ),
    rule(
      'main-knows-no-renderer',
      'The engine draws nothing.',
      { path: '^src-main/' },
      { path: '^src-renderer/|^test/' },
    ),
    rule(
      'shell-through-the-engine-host',
      'The shell knows the engine’s port, no capability.',
      { path: '^src-main/shell/' },
      { path: '^src-main/(?!shell/)' },
    ),
    rule(
      'foundations-stand-alone',
      'olt, store, vault, history and simulator know no capability and not each other.',
      { path: '^src-main/(olt|store|vault|history|simulator)/' },
      {
        path: '^src-main/',
        pathNot: '^src-main/($1/|sqlcipher/|engine/clock\\.ts$|engine/log\\.ts$)',
      },
    ),
    rule(
      'simulator-shares-no-decoding',
      'What tests the drivers must not be made of them.',
      { path: '^src-main/simulator/' },
      { path: '^src-main/olt/|node_modules/net-snmp/' },
    ),
    rule(
      'capabilities-meet-through-the-contract',
      'Capabilities do not reach into each other’s files.',
      {
        path: '^src-main/(network|families|traps|alarms|outages|plant|search|handover|backups|access|audit|preferences|workspace|olt-cli|olt-backups|provisioning|approvals|billing|subscribers|tickets|fieldwork)/',
      },
      {
        path: '^src-main/(network|families|traps|alarms|outages|plant|search|handover|backups|access|audit|preferences|workspace|olt-cli|olt-backups|provisioning|approvals|billing|subscribers|tickets|fieldwork)/',
        pathNot: '^src-main/$1/',
      },
    ),
    rule(
      'no-unlisted-packages',
      'What is imported is in package.json.',
      { path: '^src-' },
      {
        dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown', 'undetermined'],
        pathNot: '^electron$',
      },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    moduleSystems: ['es6', 'cjs'],
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
    exclude: { path: '\\.(css|json)$' },
  },
}
