// The raw calls of Node and of the page that the console does without, or makes in few places.
import { lastName, onMembers, onModules, takenFrom, textOf, together, unwrapped } from './names.mjs'

const withoutScheme = (name) => name?.replace(/^node:/, '') ?? null

const powerfulModules = new Set([
  'child_process',
  'cluster',
  'dgram',
  'dns',
  'dns/promises',
  'http',
  'http2',
  'https',
  'inspector',
  'inspector/promises',
  'module',
  'net',
  'repl',
  'tls',
  'v8',
  'vm',
  'worker_threads',
])

const sockets = new Set(['net', 'dgram', 'http', 'http2', 'https', 'tls'])

/** `open` and `openSync` among them: what they are opened for stands in an argument. */
const writing =
  /^(?:writev?|writeFile|appendFile|rm|rmdir|unlink|rename|mkdir|mkdtemp|createWriteStream|l?chmod|l?chown|copyFile|cp|f?truncate|symlink|link|open|WriteStream|promises|default|\*)(?:Sync)?$/

const pageRequests = new Set([
  'fetch',
  'XMLHttpRequest',
  'WebSocket',
  'EventSource',
  'WebTransport',
])
const globals = new Set(['window', 'globalThis', 'self', 'document'])
const ownHosts = new Set(['127.0.0.1', '::1'])

/** A global by its bare name where it is called or made, or as a property of the global object. */
const onGlobals = (words, report) =>
  together(
    onMembers((node, name, object) => {
      if (words.has(name) && globals.has(lastName(object))) report(node, name)
    }),
    {
      CallExpression(node) {
        if (node.callee.type === 'Identifier' && words.has(node.callee.name)) {
          report(node, node.callee.name)
        }
      },
      NewExpression(node) {
        if (node.callee.type === 'Identifier' && words.has(node.callee.name)) {
          report(node, node.callee.name)
        }
      },
    },
  )

const stores = new Set(['localStorage', 'sessionStorage', 'indexedDB', 'cookieStore', 'caches'])
const timers = new Set(['setTimeout', 'setInterval', 'setImmediate'])
const unchecked = new Set([
  'rejectUnauthorized',
  'checkServerIdentity',
  'allowInsecureRequests',
  'NODE_TLS_REJECT_UNAUTHORIZED',
])

/** Whether the address is written out, here: as an argument or as `host` of the options. */
const isOwnHost = (argument) => {
  const inner = unwrapped(argument)
  if (ownHosts.has(textOf(inner))) return true
  if (inner?.type !== 'ObjectExpression') return false
  return inner.properties.some(
    (one) =>
      one.type === 'Property' &&
      ['host', 'address'].includes(one.key.name) &&
      ownHosts.has(textOf(one.value)),
  )
}

export const plainRules = {
  'powerful-modules': {
    says: 'who starts processes, opens sockets or loads code is written down',
    visit: (report) =>
      onModules((node, from, declaration) => {
        const name = withoutScheme(from)
        const taken = takenFrom(declaration).filter(
          (one) => !/^(?:isIP(?:v4|v6)?|BlockList)$/.test(one),
        )
        if (powerfulModules.has(name) && taken.length > 0) report(node, name)
      }),
  },
  'file-writes': {
    says: 'who writes files is written down: the store, the vault and those who have a file of their own',
    visit: (report) =>
      onModules((node, from, declaration) => {
        if (!['fs', 'fs/promises'].includes(withoutScheme(from))) return
        for (const name of takenFrom(declaration)) if (writing.test(name)) report(node, name)
      }),
  },
  'own-machine-only': {
    says: 'what listens listens on this machine alone, by an address that is written out',
    visit: (report) => {
      let hasSockets = false
      return together(
        onModules((_node, from) => {
          if (sockets.has(withoutScheme(from))) hasSockets = true
        }),
        {
          CallExpression(node) {
            const { callee } = node
            const name = callee.type === 'MemberExpression' ? lastName(callee) : null
            if (!hasSockets || (name !== 'listen' && name !== 'bind')) return
            if (!node.arguments.some(isOwnHost)) report(node, name)
          },
        },
      )
    },
  },
  environment: {
    says: 'nothing secret is taken from the environment; who reads it is written down',
    visit: (report) =>
      together(
        onMembers((node, name, object) => {
          if (lastName(object) === 'process' && name === 'env') {
            const above = node.parent
            const isRead = above?.type === 'MemberExpression' && above.object === node
            const variable = isRead
              ? above.computed
                ? textOf(above.property)
                : lastName(above)
              : null
            report(node, variable ?? '*')
          }
        }),
        onModules((node, from, declaration) => {
          if (withoutScheme(from) !== 'process') return
          if (takenFrom(declaration).some((name) => ['env', '*', 'default'].includes(name))) {
            report(node, '*')
          }
        }),
      ),
  },
  'checked-certificates': {
    says: 'a server is believed by its certificate and not otherwise',
    visit: (report) =>
      together(
        onMembers((node, name) => {
          if (unchecked.has(name)) report(node, name)
        }),
        {
          Property(node) {
            const name = node.computed ? textOf(node.key) : (node.key.name ?? textOf(node.key))
            const isOn = name === 'rejectUnauthorized' && node.value?.value === true
            if (unchecked.has(name) && !isOn && node.parent?.type !== 'ObjectPattern') {
              report(node, name)
            }
          },
          ImportSpecifier(node) {
            if (unchecked.has(node.imported.name)) report(node, node.imported.name)
          },
        },
      ),
  },
  'code-from-text': {
    says: 'text is never run',
    visit: (report) =>
      together(
        onGlobals(new Set(['eval', 'Function', 'importScripts']), report),
        onMembers((node, name, object) => {
          if (['dlopen', 'binding'].includes(name) && lastName(object) === 'process') {
            report(node, name)
          }
        }),
        {
          CallExpression(node) {
            const name = lastName(node.callee)
            if (timers.has(name) && textOf(node.arguments[0]) !== null) report(node, name)
            if (name === 'constructor') report(node, 'constructor')
          },
          ImportExpression(node) {
            if (textOf(node.source) === null) report(node, 'import()')
          },
          Literal(node) {
            if (typeof node.value === 'string' && /^\s*javascript:/i.test(node.value)) {
              report(node, 'javascript:')
            }
          },
        },
      ),
  },
  'markup-from-text': {
    says: 'text is shown as text and never becomes markup',
    visit: (report) => {
      const words = new Set([
        'innerHTML',
        'outerHTML',
        'insertAdjacentHTML',
        'setHTMLUnsafe',
        'parseHTMLUnsafe',
        'createContextualFragment',
        'parseFromString',
        'srcdoc',
        'dangerouslySetInnerHTML',
      ])
      return together(
        onMembers((node, name, object) => {
          if (words.has(name)) report(node, name)
          const isWrite = name === 'write' || name === 'writeln'
          if (isWrite && lastName(object) === 'document') report(node, name)
        }),
        {
          Property(node) {
            if (node.key.name === 'dangerouslySetInnerHTML') report(node, node.key.name)
          },
          JSXAttribute(node) {
            const name = node.name.name
            if (name === 'dangerouslySetInnerHTML' || name === 'srcDoc') report(node, name)
          },
        },
      )
    },
  },
  'web-requests': {
    says: 'the console asks nothing of the web by itself',
    visit: (report) =>
      together(onGlobals(pageRequests, report), {
        MemberExpression(node) {
          if (lastName(node) === 'sendBeacon') report(node, 'sendBeacon')
        },
      }),
  },
  'page-bridge': {
    says: 'a screen calls the engine through the client, which knows the contract',
    visit: (report) =>
      onMembers((node, name, object) => {
        const isBridge = name === 'nocturne' || name === 'confirmation'
        if (isBridge && globals.has(lastName(object))) report(node, name)
      }),
  },
  'page-storage': {
    says: 'what a page keeps lies unencrypted: who keeps something there is written down',
    visit: (report) => ({
      Identifier(node) {
        const isKey = node.parent?.type === 'Property' && !node.parent.computed
        if (stores.has(node.name) && !isKey) report(node, node.name)
      },
      MemberExpression(node) {
        const name = lastName(node)
        if (name === 'cookie' && lastName(node.object) === 'document') report(node, 'cookie')
        if (node.computed && stores.has(name)) report(node, name)
      },
    }),
  },
  'page-navigation': {
    says: 'the console changes places without loading a page',
    visit: (report) =>
      together(
        onMembers((node, name, object) => {
          if (name === 'open' && lastName(object) === 'window') report(node, 'open')
          const isMove = ['assign', 'replace', 'reload'].includes(name)
          if (isMove && lastName(object) === 'location') report(node, name)
        }),
        {
          AssignmentExpression(node) {
            const { left } = node
            const isPlace = lastName(left) === 'location'
            const isPart = left.type === 'MemberExpression' && lastName(left.object) === 'location'
            if (isPlace || isPart) report(node, 'location')
          },
        },
      ),
  },
}
