import Foundation
import Kit

/// Asks the disk whether it still takes data.
enum DiskProbe {
  private static let filler = [UInt8](repeating: 46, count: 65_536)

  /// Writes, syncs and removes 64 KiB beside the file. A full disk is told apart from a failing one.
  static func run(beside path: String) throws {
    let name = path + ".probe"
    let file = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw problem(errno) }
    defer {
      Glibc.close(file)
      unlink(name)
    }
    let written = filler.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
    guard written == filler.count else { throw written < 0 ? problem(errno) : Problem.storageFull }
    guard fsync(file) == 0 else { throw problem(errno) }
  }

  private static func problem(_ code: Int32) -> Problem {
    code == ENOSPC || code == EDQUOT ? .storageFull : .unavailable(retryAfter: 5)
  }
}
