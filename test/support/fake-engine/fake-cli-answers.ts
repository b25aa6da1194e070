/** What the fake engine's OLTs answer on their CLI; in the manner of one, of none in particular. */

const reading = /^(display|show|terminal|screen|enable|exit|quit|\?|$)/i

export const fakeCliIsRead = (line: string): boolean => reading.test(line)

export const fakeCliAnswer = (line: string): string => {
  const words = line.trim().toLowerCase()
  if (words === '?') return help
  if (/^(display|show) (version|system)/.test(words)) return version
  if (/^(display|show) (board|card)/.test(words)) return boards
  if (/^(display|show) ont info|^show gpon onu/.test(words)) return onus()
  if (/^(display|show) current|^show running/.test(words)) return long()
  if (reading.test(words)) return '  Nothing to show.'
  return words.startsWith('inter') || words.startsWith('conf')
    ? ''
    : `            ^\n% Unknown command, the error locates at '^'`
}

const help = [
  '---------------------------------------------',
  '  Command of user Mode:',
  '---------------------------------------------',
  'display           <Group> display command group',
  'enable            Turn on privileged mode commands',
  'ping              Send echo messages',
  'quit              Exit from current mode',
  'terminal          <Group> terminal command group',
].join('\n')

const version = [
  '  VERSION : OLTOS R019C10',
  '  PATCH   : SPH206 HP2201',
  '  PRODUCT : OLT-X7',
  '',
  '  Active Mainboard Running Area Information:',
  '  --------------------------------------------------',
  '  Current Program Area : Area B',
  '  Uptime is 204 day(s), 3 hour(s), 41 minute(s), 12 second(s)',
].join('\n')

const boards = [
  '  -------------------------------------------------------------------------',
  '  SlotID  BoardName  Status          SubType0 SubType1    Online/Offline',
  '  -------------------------------------------------------------------------',
  '  0       ',
  '  1       GPBD16     Normal                               Online',
  '  2       GPBD16     Normal                               Online',
  '  3       GPFD16     Normal                               Online',
  '  4       ',
  '  9       MCUD       Active_normal   CPCA                 Online',
  '  10      MCUD       Standby_normal  CPCA                 Online',
  '  -------------------------------------------------------------------------',
].join('\n')

const onus = (): string =>
  [
    '  In port 0/1/0, the total of ONTs are: 48, online: 46',
    '  ------------------------------------------------------------------------------',
    '  ONT  Run     Last                Last                Last',
    '  ID   state   UpTime              DownTime            DownCause',
    '  ------------------------------------------------------------------------------',
    ...Array.from(
      { length: 48 },
      (_, id) =>
        `  ${String(id).padEnd(4)} ${id % 23 === 7 ? 'offline' : 'online '} 2026-11-${String((id % 22) + 1).padStart(2, '0')} 0${id % 9}:1${id % 10}:4${id % 10} 2026-10-${String((id % 27) + 1).padStart(2, '0')} 11:0${id % 10}:02 ${id % 3 === 0 ? 'dying-gasp' : 'LOS'}`,
    ),
    '  ------------------------------------------------------------------------------',
  ].join('\n')

const long = (): string =>
  [
    '[OLTOS R019C10: 2001]',
    '#',
    ...Array.from({ length: 4000 }, (_, at) =>
      at % 12 === 0
        ? `interface gpon 0/${Math.floor(at / 1200) + 1}`
        : ` ont add ${at % 16} ${at % 128} sn-auth "48575443${((at * 2_654_435_761) >>> 0).toString(16).padStart(8, '0').toUpperCase()}" omci ont-lineprofile-id 10 ont-srvprofile-id ${10 + (at % 4)} desc "Jl. Melati ${at}"`,
    ),
    'return',
  ].join('\n')
