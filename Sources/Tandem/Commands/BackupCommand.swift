import ArgumentParser
import Features
import Foundation
import Kit
import Store

struct BackupCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup", abstract: "Copy everything into one file while people work, or prove that a copy is whole.",
    discussion: "Example: tandem backup --data ./data --to tandem.tar.gz", subcommands: [Make.self, Verify.self, Drill.self],
    defaultSubcommand: Make.self)

  struct Make: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make a backup.", discussion: "Example: tandem backup --data ./data --to tandem.tar.gz")
    @OptionGroup var common: CommonOptions
    @Option(help: "The file to write; by default a new one in the data folder's backups.") var to: String?

    func run() async throws {
      try await common.withStore { store, configuration, _ in
        let key = try configuration.backupKey()
        guard let to else { return print(try await DataFolder(configuration).backup(store, named: "manual", key: key).path) }
        let manifest = try await Backup.write(
          store, keys: key.map { [$0] } ?? [], to: URL(fileURLWithPath: to), version: Version.text, now: World.live.now())
        Words.say("\(counted(manifest.tables.reduce(0) { $0 + $1.rows }, "row")) in \(counted(manifest.tables.count, "table")).")
        print(to)
      }
    }
  }

  struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Check a backup, restore it into a scratch folder and check what came of it.",
      discussion: "Example: tandem backup verify tandem.tar.gz")
    @Argument(help: "The backup.") var file: String

    func run() async throws {
      let breaches = try await Restoring.drill(URL(fileURLWithPath: file))
      guard breaches.isEmpty else { throw Findings(description: breaches.joined(separator: "\n")) }
      Words.say("The backup restores, and every check holds.")
    }
  }

  struct Drill: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Verify the newest backup of an installation.", discussion: "Example: tandem backup drill --data ./data")
    @OptionGroup var common: CommonOptions

    func run() async throws {
      let folder = try common.configuration().backups.folder
      let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter { $0.hasSuffix(".tar.gz") }.sorted()
      guard let newest = names.last else {
        throw Findings(description: "There is no backup in \(folder). Make one: tandem backup --data …")
      }
      let breaches = try await Restoring.drill(URL(fileURLWithPath: folder + "/" + newest))
      guard breaches.isEmpty else { throw Findings(description: breaches.joined(separator: "\n")) }
      Words.say("\(newest) restores, and every check holds.")
    }
  }
}
