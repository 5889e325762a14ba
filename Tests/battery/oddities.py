"""Clients that misbehave, and the end of the server."""
import resource, signal, socket, threading, time
from concurrent.futures import ThreadPoolExecutor
from lines import crawling, dribble, is_open, one_address, slow_readers
from tandem import Installation


def probes(house, stop, times):
    while not stop.is_set():
        began = time.monotonic()
        try:
            if house.get("/sign-in")[0] != 200:
                times.append(99)
        except OSError:
            times.append(99)
        times.append(time.monotonic() - began)
        time.sleep(0.01)


def raw(house, data, read=True):
    """Sends bytes as they are; returns the status, 0 for a closed line."""
    try:
        with socket.create_connection(("127.0.0.1", house.port), 5) as line:
            line.settimeout(15)
            for part in data:
                line.sendall(part)
            if not read:
                return 0
            answer = line.recv(64)
            return int(answer.split()[1]) if answer.startswith(b"HTTP/") else 0
    except (OSError, ValueError, IndexError):
        return 0


def crawlers(connections, frozen):
    """Slow, huge and broken requests, while somebody else reads pages."""
    with Installation() as house:
        house.found()
        house.start()
        pid, times, stop = house.process.pid, [], threading.Event()
        watcher = threading.Thread(daemon=True, target=probes, args=(house, stop, times))
        watcher.start()
        lines = [crawling(house, number) for number in range(connections)]
        crawl = threading.Thread(daemon=True, target=dribble, args=(lines, stop))
        crawl.start()
        opened = time.monotonic()
        host = b"Host: x\r\n"
        headers = [b"X-%d: y\r\n" % number for number in range(5_000)]
        told = {
            "address of 9 kB": (414, raw(house, [b"GET /" + b"a" * 9_000 + b" HTTP/1.1\r\n" + host + b"\r\n"])),
            "150 headers": (431, raw(house, [b"GET / HTTP/1.1\r\n" + host + b"".join(headers[:150]) + b"\r\n"])),
            "headers of 40 kB": (431, raw(house, [b"GET / HTTP/1.1\r\n" + host + b"".join(b"X-%d: %s\r\n" % (number, b"a" * 8_000) for number in range(5)) + b"\r\n"])),
        }
        answers = {
            "address of 8 MB": raw(house, [b"GET /" + b"a" * 65_536] + [b"a" * 65_536] * 127 + [b" HTTP/1.1\r\n" + host + b"\r\n"]),
            "5,000 headers": raw(house, [b"GET / HTTP/1.1\r\n" + host] + headers + [b"\r\n"]),
            "two lengths": raw(house, [b"POST /sign-in/code HTTP/1.1\r\n" + host + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"]),
            "no protocol": raw(house, [b"\x16\x03\x01\x02\x00\x01\x00"] * 20),
            "endless chunks": raw(
                house, [b"POST /sign-in/code HTTP/1.1\r\n" + host + b"Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n"]
                + [b"10000\r\n" + b"a" * 65_536 + b"\r\n"] * 200),
            "announced giant": raw(house, [b"POST /sign-in/code HTTP/1.1\r\n" + host + b"Content-Length: 99999999999\r\n\r\n"]),
        }
        for _ in range(connections):
            raw(house, [b"GET /sign-in HTTP/1.1\r\n" + host + b"\r\n"], read=False)
        if frozen:
            house.process.send_signal(signal.SIGSTOP)
            time.sleep(2)
            house.process.send_signal(signal.SIGCONT)
        while not frozen and time.monotonic() - opened < 24 and any(is_open(line) for line in lines):
            time.sleep(0.5)
        left = sum(is_open(line) for line in lines)
        stop.set()
        watcher.join()
        crawl.join()
        memory = house.memory() if house.process.poll() is None else 0
        for line in lines:
            line.close()
        times.sort()
        slow = times[int(len(times) * 0.99)] if not frozen else times[-1]
        refused = all(status == 0 or 400 <= status < 500 for status in answers.values()) and all(a == b for a, b in told.values())
        same = house.process.poll() is None and house.process.pid == pid
        said = {**{name: status for name, (_, status) in told.items()}, **answers}
        return refused and same and slow < 1 and memory < 400 and not left, f"{said}, {left} of {len(lines)} slow lines left, p99 {slow * 1000:.0f} ms of {len(times)}, {memory:.0f} MB"


def odd_http(connections, frozen=False):
    """Lines that crawl, lines that read nothing, too many of one address."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(8192, resource.getrlimit(resource.RLIMIT_NOFILE)[1]),) * 2)
    # Each has a server of its own, and waits more than it works.
    with ThreadPoolExecutor(3) as pool:
        parts = [pool.submit(crawlers, connections, frozen), pool.submit(slow_readers, connections // 5, 5 if frozen else 60),
                 pool.submit(one_address, 100)]
    results = [part.result() for part in parts]
    return all(ok for ok, _ in results), "; ".join(("" if ok else "WRONG ") + words for ok, words in results)


def shutdown(cut=False):
    """SIGTERM with an open stream and a slow upload: both end in order, and the exit is 0."""
    with Installation() as house:
        token = house.found()
        cookie = house.session("root").encode()
        house.start()
        stream = socket.create_connection(("127.0.0.1", house.port), 5)
        stream.sendall(b"GET /live HTTP/1.1\r\nHost: x\r\nCookie: " + cookie + b"\r\n\r\n")
        stream.settimeout(5)
        opened = stream.recv(64).startswith(b"HTTP/1.1 200")
        body = b'{"front":"slow","back":"kept"}'
        upload = socket.create_connection(("127.0.0.1", house.port), 5)
        upload.sendall(
            b"POST /api/v1/reviews HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAuthorization: Bearer " + token.encode()
            + b"\r\nContent-Length: %d\r\n\r\n" % len(body) + body[:10])
        time.sleep(0.5)
        began = time.monotonic()
        house.process.send_signal(signal.SIGKILL if cut else signal.SIGTERM)
        time.sleep(1)
        status = b""
        try:
            upload.sendall(body[10:])
            upload.settimeout(10)
            status = upload.recv(32)
        except OSError:
            pass
        try:
            code = house.process.wait(25)
        except Exception:
            return False, "still running after 25 s"
        took = time.monotonic() - began
        kept = "slow" in house.query("SELECT front FROM card")
        acked = status.startswith(b"HTTP/1.1 20")
        return opened and code == 0 and took < 21 and kept == acked, f"stream {'open' if opened else 'refused'}, exit {code} after {took:.1f} s, upload {'acknowledged' if acked else 'refused'} and {'kept' if kept else 'not kept'}"
