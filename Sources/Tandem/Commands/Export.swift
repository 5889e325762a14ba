import ArgumentParser
import Features
import Foundation
import Kit
import Store

struct Export: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write everything of an organisation, or its lessons, its questions or a member's cards.",
    discussion: "Example: tandem export --organisation acme --to ./acme-export --data ./data",
    subcommands: [All.self, Lessons.self, Questions.self, Deck.self], defaultSubcommand: All.self)

  struct All: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write everything of an organisation into a folder: CSV, Markdown, JSON; no secrets.",
      discussion: "Example: tandem export --organisation acme --to ./acme-export --data ./data")

    @OptionGroup var common: CommonOptions
    @Option(help: "Id or word of the organisation.") var organisation: String
    @Option(help: "The folder to write; absent or empty.") var to: String

    func run() async throws {
      let (organisation, to) = (organisation, to)
      let manifest = try await common.withStore { store, _, _ in
        let org = try await Export.begin(.everything, of: organisation, store)
        return try await OrganisationExport.write(
          org, to: URL(fileURLWithPath: to), store: store, version: Version.text, now: World.live.now()
        ) { table in
          if table.rows > 0 { Words.say("\(table.name): \(counted(table.rows, "row"))") }
        }
      }
      let rows = manifest.tables.reduce(0) { $0 + $1.rows }
      Words.say("\(counted(rows, "row")) in \(counted(manifest.tables.count, "table")), \(counted(manifest.lessons.count, "lesson")).")
      print(to)
    }
  }
}
