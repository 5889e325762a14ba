import Foundation
import Kit

extension Mailer {
  /// Puts each mail as one `.eml` file into a folder, for demonstrations and for machines without a mail server.
  /// The same mail sent twice is one file.
  public static func outbox(folder: String) -> Mailer {
    let outbox = Outbox(folder: folder)
    return Mailer(
      summary: "files in \(folder)",
      send: { mail in try await outbox.write(mail) },
      probe: { try await outbox.probe() })
  }
}

/// Writes files whole or not at all: temporary name, fsync, rename, fsync of the folder. Works on a queue of its own, since disks block.
private struct Outbox: Sendable {
  let folder: String
  private let queue = DispatchQueue(label: "tandem.outbox")

  init(folder: String) { self.folder = folder }

  func write(_ mail: Mail) async throws(MailError) {
    let bytes = MIMEWriter.bytes(of: mail)
    let stamp = String(Instant(seconds: mail.date.seconds).description.filter { $0.isLetter || $0.isNumber })
    let name = "\(stamp)-\(mail.messageID.left.prefix(40).replacing("/", with: "_")).eml"
    try await perform { () throws(MailError) in try place(bytes, as: name) }
  }

  func probe() async throws(MailError) {
    try await perform { () throws(MailError) in
      try place([], as: ".probe")
      try check(unlink(folder + "/.probe"))
    }
  }

  private func perform(_ work: @escaping @Sendable () throws(MailError) -> Void) async throws(MailError) {
    let result: Result<Void, MailError> = await withCheckedContinuation { continuation in
      queue.async { continuation.resume(returning: Result(catching: work)) }
    }
    try result.get()
  }

  private func place(_ bytes: [UInt8], as name: String) throws(MailError) {
    if mkdir(folder, 0o700) != 0, errno != EEXIST { throw fault() }
    let temporary = folder + "/.new-" + name
    let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    try check(file)
    defer { close(file) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(file, $0.baseAddress, $0.count) }
      try check(Int32(clamping: count))
      rest = rest.dropFirst(count)
    }
    try check(fsync(file))
    try check(rename(temporary, folder + "/" + name))
    let directory = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    try check(directory)
    defer { close(directory) }
    try check(fsync(directory))
  }

  private func check(_ result: Int32) throws(MailError) {
    if result < 0 { throw fault() }
  }

  private func fault() -> MailError { .unreachable("\(folder): \(String(cString: strerror(errno)))") }
}
