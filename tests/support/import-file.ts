import { createProgress } from '../../db/import/progress.ts'
import { type ImportKind, type ImportOptions, runImport } from '../../db/import/run.ts'

const silent = createProgress({ write: () => true }, () => 0)

/** Imports a file as `npm run import -- KIND FILE` does without options: nothing skipped, nothing accepted by name. */
export function importFile(ownerUrl: string, kind: ImportKind, path: string, options: Partial<ImportOptions> = {}) {
  return runImport({
    ownerUrl,
    kind,
    path,
    map: {},
    delimiter: undefined,
    dryRun: false,
    skipBadRows: false,
    acceptIrregular: false,
    acceptImplausible: false,
    acceptRising: false,
    progress: silent,
    ...options,
  })
}
