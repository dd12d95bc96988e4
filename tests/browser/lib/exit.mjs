// The only way out for the browsers under test: a proxy that lets nothing through and remembers who asked.
// Browsers look for updates of their own; what counts is whether anybody asked for a host the site names.

import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { files, folder } from './site.mjs';

const text = files
  .filter((path) => /\.(html|css|js|svg|json|xml|txt)$/.test(path))
  .map((path) => readFileSync(join(folder, path), 'utf8').toLowerCase())
  .join('\n');

export async function exit() {
  const asked = new Set();
  const server = createServer((request, response) => {
    asked.add(new URL(request.url, 'http://unnamed.invalid/').hostname);
    response.writeHead(502).end();
  });
  server.on('connect', (request, socket) => {
    asked.add(request.url.replace(/:\d+$/, ''));
    socket.on('error', () => {});
    socket.end('HTTP/1.1 502 No way out\r\n\r\n');
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return {
    port: server.address().port,
    /** Every host somebody asked for. */
    asked,
    /** Those among them that the site names, as an address or only as text. */
    named: () => [...asked].filter((host) => text.includes(host.toLowerCase())),
    stop() {
      server.closeAllConnections();
      return new Promise((done) => server.close(done));
    },
  };
}
