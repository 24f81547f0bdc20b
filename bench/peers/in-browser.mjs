// One job in a page of Chromium, as one process: starts the browser, fetches and decodes the files, renders,
// makes 24-bit integers, hands them back and writes the file.
//
//   node bench/peers/in-browser.mjs web-audio|tone JOB.json OUT.wav

import { createReadStream, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { chromiumArguments, findChromium } from '../../scripts/chromium.mjs';

const [kind = '', jobFile = '', output = ''] = process.argv.slice(2);
const job = JSON.parse(readFileSync(jobFile, 'utf8'));
const tone = fileURLToPath(new URL('../../node_modules/tone/build/Tone.js', import.meta.url));

const server = createServer((request, response) => {
  const path = request.url ?? '/';
  if (request.method === 'POST') {
    /** @type {Buffer[]} */
    const pieces = [];
    request.on('data', (piece) => pieces.push(piece));
    request.on('end', () => {
      writeFileSync(output, Buffer.concat(pieces));
      response.end();
    });
  } else if (path === '/') {
    response.setHeader('content-type', 'text/html').end('<!doctype html><title>Bench</title>');
  } else {
    const file = path === '/tone.js' ? tone : job.files[Number(path.slice(1))];
    if (file === undefined) {
      response.writeHead(404).end();
      return;
    }
    response.setHeader('content-length', statSync(file).size);
    createReadStream(file).pipe(response);
  }
});
await new Promise((listening) => server.listen(0, '127.0.0.1', () => listening(undefined)));
const address = server.address();
const port = typeof address === 'object' ? address?.port : undefined;
const executablePath = findChromium();
const browser = await chromium.launch({ args: chromiumArguments, ...(executablePath && { executablePath }) });
try {
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${port}/`);
  if (kind === 'tone') await page.addScriptTag({ url: '/tone.js' });
  await page.evaluate(renderInPage, { job, kind });
} finally {
  await browser.close();
  server.close();
}

/**
 * Runs in the page.
 *
 * @param {{ job: any, kind: string }} asked
 */
async function renderInPage({ job, kind }) {
  const { samples, sampleRate, files, placements, beds, room } = job;
  const gainOf = (/** @type {number} */ gainDb) => 10 ** (gainDb / 20);
  const decode = async (/** @type {BaseAudioContext} */ context) =>
    Promise.all(
      files.map(async (/** @type {string} */ _file, /** @type {number} */ index) =>
        context.decodeAudioData(await (await fetch(`/${index}`)).arrayBuffer()),
      ),
    );
  const render = async () => {
    if (kind === 'tone') {
      const Tone = /** @type {any} */ (globalThis).Tone;
      const buffers = await decode(new OfflineAudioContext(2, 1, sampleRate));
      const rendered = await Tone.Offline(
        () => {
          const hall =
            room === undefined ? undefined : new Tone.Convolver({ normalize: false }).toDestination();
          if (hall) hall.buffer = new Tone.ToneAudioBuffer(buffers[room]);
          placements.forEach((/** @type {any} */ { sound, start, gainDb }, /** @type {number} */ index) => {
            const player = new Tone.Player(buffers[sound]).toDestination();
            player.volume.value = gainDb;
            if (hall && index >= beds) player.connect(hall);
            player.start(start / sampleRate);
          });
        },
        samples / sampleRate,
        2,
        sampleRate,
      );
      return rendered.get();
    }
    const context = new OfflineAudioContext(2, samples, sampleRate);
    const buffers = await decode(context);
    const hall = room === undefined ? undefined : new ConvolverNode(context, { disableNormalization: true });
    if (hall) {
      hall.buffer = buffers[room];
      hall.connect(context.destination);
    }
    placements.forEach((/** @type {any} */ { sound, start, gainDb }, /** @type {number} */ index) => {
      const source = new AudioBufferSourceNode(context, { buffer: buffers[sound] });
      const gain = new GainNode(context, { gain: gainOf(gainDb) });
      source.connect(gain).connect(context.destination);
      if (hall && index >= beds) gain.connect(hall);
      source.start(start / sampleRate);
    });
    return context.startRendering();
  };
  const rendered = await render();
  const bytes = new Uint8Array(44 + samples * 6);
  const view = new DataView(bytes.buffer);
  const letters = (/** @type {number} */ at, /** @type {string} */ text) => {
    for (const [index, letter] of [...text].entries()) view.setUint8(at + index, letter.charCodeAt(0));
  };
  letters(0, 'RIFF');
  view.setUint32(4, 36 + samples * 6, true);
  letters(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 2, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * 6, true);
  view.setUint16(32, 6, true);
  view.setUint16(34, 24, true);
  letters(36, 'data');
  view.setUint32(40, samples * 6, true);
  const left = rendered.getChannelData(0);
  const right = rendered.getChannelData(1);
  for (let n = 0, at = 44; n < samples; n++) {
    for (const value of [Math.round(left[n] * 8388608), Math.round(right[n] * 8388608)]) {
      bytes[at++] = value;
      bytes[at++] = value >> 8;
      bytes[at++] = value >> 16;
    }
  }
  await fetch('/', { method: 'POST', body: bytes });
}
