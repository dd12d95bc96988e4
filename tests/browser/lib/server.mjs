// A small static server for the tests, on the loopback address only.
// It serves the site below a project path, as a project's pages are on a shared host, so that a link
// which only works at the root of a domain is found out.

import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, resolve, sep } from 'node:path';

const types = {
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wav': 'audio/wav',
  '.webp': 'image/webp',
  '.xml': 'application/xml',
};

const prefix = '/some/project/';

/** The file that a request's path names inside the folder, or undefined. */
async function find(folder, pathname) {
  if (!pathname.startsWith(prefix)) return undefined;
  let path;
  try {
    path = decodeURIComponent(pathname.slice(prefix.length));
  } catch {
    return undefined;
  }
  if (path.includes('\0')) return undefined;
  const file = resolve(folder, `./${path.endsWith('/') || path === '' ? `${path}index.html` : path}`);
  if (!file.startsWith(folder + sep)) return undefined;
  return (await stat(file).catch(() => undefined))?.isFile() ? file : undefined;
}

/** Serves a folder; returns the address of its top, and a function that stops the server. */
export async function serve(folder) {
  const server = createServer(async (request, response) => {
    // For a file that is no page, such as a picture by itself, a browser asks the host for an icon. The host is not the site's.
    if (request.url === '/favicon.ico') return response.writeHead(204).end();
    // The path is taken as it came: a URL parser would already have resolved its dots.
    const file = await find(folder, request.url.replace(/[?#].*$/s, ''));
    const shown = file ?? resolve(folder, '404.html');
    response.writeHead(file ? 200 : 404, {
      'content-type': types[extname(shown)] ?? 'application/octet-stream',
      'cache-control': 'no-store',
    });
    if (request.method === 'HEAD') response.end();
    else
      createReadStream(shown)
        .on('error', () => response.end())
        .pipe(response);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${server.address().port}${prefix}`,
    port: server.address().port,
    stop() {
      server.closeAllConnections();
      return new Promise((done) => server.close(done));
    },
  };
}
