// Receiver of OTLP over HTTP: prints a line for each request, with its path, its type and its body in base64.
const http = require('http');
const zlib = require('zlib');

http.createServer((request, response) => {
    const parts = [];
    request.on('data', part => parts.push(part));
    request.on('end', () => {
        const sent = Buffer.concat(parts);
        const body = request.headers['content-encoding'] === 'gzip' ? zlib.gunzipSync(sent) : sent;
        console.log(request.url + ' ' + request.headers['content-type'] + ' ' + body.toString('base64'));
        response.writeHead(200, {'Content-Type': request.headers['content-type']});
        response.end();
    });
}).listen(4318, () => console.log('ready'));
