import Foundation
import Kit
import Outside
import Testing

/// A real SMTP server in a process of its own (`Tests/peers/mail_server.py`), for one test.
final class MailServer: Sendable {
  enum Mode: String { case plain, starttls, tls, silent }

  struct Start: Decodable { let port: Int, certificate: String }
  struct Received: Decodable {
    let sender: String, recipients: [String], message: Data, encrypted: Bool, user: String, helo: String
  }
  struct Closed: Decodable { let closed: Bool }
  struct Ended: Error {}

  let port: Int
  let certificate: String
  private let lines: AsyncStream<String>
  private let input: FileHandle
  private let folder: URL
  private let process: Process

  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  static let python =
    ProcessInfo.processInfo.environment["TANDEM_TEST_PYTHON"] ?? root.appendingPathComponent(".build/venv/bin/python").path
  static let isAvailable = FileManager.default.isExecutableFile(atPath: python)

  /// Starts a server, runs the test and ends the server.
  static func run(_ mode: Mode, certificateName: String = "localhost", test: (MailServer) async throws -> Void) async throws {
    let server = try await MailServer(mode, certificateName)
    defer { server.stop() }
    try await test(server)
  }

  private init(_ mode: Mode, _ certificateName: String) async throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("tandem-mail-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    process = Process()
    process.executableURL = URL(fileURLWithPath: MailServer.python)
    let script = MailServer.root.appendingPathComponent("Tests/peers/mail_server.py").path
    process.arguments = [script, folder.path, mode.rawValue, certificateName]
    let output = Pipe()
    let input = Pipe()
    process.standardOutput = output
    process.standardInput = input
    self.input = input.fileHandleForWriting
    lines = MailServer.lines(of: output.fileHandleForReading)
    try process.run()
    let start: Start = try await MailServer.next(in: lines)
    port = start.port
    certificate = start.certificate
  }

  private func stop() {
    try? input.close()
    process.waitUntilExit()
    try? FileManager.default.removeItem(at: folder)
  }

  /// What the server says next.
  func next<Line: Decodable>(_: Line.Type = Line.self) async throws -> Line { try await MailServer.next(in: lines) }

  private static func next<Line: Decodable>(in lines: AsyncStream<String>) async throws -> Line {
    var iterator = lines.makeAsyncIterator()
    guard let line = await iterator.next() else { throw Ended() }
    let decoder = JSONDecoder()
    decoder.dataDecodingStrategy = .base64
    return try decoder.decode(Line.self, from: Data(line.utf8))
  }

  private static func lines(of file: FileHandle) -> AsyncStream<String> {
    AsyncStream { continuation in
      Thread.detachNewThread {
        var rest = Data()
        while true {
          let data = file.availableData
          if data.isEmpty { break }
          rest += data
          while let end = rest.firstIndex(of: 0x0A) {
            continuation.yield(String(decoding: rest[..<end], as: UTF8.self))
            rest = Data(rest[rest.index(after: end)...])
          }
        }
        continuation.finish()
      }
    }
  }

  /// A mailer for this server; trusts the server's certificate unless told otherwise.
  func mailer(
    _ scheme: String, host: String = "127.0.0.1", username: String? = nil, password: String? = nil, trusting: Bool = true,
    connections: Int = 1, timeout: Int = 20
  ) throws -> Mailer {
    var settings = try SMTPSettings(url: "\(scheme)://\(host):\(port)", username: username, password: password.map { Secret($0) })
    settings.certificateAuthorities = trusting ? certificate : nil
    settings.connections = connections
    settings.timeout = timeout
    return .smtp(settings)
  }
}
