#!/usr/bin/env node
'use strict';
// The command line as Node starts it, and each of its threads. It is CommonJS and loads one script, with the
// code that V8 made of it when it was built: a third of the time from start to finish of a short command went
// into finding, reading and compiling modules. Code of another version of V8 is refused by V8 and made anew.
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { Script, constants } = require('node:vm');

const PROGRAM = join(__dirname, 'program.cjs');
const PARAMETERS = 'exports, require, module, __filename, __dirname';

/** @returns The code of an earlier compilation, if it was kept. */
function readCode() {
  try {
    return readFileSync(`${PROGRAM}.code`);
  } catch {
    return undefined;
  }
}

// The build leaves nothing but ASCII in it, which V8 takes as it lies in the file.
const script = new Script(`(function (${PARAMETERS}) {${readFileSync(PROGRAM, 'latin1')}\n})`, {
  filename: PROGRAM,
  cachedData: readCode(),
  importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
});
script.runInThisContext()(exports, require, module, PROGRAM, __dirname);

/** For the build, which asks for its code after a run. */
exports.script = script;
