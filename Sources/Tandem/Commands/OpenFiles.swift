import Foundation
import Logging

/// How many files the system lets this process have open. Each connection is one, and so is what the program itself needs at any moment:
/// without any left, the queue of the system's own threads ends the process.
enum OpenFiles {
  /// Kept for databases, threads, mails and files.
  private static let own = 64

  /// As many connections as wanted, or as few as there is room for, after the room was made as large as it may be.
  static func connections(_ wanted: Int, _ logger: Logger) -> Int {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return wanted }
    if limit.rlim_cur < limit.rlim_max {
      limit.rlim_cur = min(limit.rlim_max, max(limit.rlim_cur, 65_536))
      _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
    let room = Int(clamping: limit.rlim_cur) - own
    if room >= wanted { return wanted }
    let most = max(16, room)
    logger.warning("The system allows few open files", metadata: ["files": "\(limit.rlim_cur)", "connections": "\(most)"])
    return most
  }
}
