"""Lines that crawl, lines that read nothing, too many lines of one address."""
import socket, time
from tandem import LIMITS, Installation


def crawling(house, number):
    """A line whose head, or body, never ends."""
    line = socket.create_connection(("127.0.0.1", house.port), 10)
    head = b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: "
    body = b"POST /sign-in/code HTTP/1.1\r\nHost: x\r\nSec-Fetch-Site: same-origin\r\nContent-Length: 90000\r\n\r\nemail="
    line.sendall(head if number % 2 else body)
    return line


def dribble(lines, stop):
    """A byte a second into each, which no idle time-out notices."""
    while not stop.wait(1):
        for line in lines:
            try:
                line.send(b"a", socket.MSG_DONTWAIT)
            except OSError:
                pass


def is_open(line):
    # With a time-out set, Python would wait for a byte first.
    line.setblocking(False)
    try:
        return line.recv(1, socket.MSG_PEEK) != b""
    except BlockingIOError:
        return True
    except OSError:
        return False


def unread(house):
    """A line that asks for more than the kernel keeps for it, and reads nothing."""
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    line.settimeout(20)
    line.connect(("127.0.0.1", house.port))
    line.sendall(b"GET /assets/tandem.css HTTP/1.1\r\nHost: x\r\n\r\n" * 120)
    return line


def is_cut(line):
    """Whether the server has closed a line of which nothing was read."""
    line.setblocking(False)
    try:
        line.send(b"a")
        return False
    except BlockingIOError:
        return False
    except OSError:
        return True


def slow_readers(count, wait):
    """Answers that nobody reads are given up within a minute, and others are served meanwhile."""
    with Installation() as house:
        house.found()
        house.start()
        before, lines = house.memory(), [unread(house) for _ in range(count)]
        began, served = time.monotonic(), house.get("/sign-in")[0]
        held = house.memory() - before
        # Each line is asked each time: only what is sent after the end shows it.
        while time.monotonic() - began < wait and not all([is_cut(line) for line in lines]):
            time.sleep(1)
        left, took = sum(not is_cut(line) for line in lines), time.monotonic() - began
        for line in lines:
            line.close()
        ok = not left and served == 200 and house.process.poll() is None and held < 300
        return ok, f"{count} lines that read nothing: {left} left after {took:.0f} s, {held:.0f} MB more"


def one_address(most):
    """One address has so many lines and no more; another is served, and so is the first when it has let go."""
    with Installation(limits={**LIMITS, "TANDEM_LIMITS_CONNECTIONS_PER_ADDRESS": str(most)}) as house:
        house.found()
        house.start()
        # The line that asked whether the server is ready may still be closing.
        time.sleep(1)
        lines = [socket.create_connection(("127.0.0.1", house.port), 10) for _ in range(most + 50)]
        time.sleep(1)
        kept = sum(is_open(line) for line in lines)
        with socket.create_connection(("127.0.0.1", house.port), 10, source_address=("127.0.0.2", 0)) as other:
            other.sendall(b"GET /sign-in HTTP/1.1\r\nHost: x\r\n\r\n")
            other.settimeout(10)
            elsewhere = other.recv(12)
        for line in lines:
            line.close()
        time.sleep(1)
        again = house.get("/sign-in")[0]
        return kept == most and elsewhere == b"HTTP/1.1 200" and again == 200, (
            f"{kept} of {most + 50} lines of one address kept, another address {elsewhere[9:].decode()}, the first again {again}")
