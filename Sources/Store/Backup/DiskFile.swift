import Foundation
import Kit

/// A file as the system gives it: written completely or not at all, errors told apart.
final class DiskFile {
  private let descriptor: Int32

  private init(_ descriptor: Int32) { self.descriptor = descriptor }
  deinit { Glibc.close(descriptor) }

  static func reading(_ url: URL) throws -> DiskFile {
    let descriptor = open(url.path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw BackupRefusal.unreadable(url.path) }
    return DiskFile(descriptor)
  }

  /// Writes a file under a temporary name; it appears under its own, with mode 0600, only when everything is on the disk.
  static func write<Result>(_ url: URL, _ body: (DiskFile) throws -> Result) throws -> Result {
    let placing = try Placing(url)
    let result = try body(placing.file)
    try placing.finish()
    return result
  }

  /// A file on its way to its name; what is not finished leaves no trace.
  final class Placing {
    let file: DiskFile
    private let url: URL
    private let temporary: String
    private var isFinished = false

    init(_ url: URL) throws {
      self.url = url
      temporary = url.path + ".partial"
      unlink(temporary)
      let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else { throw DiskFile.problem(errno) }
      file = DiskFile(descriptor)
    }

    deinit { if !isFinished { unlink(temporary) } }

    func finish() throws {
      guard fsync(file.descriptor) == 0, rename(temporary, url.path) == 0 else { throw DiskFile.problem(errno) }
      isFinished = true
      try DiskFile.synchronise(url.deletingLastPathComponent())
    }
  }

  var size: Int {
    var facts = stat()
    return fstat(descriptor, &facts) == 0 ? Int(facts.st_size) : 0
  }

  /// Up to `count` bytes; empty at the end.
  func read(_ count: Int) throws -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      let got = Glibc.read(descriptor, buffer.baseAddress, count)
      guard got >= 0 else { throw Self.problem(errno) }
      filled = got
    }
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws {
    var rest = bytes
    while !rest.isEmpty {
      let written = Glibc.write(descriptor, rest.baseAddress, rest.count)
      guard written > 0 else { throw Self.problem(errno) }
      rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(written))
    }
  }

  private static func synchronise(_ folder: URL) throws {
    let descriptor = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw problem(errno) }
    defer { Glibc.close(descriptor) }
    guard fsync(descriptor) == 0 else { throw problem(errno) }
  }

  private static func problem(_ code: Int32) -> any Error {
    switch code {
    case ENOSPC, EDQUOT: Problem.storageFull
    default: StartFailure("The file system refused: \(String(cString: strerror(code))).")
    }
  }
}
