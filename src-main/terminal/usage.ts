/** What `npm run cli --` says of itself. */
export const usage = `usage: npm run cli -- <command> [--json] [--workspace NAME|ID|FOLDER]

  probe --host HOST [--port 161]   what is this host? Its boards, PON ports and ONUs
    [--family F]                   reads it with that family, without recognising it
    [--snmp-version 1|2c]          community: NOCTURNE_COMMUNITY, or typed, or --community C
    [--v3-user U --auth sha256 [--priv aes] [--context X]]
                                   SNMPv3: NOCTURNE_AUTH_PASSWORD and NOCTURNE_PRIV_PASSWORD,
                                   or typed
  replay FILE [--port P]           serves a .snmprec or snmpwalk file as an agent on 127.0.0.1
    [--community public]
  capture --host HOST --out FILE   records a device into a .snmprec file for a driver's author;
    [--root OID]...                serial numbers, names, addresses and unknown texts become
    [--keep OID]... [--plain]      pseudonyms: --keep spares the texts below an OID, --plain all
    [--force]                      replaces FILE; the way in is said as for probe
  family check FOLDER              validates a family and runs it against its recordings
    [--captures DIR]...            where recordings lie besides FOLDER/captures
  family try FOLDER --host HOST    reads a device with it; the way in is said as for probe
  workspaces                       those of this machine; * is meant where --workspace says nothing
  status                           the state of the workspace
  olts [--name OWNER]              the OLTs in the workspace
  verify-audit [--name OWNER]      proves the audit trail from first row to last
    [--checkpoints FILE]           and holds it against signed checkpoints kept elsewhere
  verify-audit FILE                proves an exported signed trail, without a workspace
  backup [--name OWNER]            a proved copy of the workspace in its folder backups
    [--to FILE] [--force]          and the same in FILE; --force replaces that
    [--set-passphrase]             from now on they open with NOCTURNE_BACKUP_PASSPHRASE anywhere
  import-accounts FILE.csv         accounts with bcrypt hashes: columns name, login, role, e-mail, hash
    --name OWNER [--preview]       --preview only says what it would add
  transfer --name OWNER            the whole workspace, history and all, in one encrypted file for
    --to FOLDER [--copy]           another machine; this one is then marked as moved, but for --copy
    [--one-time-key] [--yes]       opens with NOCTURNE_TRANSFER_PASSPHRASE, or a key that is printed
                                   once; --yes answers the question whether it is meant
  verify-backup FILE               opens a backup, proves it and says what is in it
  restore FILE                     restores it into a workspace that is not there yet (--workspace)
    [--in-place]                   or in the place of the one that is there, which is kept beside it
    [--preview]                    only says what is in it
                                   FILE is a backup or a transfer file; its passphrase or key comes
                                   from NOCTURNE_BACKUP_PASSPHRASE or NOCTURNE_TRANSFER_PASSPHRASE,
                                   or typed

  olts, verify-audit, backup and transfer sign in: the password comes from NOCTURNE_PASSWORD, or is typed; a sealed
  workspace's passphrase from NOCTURNE_PASSPHRASE, or is typed. The console must not be running.`
