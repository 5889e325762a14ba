import ArgumentParser
import Features
import Kit
import Store

struct Migrate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Bring the database to this program's schema; a backup is made first.",
    discussion: "Example: tandem migrate --data ./data --plan")

  @OptionGroup var common: CommonOptions
  @Flag(help: "Print the steps without doing them.") var plan = false

  func run() async throws {
    try await common.withStore(migrating: false, exclusive: true) { store, configuration, _ in
      let migrator = Migrator(Features.migrations)
      let pending = try await migrator.pending(in: store)
      if plan {
        for step in pending { print(step.name) }
        return Words.say(pending.isEmpty ? "Nothing to do." : "\(counted(pending.count, "step")) to do.")
      }
      let done = try await migrator.migrate(store, now: World.live.now()) {
        try await DataFolder(configuration["storage.path"]).backup(store, named: "before-migration")
      }
      Words.say(done.isEmpty ? "Nothing to do." : "Done: \(listed(done)).")
    }
  }
}
