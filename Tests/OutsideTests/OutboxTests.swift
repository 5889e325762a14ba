import Foundation
import Outside
import Testing

@Suite("Mail into a folder")
struct OutboxTests {
  private func withFolder(_ test: (String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("tandem-outbox-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await test(folder)
  }

  @Test("each mail is one whole file that only the owner can read; the same mail twice is still one")
  func files() async throws {
    try await withFolder { folder in
      let mailer = Mailer.outbox(folder: folder)
      let mail = try MIMEWriterTests.mail(subject: "Größe")
      try await mailer.send(mail)
      try await mailer.send(mail)
      let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(names == ["20261123T080000Z-\(mail.messageID.left).eml"])
      let path = folder + "/" + (names.first ?? "")
      #expect(FileManager.default.contents(atPath: path).map { [UInt8]($0) } == MIMEWriter.bytes(of: mail))
      #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
    }
  }

  @Test("the name of a message cannot lead out of the folder")
  func names() async throws {
    try await withFolder { folder in
      var mail = try MIMEWriterTests.mail()
      mail.messageID = try #require(MessageID("<a/../../b@example.org>") ?? MessageID("<a/b@example.org>"))
      try await Mailer.outbox(folder: folder).send(mail)
      try #expect(FileManager.default.contentsOfDirectory(atPath: folder).count == 1)
    }
  }

  @Test("the probe leaves nothing behind")
  func probe() async throws {
    try await withFolder { folder in
      try await Mailer.outbox(folder: folder).probe()
      try #expect(FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
    }
  }

  @Test("a folder that cannot be written is an error worth another try")
  func notAFolder() async throws {
    try await withFolder { file in
      _ = FileManager.default.createFile(atPath: file, contents: Data("x".utf8))
      let mailer = Mailer.outbox(folder: file + "/outbox")
      let failure = await #expect(throws: MailError.self) { try await mailer.send(try MIMEWriterTests.mail()) }
      #expect(failure?.isFinal == false)
      await #expect(throws: MailError.self) { try await mailer.probe() }
    }
  }
}
