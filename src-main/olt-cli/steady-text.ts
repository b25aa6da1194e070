/**
 * What a configuration says differently at each reading although nothing was changed: when it was
 * printed, how long the OLT runs, how large the file is. Such lines are left out of what is compared,
 * not of what is kept. Families print them as comments mostly, so only comments and known heads go.
 */
const steadyFree: readonly RegExp[] = [
  // "! Current configuration : 4711 bytes", "Building configuration...", "Preparing configuration"
  /^[!#\s]*(?:current|running|startup)[- ]configuration\s*(?::|is)?\s*\d*\s*(?:bytes)?\s*$/iu,
  /^[!#\s]*(?:building|preparing|generating) (?:the )?(?:current )?configuration\b.{0,40}$/iu,
  // "! Last configuration change at 10:02:11 …", "#Saved at", "[2026-11-23 04:10:00]", "!time: …"
  /^[!#\s]*(?:last (?:configuration )?(?:change|update|saved?)|(?:last )?saved|generated|printed|created|exported)\s+(?:at|on|by|time)\b.{0,200}$/iu,
  /^[!#\s]*\[?(?:date|time|system time|uptime|up ?time|timestamp)\b\s*(?:is|:|=).{0,100}$/iu,
  // A comment that is nothing but a moment.
  /^[!#\s]*\[?\d{2,4}[-/.]\d{1,2}[-/.]\d{1,4}[ T,]+\d{1,2}:\d{2}(?::\d{2})?(?:[ ]?[+-]\d{2}:?\d{2}|Z)?\]?\s*$/u,
  // NVRAM and checksum notes of the box itself.
  /^[!#\s]*(?:ntp clock-period|checksum|crc|size|length)\s*[:=]?\s*[0-9a-fx]+\s*(?:bytes)?\s*$/iu,
]
const longest = 300

const isSteady = (line: string): boolean =>
  line.length > longest || !steadyFree.some((pattern) => pattern.test(line))

/** The text without what differs at each reading, and without blanks at the ends of lines. */
export const steadyText = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '' && isSteady(line))
    .join('\n')
