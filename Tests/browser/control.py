"""Breaks every rule of looks.py on purpose; a check that stays green here proves nothing."""
import http.server, threading

import looks

PAGE = b"""<!DOCTYPE html><html><head><title></title><style>body{margin:0;background:#fff}</style></head><body>
<main><img src="/none.png"><p style="color:#ccc">faint</p><div style="width:3000px;height:20px">wide</div><button>x</button>
<div id="late"></div><p>moved</p><div id="twice"></div><div id="twice"></div></main><script src="/big.js"></script>
<script src="http://127.0.0.2:9/other.js"></script></body></html>"""
BIG = b"/*" + b"x" * looks.SCRIPT_BYTES + b"""*/
document.querySelector('button').style.cssText = 'width:10px;height:10px;padding:0';
requestAnimationFrame(() => requestAnimationFrame(() => { document.getElementById('late').style.height = '400px'; }));
throw new Error('broken');"""


class Broken(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        found = {"/": (200, "text/html", PAGE), "/big.js": (200, "text/javascript", BIG)}.get(self.path, (404, "text/plain", b""))
        self.send_response(found[0])
        self.send_header("Content-Type", found[1])
        if self.path == "/":
            self.send_header("Content-Security-Policy", "default-src 'self' 'unsafe-inline'; img-src 'none'; script-src 'self' http://127.0.0.2:9")
        self.end_headers()
        self.wfile.write(found[2])

    def log_message(self, *_):
        pass


def run(browser, results):
    results.suite("Negative control")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Broken)
    server.base = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    visitor = looks.context(browser, server, width=390)
    look = looks.Look(visitor, "/", status=201)
    visitor.close()
    for rule in ("status", "axe", "scroll", "console", "shift", "policy", "origin", "target", "script bytes"):
        results.check(f"a page that breaks the rule “{rule}” is found", rule in look.findings, look.words())
    results.check("broken markup is found", looks.markup_faults({"broken": PAGE}).get("broken"))
    server.shutdown()
    server.server_close()
    results.end()
