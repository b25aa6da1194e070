import { cpus, loadavg, totalmem } from 'node:os'

/** The machine and how busy it is: a figure without them says little. */
export const machineNote = (): string => {
  const [one] = loadavg()
  const gibibytes = Math.round(totalmem() / 2 ** 30)
  return (
    `machine: ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown CPU'}, ${gibibytes} GiB, ` +
    `Node ${process.versions.node}, load ${one?.toFixed(1)} before the start`
  )
}
