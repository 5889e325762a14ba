import Foundation
import Kit
import Outside
import Testing

/// Against a push service of others: `Tests/peers/push_receiver.py` decrypts with http_ece and checks the signature.
@Suite(.enabled(if: MailServer.isAvailable)) struct PushReceiverTests {
  struct Start: Decodable { let port: Int, p256dh: String, auth: String }
  struct Received: Decodable { let text: String, aud: String, sub: String, ttl: String }

  @Test("what is sealed here is read there, and the signature is for that service")
  func received() async throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: MailServer.python)
    process.arguments = [MailServer.root.appendingPathComponent("Tests/peers/push_receiver.py").path]
    let (output, input) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardInput = input
    try process.run()
    defer {
      try? input.fileHandleForWriting.close()
      process.waitUntilExit()
    }
    let lines = LineReader(output.fileHandleForReading)
    let first = try #require(lines.next())
    let start = try JSONDecoder().decode(Start.self, from: first)
    let endpoint = "http://127.0.0.1:\(start.port)/device"
    let subscription = try #require(PushSubscription(endpoint: endpoint, publicKey: start.p256dh, secret: start.auth))
    let sender = try #require(PushSender(secret: [UInt8](repeating: 7, count: 32), contact: "mailto:t@example.org"))
    for (number, text) in ["{\"title\":\"Morgen: 12:00 mit Åda 👋\"}", "", String(repeating: "x", count: PushEncryption.most)].enumerated() {
      let random = (0..<48).map { UInt8($0 * 3 + number + 1) }
      let body = try PushEncryption.seal(Array(text.utf8), for: subscription, random: random)
      let request = try #require(try sender.request(body, to: endpoint, seconds: 60, urgent: true, now: Instant(seconds: 1_795_420_800)))
      let answer = try await Fetcher.live(allowsPrivate: true).fetch(request)
      #expect(answer.status == 201)
      let line = try #require(lines.next())
      let received = try JSONDecoder().decode(Received.self, from: line)
      #expect(received.text == text && received.aud == "http://127.0.0.1:\(start.port)" && received.sub == "mailto:t@example.org")
    }
  }

  @Test("S33 nothing is sent to this machine or its network, by number, by name, or by redirect")
  func guarded() async throws {
    let fetcher = Fetcher.live()
    for url in [
      "https://127.0.0.1/", "https://localhost/", "https://[::1]/", "https://10.0.0.1/", "https://169.254.169.254/latest/meta-data",
    ] {
      await #expect(throws: FetchError.notAllowed, "\(url)") { _ = try await fetcher.fetch(FetchRequest(.get, url, seconds: 3)) }
    }
  }
}

/// Lines of a pipe, one after the other.
final class LineReader {
  private let handle: FileHandle
  private var held = Data()

  init(_ handle: FileHandle) { self.handle = handle }

  func next() -> Data? {
    while true {
      if let end = held.firstIndex(of: 10) {
        let line = Data(held[held.startIndex..<end])
        held = Data(held[held.index(after: end)...])
        return line
      }
      let more = handle.availableData
      if more.isEmpty { return nil }
      held += more
    }
  }
}
