import { Writable } from 'node:stream'
import { pino } from 'pino'
import { createRedactor, type Redactor } from './redaction.ts'

export interface Log {
  debug(event: string, details?: object): void
  info(event: string, details?: object): void
  warn(event: string, details?: object): void
  error(event: string, details?: object): void
  /** A secret that is now in memory and must never appear in a line. */
  hide(secret: string | Buffer): void
}

/**
 * One JSON line per event; `event` is a fixed text (never built from input), the rest goes into
 * `details`. The sink gets only redacted lines.
 */
export const createLog = (options: {
  readonly write: (line: string) => void
  readonly level?: 'debug' | 'info' | 'warn' | 'error'
  readonly redactor?: Redactor
}): Log => {
  const redactor = options.redactor ?? createRedactor()
  const sink = new Writable({
    decodeStrings: false,
    write(chunk: string, _encoding, next) {
      // SECURITY: the last net; test/engine/log.test.ts greps the sink for random secrets.
      options.write(redactor.line(chunk))
      next()
    },
  })
  const logger = pino({ level: options.level ?? 'info', base: null }, sink)
  const at =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (event: string, details: object = {}): void => {
      logger[level](redactor.value(details) as object, event)
    }
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    hide: redactor.hide,
  }
}

export const silentLog: Log = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  hide: () => {},
}
