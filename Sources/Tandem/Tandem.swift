import ArgumentParser
import Features
import Foundation
import Kit
import Store
import Web

/// The command line. Data goes to standard output, words to standard error.
@main
struct Tandem: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tandem", abstract: "Mentoring and learning, a quarter of an hour at a time.",
    discussion: "Example: tandem serve --data ./data", version: Version.full,
    subcommands: [
      Serve.self, Work.self, Migrate.self, Import.self, Export.self, BackupCommand.self, Restore.self, CheckCommand.self, Routes.self,
      Doctor.self, Admin.self, DemoCommand.self, MailIn.self, Lab.self,
    ])

  /// Exit codes: 0 done, 1 failed or findings, 2 wrong usage or settings, 65 the database is newer than the program, 75 not now,
  /// 77 not for this user.
  static func main() async {
    do {
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand { try await command.run() } else { try command.run() }
    } catch let fault as Configuration.Fault {
      leave(2, fault.description)
    } catch let later as NotNow {
      leave(75, later.description)
    } catch let refusal as Migrator.Refusal {
      leave(65, refusal.description)
    } catch let closed as CommonOptions.Closed {
      leave(77, closed.description)
    } catch let missing as Resources.Missing {
      leave(2, missing.description)
    } catch let failure as StartFailure {
      leave(1, failure.description)
    } catch let refusal as BackupRefusal {
      leave(1, refusal.description)
    } catch let refusal as ExportRefusal {
      leave(1, refusal.description)
    } catch let problem as Problem {
      leave(1, problem.sentence)
    } catch let found as Findings {
      leave(1, found.description)
    } catch {
      // The library's own code for wrong usage is 64; here it is 2 like that of wrong settings.
      guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
      leave(2, fullMessage(for: error))
    }
  }

  private static func leave(_ code: Int32, _ text: String) -> Never {
    Words.say(text)
    Foundation.exit(code)
  }
}

/// What passes without a change of settings: the same command may do later.
struct NotNow: Error, CustomStringConvertible {
  let description: String
}

/// A command looked and found something wrong.
struct Findings: Error, CustomStringConvertible {
  let description: String
}

/// Words for people, on standard error.
enum Words {
  static func say(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }
}

extension Problem {
  /// The problem as a sentence for a terminal.
  var sentence: String {
    switch self {
    case .notFound: "There is no such thing."
    case .unauthenticated: "Not signed in."
    case .forbidden(let text), .malformed(let text), .tooLarge(let text), .unsupported(let text): text
    case .invalid(let messages):
      messages.sorted { $0.key < $1.key }.map { $0.key.isEmpty ? $0.value : "\($0.key): \($0.value)" }.joined(separator: "\n")
    case .conflict(_, let detail): detail
    case .tooMany: "Too many at once. Try again in a moment."
    case .notSetUp: "Tandem is not set up yet. Run: tandem admin setup-link"
    case .unavailable: "The database cannot be reached at the moment."
    case .storageFull: "There is no room left on the disk. Nothing was changed; free some space and try again."
    }
  }
}
