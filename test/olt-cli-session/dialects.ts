import type { CliDialect } from '../../src-main/olt/cli/cli-dialect.ts'
import type { CliCommand, CliMode } from '../../src-main/olt/cli/cli-session.ts'

const enter = { text: '', enter: true }
const top: CliMode = { name: 'user', values: {} }

/** After facts/olt.md 9.1, cut to what the tests of the session side need. */
export const huaweiLike: CliDialect = {
  lineEnd: 'lf',
  login: {
    userName: [/^>>User name:$/],
    password: [/^>>User password:$/],
    refused: [/Username or password invalid/],
    tooManySessions: [/sessions? has reached the limit/],
    passwordExpired: [/password has expired/],
    banners: [{ match: /continue\? \[Y\/N\]:$/, reply: { text: 'Y', enter: true } }],
    wake: null,
    timeoutMs: 20_000,
  },
  modes: [
    { name: 'user', prompt: /^(?<host>[\w-]+)>$/, enter: null, leave: null },
    {
      name: 'enable',
      prompt: /^(?<host>[\w-]+)#$/,
      enter: {
        parent: 'user',
        line: 'enable',
        password: /^Enable password:$/,
        questions: [],
      },
      leave: 'disable',
    },
    {
      name: 'config',
      prompt: /^(?<host>[\w-]+)\(config\)#$/,
      enter: { parent: 'enable', line: 'config', password: null, questions: [] },
      leave: 'quit',
    },
    {
      name: 'gpon',
      prompt: /^(?<host>[\w-]+)\(config-if-gpon-(?<frame>\d+)\/(?<slot>\d+)\)#$/,
      enter: {
        parent: 'config',
        line: 'interface gpon {frame}/{slot}',
        password: null,
        questions: [],
      },
      leave: 'quit',
    },
  ],
  setup: [],
  pagers: [
    {
      match: /---- More \( Press 'Q' to break \) ----$/,
      next: { text: ' ', enter: false },
      quit: { text: 'q', enter: false },
    },
  ],
  parameterPrompts: [{ match: /^\{ [^}]*\}:$/, reply: enter }],
  reEcho: /^\s*Command:$/,
  confirmations: [
    {
      match: /\(y\/n\)\[n\]:$/,
      yes: { text: 'y', enter: true },
      no: { text: 'n', enter: true },
    },
  ],
  noise: [
    { line: /^! RUNNING/, until: /^--- END$/ },
    { line: /^\[\d{4}\/\d\d\/\d\d [\d:]{8}\]/, until: null },
    { line: /Command is being executed/, until: null },
  ],
  errors: [
    { match: /Failure: System is busy/, kind: 'busy' },
    { match: /Failure: SN already exists/, kind: 'serial-exists' },
    { match: /Automatically found ONTs do not exist/, kind: 'nothing-found' },
    { match: /^\s*Failure:/, kind: 'other' },
    { match: /^\s*% /, kind: 'syntax' },
  ],
  interrupt: '\u0003',
  logout: {
    from: null,
    line: 'quit',
    questions: [{ match: /\(y\/n\)\[n\]:$/, reply: { text: 'y', enter: true } }],
    timeoutMs: 3_000,
  },
  neverInLine: /\?/,
  limits: { settleMs: 20, lineLength: 240, silenceMs: 10_000, recoverMs: 4_000 },
  window: { columns: 132, rows: 40 },
  transports: ['ssh', 'telnet'],
  legacySsh: true,
}

/** After facts/olt.md 9.2: two modes with one prompt, login ends in `#`. */
export const zteLike: CliDialect = {
  ...huaweiLike,
  lineEnd: 'crlf',
  login: {
    ...huaweiLike.login,
    userName: [/^Username:$/],
    password: [/^Password:$/],
    refused: [/No username or bad password/, /Username or password error/],
  },
  modes: [
    { name: 'enable', prompt: /^(?<host>[\w-]+)#$/, enter: null, leave: null },
    {
      name: 'config',
      prompt: /^(?<host>[\w-]+)\(config\)#$/,
      enter: { parent: 'enable', line: 'configure terminal', password: null, questions: [] },
      leave: 'exit',
    },
    {
      name: 'olt',
      prompt: /^(?<host>[\w-]+)\(config-if\)#$/,
      enter: {
        parent: 'config',
        line: 'interface gpon-olt_{pon}',
        password: null,
        questions: [],
      },
      leave: 'exit',
    },
    {
      name: 'onu',
      prompt: /^(?<host>[\w-]+)\(config-if\)#$/,
      enter: {
        parent: 'config',
        line: 'interface gpon-onu_{onu}',
        password: null,
        questions: [],
      },
      leave: 'exit',
    },
  ],
  pagers: [
    {
      match: /--More--$/,
      next: { text: ' ', enter: false },
      quit: { text: 'q', enter: false },
    },
  ],
  parameterPrompts: [],
  reEcho: null,
  confirmations: [
    {
      match: /\[yes\/no\]:$/,
      yes: { text: 'yes', enter: true },
      no: { text: 'no', enter: true },
    },
  ],
  noise: [],
  errors: [
    { match: /^%Code 6?3?2310-GPONSRV : No related/, kind: 'nothing-found' },
    { match: /^%Error 2020\d/, kind: 'syntax' },
    { match: /^%Code/, kind: 'other' },
  ],
  logout: {
    from: null,
    line: 'exit',
    questions: [{ match: /\[yes\/no\]:$/, reply: { text: 'yes', enter: true } }],
    timeoutMs: 3_000,
  },
}

export const ask = (line: string, mode: CliMode = top): CliCommand => ({
  mode,
  line,
  shown: line,
  confirm: false,
  silenceMs: 10_000,
  timeoutMs: 60_000,
  maxAnswer: 200_000,
})

export const inUser = top
export const inEnable: CliMode = { name: 'enable', values: {} }
export const inConfig: CliMode = { name: 'config', values: {} }

export const someone = { userName: 'noc', password: 'pass-word-1', enablePassword: 'enable-2' }
export const never = new AbortController().signal
