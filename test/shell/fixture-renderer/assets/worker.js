postMessage({ require: typeof require, process: typeof process, nocturne: typeof nocturne })
