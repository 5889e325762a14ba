import ArgumentParser
import Features
import Foundation
import Interchange
import Kit
import Store

struct MailIn: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mail-in",
    abstract: "Read one mail from standard input: the answer of a calendar program to an invitation.",
    discussion: "Example, in /etc/aliases: replies: \"|/usr/bin/tandem mail-in --config /etc/tandem/tandem.toml\"")

  @OptionGroup var common: CommonOptions

  func run() async throws {
    let bytes = try FileHandle.standardInput.read(upToCount: IncomingMessage.most + 1) ?? Data()
    // What is too long is taken and dropped: refusing it would make the mail server send it back to somebody else's address.
    guard bytes.count <= IncomingMessage.most else { return print("ignored") }
    do {
      try await common.withStore { store, _, _ in
        let outcome = try await ReceiveReply(Array(bytes))(store, .live)
        print(outcome.rawValue)
      }
    } catch {
      // Whatever the reason: the mail server keeps the mail and hands it over again, instead of sending it back.
      throw NotNow(description: "The answer was not taken, hand it over again later. \((error as? Problem)?.sentence ?? "\(error)")")
    }
  }
}
