import ArgumentParser
import Features
import Kit
import Store

struct Migrate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Bring the database to this program's schema; a backup is made first.",
    discussion: "Example: tandem migrate --data ./data --plan")

  @OptionGroup var common: CommonOptions
  @Flag(help: "Print the steps as SQL, and how many rows each table they touch has, without doing them.") var plan = false

  func run() async throws {
    try await common.withStore(migrating: false, creating: true, exclusive: true) { store, configuration, _ in
      let migrator = Migrator(Features.migrations)
      let pending = try await migrator.pending(in: store)
      if plan {
        for line in try await store.read({ tx in try Self.plan(pending, tx) }) { print(line) }
        return Words.say(pending.isEmpty ? "Nothing to do." : "\(counted(pending.count, "step")) to do.")
      }
      let done = try await migrator.migrate(store, now: World.live.now()) {
        try await DataFolder(configuration).backup(store, named: "before-migration", key: try configuration.backupKey())
      }
      Words.say(done.isEmpty ? "Nothing to do." : "Done: \(listed(done)).")
    }
  }

  private static func plan(_ steps: [Migration], _ tx: Transaction) throws -> [String] {
    let present = Set(try tx.tableColumns().map(\.table))
    return try steps.flatMap { step in
      let statements = step.sql(for: tx.dialect)
      let words = Set(statements.flatMap { $0.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init) })
      let touched = try present.intersection(words).sorted().map { table in
        "-- \(table): \(counted(try tx.count(SQL(stringLiteral: "SELECT count(*) FROM \"\(table)\"")), "row"))"
      }
      return ["-- \(step.name)"] + touched + statements.map { $0.trimmed + ";" }
        + (step.move == nil ? [] : ["-- then rows are moved by the program"])
    }
  }
}
