import Foundation
import Kit
import Logging
import Synchronization

/// Hears the signals of every process, this one included, over one connection of its own that it opens again when lost.
///
/// What is signalled while the connection is away is not heard: whoever must not miss anything reads the log it is about.
final class PostgresListener: Sendable {
  private let url: String
  private let channel: String
  private let logger: Logger
  private let pipe: [Int32]
  private let isStopped = Atomic<Bool>(false)
  private let ended = DispatchSemaphore(value: 0)

  init(url: String, channel: String, logger: Logger) throws {
    self.url = url
    self.channel = channel
    self.logger = logger
    var ends: [Int32] = [-1, -1]
    guard Glibc.pipe(&ends) == 0 else { throw StartFailure("No file descriptor is free.") }
    pipe = ends
  }

  deinit { pipe.forEach { Glibc.close($0) } }

  /// Listens from now on: signals sent after this returns are heard.
  func start(_ receive: @escaping @Sendable (String) -> Void) {
    let ready = DispatchSemaphore(value: 0)
    let thread = Thread { [self] in
      var session = open()
      ready.signal()
      var wait: Int32 = 100
      while !isStopped.load(ordering: .acquiring) {
        if let current = session {
          wait = 100
          if !hear(current, receive) {
            logger.warning("The connection that hears signals was lost.")
            session = nil
          }
        } else {
          sleep(milliseconds: wait, socket: nil)
          wait = min(wait * 2, 5000)
          session = isStopped.load(ordering: .acquiring) ? nil : open()
        }
      }
      session = nil
      ended.signal()
    }
    thread.name = "tandem.postgres.listen"
    thread.start()
    ready.wait()
  }

  func stop() {
    guard !isStopped.exchange(true, ordering: .acquiringAndReleasing) else { return }
    var byte: UInt8 = 0
    _ = Glibc.write(pipe[1], &byte, 1)
    _ = ended.wait(timeout: .now() + .seconds(10))
  }

  private func open() -> PostgresSession? {
    do {
      let session = try PostgresSession(url: url)
      try session.command("LISTEN \"\(channel.replacing("\"", with: "\"\""))\"")
      return session
    } catch {
      return nil
    }
  }

  /// Waits for the next signals and hands them on; false when the connection is gone.
  private func hear(_ session: PostgresSession, _ receive: (String) -> Void) -> Bool {
    sleep(milliseconds: 60_000, socket: session.socket)
    do {
      try session.notifications().forEach(receive)
      return true
    } catch {
      return false
    }
  }

  private func sleep(milliseconds: Int32, socket: Int32?) {
    var waited = [pollfd(fd: pipe[0], events: Int16(POLLIN), revents: 0)]
    if let socket { waited.append(pollfd(fd: socket, events: Int16(POLLIN), revents: 0)) }
    _ = poll(&waited, UInt(waited.count), milliseconds)
  }
}
