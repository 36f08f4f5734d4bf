"""The package mirror that this machine's apt is set up with, and a relay to it: all that a fresh system sees of the world outside.
The relay listens inside the system's own network, so that nothing else of this machine can be reached from there."""
import http.client
import http.server
import re
import socketserver
import subprocess
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

PORT = 3142
TRIES = 3
PIECE = 1 << 16
# What apt asks with, and what it wants to know of the answer.
ASKED = ('If-Modified-Since', 'If-Range', 'Range', 'User-Agent')
TOLD = ('Content-Length', 'Content-Range', 'Content-Type', 'Last-Modified', 'Accept-Ranges')


class NoMirror(Exception):
    """The mirror does not answer, or there is none: no fault of what is tried."""


def codename():
    with open('/etc/os-release', encoding='utf-8') as file:
        return dict(line.strip().split('=', 1) for line in file if '=' in line).get('VERSION_CODENAME', '').strip('"')


def read_sources(release):
    """The archives of RELEASE, as (URI, suite), where this machine's apt looks for those of its own release."""
    printed = subprocess.run(['apt-get', '--print-uris', 'update'], capture_output=True, text=True, check=False).stdout
    own = codename()
    found = re.findall(r"'(https?://\S+)/dists/(%s(?:-updates|-security)?)/InRelease'" % re.escape(own or '?'), printed)
    if not any(suite == own for _, suite in found):
        raise NoMirror('the configuration of apt here names no archive of Debian')
    return [(uri, suite.replace(own, release, 1)) for uri, suite in found]


def read_settings():
    """What apt is told about this mirror here, as lines of apt.conf, without the proxy, which is the relay's."""
    dump = subprocess.run(['apt-config', 'dump'], capture_output=True, text=True, check=True).stdout
    return ''.join(line + '\n' for line in dump.splitlines() if re.match(r'Acquire::(Check-Valid-Until|Check-Date|Max-ValidTime)\b', line))


def read_proxy():
    """The proxy that apt is told of, as the environment names it to other programs."""
    shell = subprocess.run(['apt-config', 'shell', 'PROXY', 'Acquire::http::Proxy'], capture_output=True, text=True, check=True).stdout
    proxy = re.match(r"PROXY='(http[^']+)'", shell)
    return {'http_proxy': proxy[1], 'https_proxy': proxy[1]} if proxy else {}


def opener(proxy):
    handlers = [urllib.request.ProxyHandler({name.removesuffix('_proxy'): url for name, url in proxy.items()})] if proxy else []
    return urllib.request.build_opener(*handlers)


def fetch(browser, url, headers, method='GET'):
    """The answer, whatever its status; asked for three times, then NoMirror."""
    for attempt in range(TRIES):
        try:
            return browser.open(urllib.request.Request(url, headers=headers, method=method), timeout=60)
        except urllib.error.HTTPError as error:
            if error.code < 500:
                return error
            problem = error
        except (OSError, http.client.HTTPException) as error:
            problem = error
        time.sleep(2 * attempt)
    raise NoMirror('the mirror does not answer (%s)' % getattr(problem, 'reason', problem))


def read_body(answer):
    """The pieces of it; NoMirror when they are not all."""
    size = 0
    try:
        while piece := answer.read(PIECE):
            size += len(piece)
            yield piece
    except (OSError, http.client.HTTPException) as problem:
        raise NoMirror('the mirror broke off (%s)' % problem) from problem
    if size != int(answer.headers['Content-Length'] or size):
        raise NoMirror('the mirror broke off')


class Mirror:
    def __init__(self, release):
        self.release = release
        self.sources = read_sources(release)
        self.proxy = read_proxy()
        self.browser = opener(self.proxy)
        # Set once the system that runs asked in vain.
        self.problem = None

    def check(self):
        for uri, suite in self.sources:
            with fetch(self.browser, '%s/dists/%s/InRelease' % (uri, suite), {}, 'HEAD') as answer:
                if answer.status >= 400:
                    raise NoMirror('the mirror has no %s (status %d)' % (suite, answer.status))

    def uri(self):
        return next(uri for uri, suite in self.sources if suite == self.release)

    def sources_list(self):
        # Plain HTTP to the relay, which keeps to the scheme of the machine; apt checks signatures either way.
        return ''.join('deb %s %s main\n' % (uri.replace('https:', 'http:', 1), suite) for uri, suite in self.sources)

    def true_url(self, url):
        """What the relay may fetch: what lies below one of the archives."""
        for uri, _ in self.sources:
            if url.startswith(uri.replace('https:', 'http:', 1) + '/'):
                return uri + url[len(uri.replace('https:', 'http:', 1)):]
        return None

    def serve(self, listener):
        """Relays for LISTENER, a socket that is made in the network of a system, in threads of its own. Gives the server."""
        server = Server(listener.getsockname(), Relay, bind_and_activate=False)
        server.socket.close()
        server.socket, server.mirror = listener, self
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return server


class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True


class Relay(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def do_GET(self):
        mirror = self.server.mirror
        url = mirror.true_url(self.path)
        if url is None:
            return self.send_error(403, 'Only the mirror')
        try:
            answer = fetch(mirror.browser, url, {name: self.headers[name] for name in ASKED if self.headers[name]}, self.command)
        except NoMirror as problem:
            mirror.problem = problem
            return self.send_error(502, 'The mirror does not answer')
        with answer:
            self.send_response(answer.status)
            for name in TOLD:
                if answer.headers[name]:
                    self.send_header(name, answer.headers[name])
            if answer.headers['Content-Length'] is None:
                self.send_header('Connection', 'close')  # which then is the end of the file
            self.end_headers()
            if self.command == 'GET':
                self.pass_on(answer)

    do_HEAD = do_GET

    def pass_on(self, answer):
        try:
            for piece in read_body(answer):
                self.wfile.write(piece)
        except NoMirror as problem:
            self.server.mirror.problem = problem
            self.close_connection = True
        except OSError:
            self.close_connection = True

    def log_message(self, format, *arguments):
        pass
