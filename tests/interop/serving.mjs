// What the Node servers of this folder share: how they are started and ended, and a clock that a test moves.
//
//   SERVER.mjs FOLDER < settings        FOLDER has the node_modules of node/package.json
//
// The first line of standard input is a JSON object, the server's settings. The server prints its port on a line once it accepts, and ends when standard input does, so that it
// never outlives whoever started it.
//
//   POST /clock {"advance": SECONDS}    the server's clock runs on from there, and with it its tokens' lives and the header Date
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

let ahead = 0;
const Real = Date;
globalThis.Date = class extends Real {
  constructor(...given) {
    super(...(given.length ? given : [Real.now() + ahead]));
  }
  static now() {
    return Real.now() + ahead;
  }
};

export const load = createRequire(process.argv[2] + '/package.json');

/** Hands a request on, but for the one that moves the clock. */
export async function withClock(request, response, next) {
  response.setHeader('Date', new Date().toUTCString());
  if (request.url !== '/clock') return next();
  let body = '';
  for await (const part of request) body += part;
  ahead += JSON.parse(body).advance * 1000;
  answer(response, 200, { now: Date.now() / 1000 });
}

export function answer(response, status, said) {
  const body = JSON.stringify(said);
  response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) });
  response.end(body);
}

/** Starts the server that `start` makes of the settings and whose port it returns. */
export function serve(start) {
  const lines = createInterface({ input: process.stdin });
  lines.once('line', async (line) => console.log(await start(JSON.parse(line))));
  lines.once('close', () => process.exit());
}
