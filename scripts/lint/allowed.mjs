// Which file may use which word of which rule: exactly these. A file that needs one more says so
// here, with why it is safe there; one that needs it no more goes (test/house/lint-rules.test.ts).

const wholeFile = ['open', 'rename', 'rm']

export const allowed = {
  'electron-imports': {
    'src-main/main.ts': ['app'],
    // The one place that has Electron's parts in hand; the others get the part they need as a port.
    'src-main/shell/start-shell.ts': [
      'app',
      'BrowserWindow',
      'clipboard',
      'dialog',
      'ipcMain',
      'Menu',
      'nativeImage',
      'Notification',
      'powerMonitor',
      'protocol',
      'session',
      'shell',
      'Tray',
    ],
    'src-main/shell/preload.ts': ['contextBridge', 'ipcRenderer'],
    'src-main/shell/confirm-preload.ts': ['contextBridge', 'ipcRenderer'],
  },
  // Row 17: asks who calls.
  'ipc-main': { 'src-main/shell/ipc.ts': ['handle', 'removeHandler'] },
  // Row 20: one preload for the console's page, one for the confirmation window.
  'ipc-renderer': {
    'src-main/shell/preload.ts': ['invoke', 'on', 'off'],
    'src-main/shell/confirm-preload.ts': ['invoke'],
  },
  'context-bridge': {
    'src-main/shell/preload.ts': ['exposeInMainWorld'],
    'src-main/shell/confirm-preload.ts': ['exposeInMainWorld'],
  },
  // Of our own locales' words, with no path to begin at; what is chosen goes to the engine alone.
  'system-dialogs': { 'src-main/shell/file-dialog.ts': ['showOpenDialog'] },
  // Row 15: https and a known host.
  'hand-over-to-system': { 'src-main/shell/open-external.ts': ['openExternal'] },
  // Both of windowOptions; what a page may do cannot be said here (`web-preferences`).
  'window-factory': {
    'src-main/shell/start-shell.ts': ['BrowserWindow'],
    'src-main/shell/confirm-window.ts': ['BrowserWindow'],
  },
  // Rows 2 to 4, 6, 8 to 13 and 36.
  'web-preferences': {
    'src-main/shell/window.ts': [
      'webPreferences',
      'preload',
      'nodeIntegration',
      'nodeIntegrationInWorker',
      'nodeIntegrationInSubFrames',
      'contextIsolation',
      'sandbox',
      'webSecurity',
      'allowRunningInsecureContent',
      'experimentalFeatures',
      'disableBlinkFeatures',
      'webviewTag',
      'navigateOnDragDrop',
      'devTools',
    ],
  },
  // Rows 1, 5 and 14.
  'session-policy': {
    'src-main/shell/policy.ts': [
      'setPermissionRequestHandler',
      'setPermissionCheckHandler',
      'setDevicePermissionHandler',
      'setDisplayMediaRequestHandler',
      'setWindowOpenHandler',
      'webRequest',
    ],
  },
  // Row 18; the privileges have to be said before Electron is ready.
  protocols: {
    'src-main/shell/app-protocol.ts': ['handle', 'unhandle'],
    'src-main/shell/start-shell.ts': ['registerSchemesAsPrivileged'],
  },
  'powerful-modules': {
    // Our own workers, from files of our own bundle.
    'src-main/engine/engine-host.ts': ['worker_threads'],
    'src-main/engine/engine-worker.ts': ['worker_threads', 'dgram'],
    'src-main/engine/start-store-worker.ts': ['worker_threads'],
    'src-main/engine/store-worker.ts': ['worker_threads'],
    'src-main/history/history-worker.ts': ['worker_threads'],
    'src-main/history/start-history-worker.ts': ['worker_threads'],
    'src-main/simulator/plant-worker.ts': ['worker_threads'],
    'src-main/simulator/start-plant-worker.ts': ['worker_threads'],
    // To the OLTs, and from them.
    'src-main/olt/cli/telnet-transport.ts': ['net'],
    // Receipts go to the printer whose address a person typed (docs/counter.md).
    'src-main/billing/counter/printer.ts': ['net'],
    'src-main/olt/snmp/transport.ts': ['dgram', 'dns/promises'],
    'src-main/olt/traps/trap-receiver.ts': ['dgram'],
    'src-main/traps/traps.ts': ['dns/promises'],
    // Hears one answer of the system's browser, on the loopback (docs/security.md).
    'src-main/access/company/loopback-listener.ts': ['http'],
    // Whom the system trusts, to the list of trusted authorities; it opens nothing.
    'src-main/access/company/system-authorities.ts': ['tls'],
    // To the keychain's own socket.
    'src-main/vault/secret-service-probe.ts': ['net'],
    // What stands in for OLTs, on the loopback.
    'src-main/replay/serve-recording.ts': ['dgram'],
    'src-main/simulator/cli/ssh-server.ts': ['net'],
    'src-main/simulator/cli/telnet-server.ts': ['net'],
    'src-main/simulator/cli/tftp-put.ts': ['dgram'],
    'src-main/simulator/snmp/agent-socket.ts': ['dgram'],
  },
  'own-machine-only': {
    // Traps come from the network: the person says on which address and port (docs/traps.md).
    'src-main/olt/traps/trap-receiver.ts': ['bind'],
    // Their host is a parameter, 127.0.0.1 unless a person of the terminal says otherwise.
    'src-main/replay/serve-recording.ts': ['bind'],
    'src-main/simulator/cli/cli-listener.ts': ['listen'],
    'src-main/simulator/snmp/agent-socket.ts': ['bind'],
  },
  'file-writes': {
    'src-main/main.ts': ['mkdtempSync', 'rmSync'], // the simulated workspace
    'src-main/shell/start-shell.ts': ['writeFile'], // the picture of --check
    'src-main/shell/check.ts': ['mkdirSync'],
    'src-main/store/workspace-files.ts': ['mkdirSync', 'openSync', 'chmodSync'],
    'src-main/store/audit-checkpoint-file.ts': ['openSync', 'writeSync'],
    'src-main/store/backup-file.ts': ['createWriteStream', 'open'],
    'src-main/store/backup.ts': ['renameSync', 'rmSync'],
    'src-main/store/journal-proof.ts': ['openSync'], // reads
    'src-main/store/page-proof.ts': ['openSync'], // reads
    'src-main/store/rotate-store.ts': ['openSync', 'renameSync'],
    'src-main/vault/key-file.ts': [
      'mkdirSync',
      'openSync',
      'writeSync',
      'linkSync',
      'renameSync',
      'chmodSync',
      'rmSync',
    ],
    'src-main/vault/vault.ts': ['rmSync'],
    'src-main/workspace/registry-file.ts': ['openSync', 'writeSync', 'renameSync', 'rmSync'],
    'src-main/workspace/registry.ts': ['mkdirSync', 'rmdirSync'],
    'src-main/workspace/wipe.ts': ['rmSync'],
    'src-main/history/history-file.ts': ['mkdirSync', 'openSync', 'chmodSync', 'rmSync'],
    'src-main/backups/backup-folder.ts': ['rmSync'],
    'src-main/backups/make-backup.ts': ['rmSync'],
    'src-main/backups/read-backup.ts': ['mkdtemp', 'rmSync'],
    'src-main/backups/restore.ts': ['renameSync', 'rmSync', 'rmdirSync', 'writeFileSync'],
    'src-main/backups/transfer/pack.ts': ['open', 'renameSync', 'rmSync'],
    'src-main/backups/transfer/read-transfer.ts': ['mkdirSync', 'open', 'rmSync'],
    'src-main/backups/transfer/sealed-file.ts': ['openSync'], // reads
    'src-main/backups/transfer/under-way.ts': ['rmSync'],
    // Papers that are handed out: of the engine's own names, within the workspace's exports.
    'src-main/billing/pdf/paper-files.ts': ['mkdir', 'open', 'rename', 'rm', 'writeFile'],
    'src-main/billing/vouchers/sheet-files.ts': wholeFile, // printed cards
    'src-main/engine/engine-worker.ts': ['rmSync'], // the simulated workspace
    'src-main/engine/last-known-file.ts': ['writeFileSync', 'renameSync', 'rmSync'], // sealed
    'src-main/engine/log-file.ts': ['appendFileSync', 'mkdirSync', 'renameSync', 'chmodSync'],
    'src-main/audit/export.ts': wholeFile,
    'src-main/olt-backups/export-file.ts': ['writeFileSync'],
    'src-main/olt/family/read-inside.ts': ['openSync'], // reads
    'src-main/families/family-set.ts': ['mkdirSync'],
    'src-main/plant/map-file.ts': [
      'mkdirSync',
      'open',
      'openSync',
      'writeSync',
      'renameSync',
      'rmSync',
    ],
    'src-main/terminal/backup-command.ts': ['copyFileSync', 'renameSync', 'rmSync'],
    'src-main/terminal/capture-file.ts': wholeFile,
  },
  // A simulated workspace's provider is http on this machine: there is no certificate to believe.
  'checked-certificates': { 'src-main/access/company/provider.ts': ['allowInsecureRequests'] },
  environment: {
    'src-main/main.ts': ['DISPLAY'],
    'src-main/cli.ts': ['APPDATA', 'XDG_CONFIG_HOME'],
    'src-main/vault/os-keychain.ts': ['DBUS_SESSION_BUS_ADDRESS', 'XDG_RUNTIME_DIR'],
    // The terminal's way to hand over a passphrase without typing it; the variable is named there.
    'src-main/terminal/secret-input.ts': ['*'],
  },
  'page-bridge': {
    'src-renderer/client/client.ts': ['nocturne'],
    'src-renderer/confirm/confirm.ts': ['confirmation'],
    'src-renderer/confirm/secret.ts': ['confirmation'],
  },
}
