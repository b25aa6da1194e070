// The raw calls of Electron: each in the one file that guards it (docs/security.md rows 1 to 20).
import { keyOf, lastName, onMembers, onModules, takenFrom, together } from './names.mjs'

/** A property of this name, on whatever it stands. */
const anyMember = (words) => (report) =>
  onMembers((node, name) => {
    if (words.has(name)) report(node, name)
  })

/** Whatever is reached for on a thing of this name, and another name for the thing. */
const onThing = (thing) => (report) =>
  together(
    onMembers((node, name, object) => {
      if (lastName(object) === thing) report(node, name)
      const renamed = node.type === 'Property' && name === thing && lastName(node.value) !== thing
      if (renamed) report(node, `${thing} renamed`)
    }),
    {
      VariableDeclarator(node) {
        const isAlias = node.id.type === 'Identifier' && node.id.name !== thing
        if (isAlias && lastName(node.init) === thing) report(node, `${thing} renamed`)
      },
      ImportSpecifier(node) {
        if (node.imported.name === thing && node.local.name !== thing) {
          report(node, `${thing} renamed`)
        }
      },
    },
  )

const windowClasses = new Set(['BrowserWindow', 'BaseWindow', 'BrowserView', 'WebContentsView'])

const pageSettings = new Set([
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
  'enableBlinkFeatures',
  'disableBlinkFeatures',
  'webviewTag',
  'navigateOnDragDrop',
  'devTools',
  'overrideBrowserWindowOptions',
])

const schemeWords =
  /^(?:registerSchemesAsPrivileged|(?:register|intercept)(?:File|Buffer|String|Http|Stream)Protocol|setAsDefaultProtocolClient)$/

const objectKeys = (words) => (report) => ({
  Property(node) {
    const name = keyOf(node.key, node.computed)
    if (words.has(name) && node.value?.type !== 'AssignmentPattern') report(node, name)
  },
  AssignmentExpression(node) {
    const name = node.left.type === 'MemberExpression' ? lastName(node.left) : null
    if (words.has(name)) report(node, name)
  },
})

export const electronRules = {
  'electron-imports': {
    says: 'what a file takes from Electron is written down',
    visit: (report) =>
      onModules((node, from, declaration) => {
        if (from !== 'electron' && !from?.startsWith('electron/')) return
        for (const name of takenFrom(declaration)) report(node, name)
      }),
  },
  'remote-module': {
    says: 'a page is never given the main process',
    visit: (report) =>
      together(
        onModules((node, from) => {
          if (from?.startsWith('@electron/remote')) report(node, '@electron/remote')
        }),
        anyMember(new Set(['enableRemoteModule']))(report),
        objectKeys(new Set(['enableRemoteModule']))(report),
      ),
  },
  'ipc-main': {
    says: 'a channel into the main process is opened where its sender is checked',
    visit: onThing('ipcMain'),
  },
  'ipc-renderer': {
    says: 'the page’s way out is its one preload',
    visit: onThing('ipcRenderer'),
  },
  'context-bridge': {
    says: 'what a page finds is put there by its one preload',
    visit: onThing('contextBridge'),
  },
  'hand-over-to-system': {
    says: 'what the system opens goes through the one function that looks at it',
    visit: anyMember(
      new Set([
        'openExternal',
        'openPath',
        'openItem',
        'showItemInFolder',
        'trashItem',
        'writeShortcutLink',
      ]),
    ),
  },
  'window-factory': {
    says: 'a window is made of windowOptions, by the two that open one',
    visit: (report) => ({
      NewExpression(node) {
        const name = lastName(node.callee)
        if (windowClasses.has(name)) report(node, name)
      },
      ClassDeclaration(node) {
        const name = node.superClass === null ? null : lastName(node.superClass)
        if (windowClasses.has(name)) report(node, name)
      },
    }),
  },
  'web-preferences': {
    says: 'what a page may do is stated in one place',
    visit: (report) => {
      const visitors = objectKeys(pageSettings)(report)
      return {
        AssignmentExpression: visitors.AssignmentExpression,
        ObjectExpression(node) {
          for (const one of node.properties) if (one.type === 'Property') visitors.Property(one)
        },
      }
    },
  },
  'page-scripts': {
    says: 'nothing is run in a page from outside, and no page is opened up for it',
    visit: anyMember(
      new Set([
        'executeJavaScript',
        'executeJavaScriptInIsolatedWorld',
        'executeInMainWorld',
        'insertCSS',
        'openDevTools',
        'toggleDevTools',
        'registerPreloadScript',
        'setPreloads',
        'loadExtension',
      ]),
    ),
  },
  'session-policy': {
    says: 'what a page may ask for is decided by the policy',
    visit: anyMember(
      new Set([
        'setPermissionRequestHandler',
        'setPermissionCheckHandler',
        'setDevicePermissionHandler',
        'setDisplayMediaRequestHandler',
        'setUSBProtectedClassesHandler',
        'setBluetoothPairingHandler',
        'setCertificateVerifyProc',
        'setWindowOpenHandler',
        'webRequest',
      ]),
    ),
  },
  protocols: {
    says: 'the one scheme is served by the one resolver',
    visit: (report) =>
      onMembers((node, name, object) => {
        const isOnIt = lastName(object) === 'protocol' && /^(?:un)?handle$|Protocol/.test(name)
        if (isOnIt || schemeWords.test(name)) report(node, name)
      }),
  },
  'system-dialogs': {
    says: 'no dialog of the system is opened with a text or a path that came from elsewhere',
    visit: anyMember(
      new Set([
        'showOpenDialog',
        'showOpenDialogSync',
        'showSaveDialog',
        'showSaveDialogSync',
        'showMessageBox',
        'showMessageBoxSync',
        'showErrorBox',
        'showCertificateTrustDialog',
      ]),
    ),
  },
  'command-line': {
    says: 'no switch of Chromium is set',
    visit: anyMember(new Set(['commandLine', 'appendSwitch', 'appendArgument'])),
  },
}
