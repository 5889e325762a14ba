import Kit
import Logging
import Synchronization

/// Whether there was room to store what came last; says so in the log when that changes, once, not with every request.
final class StorageRoom: Sendable {
  private let isFull = Atomic<Bool>(false)

  func note(status: Int, isWrite: Bool, _ logger: Logger) {
    if status == 507 {
      guard !isFull.exchange(true, ordering: .relaxed) else { return }
      logger.error("No room left to store anything: acts are refused, reading goes on. Free some space; no restart is needed.")
    } else if isWrite, (200..<400).contains(status), isFull.exchange(false, ordering: .relaxed) {
      logger.notice("There is room again: acts are taken.")
    }
  }
}
