import ArgumentParser
import Features
import Foundation
import Kit
import Logging
import Store

struct Restore: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Put a backup into an empty data folder or database, and check it.",
    discussion: "Example: tandem restore tandem.tar.gz --into ./data")

  @Argument(help: "The backup.") var file: String
  @Option(help: "The data folder; it must be empty or absent.") var into: String
  @Option(help: "An empty database instead of tandem.db in that folder.") var database: String?

  func run() async throws {
    let folder = DataFolder(into)
    let present = (try? FileManager.default.contentsOfDirectory(atPath: into)) ?? []
    guard present.isEmpty else { throw Configuration.Fault(description: "\(into) is not empty. Restore into a new folder, then move it.") }
    try folder.prepare()
    let store = try await Store.open(database ?? "sqlite:\(into)/tandem.db", logger: Restoring.quiet)
    let restored: (manifest: BackupManifest, breaches: [String])
    do {
      restored = try await Restoring.restore(URL(fileURLWithPath: file), into: store, folder: URL(fileURLWithPath: into))
      await store.close()
    } catch {
      await store.close()
      // Nothing half restored is left behind.
      if database == nil { try? FileManager.default.removeItem(atPath: into) }
      throw error
    }
    guard restored.breaches.isEmpty else { throw Findings(description: restored.breaches.joined(separator: "\n")) }
    if !restored.manifest.keys.contains(Backup.secretName) {
      Words.say("\(Restoring.noKey) Give the one that the server had before you start.")
    }
    let place = database.map { " --database '\($0)'" } ?? ""
    Words.say("Restored into \(into); every check holds. Sign-ins were ended. Start with: tandem serve --data \(into)\(place)")
  }
}

/// What restoring and its rehearsal share.
enum Restoring {
  static let quiet = Logger(label: "restore") { _ in SwiftLogNoOpLogHandler() }

  static let noKey = "The backup holds no secret key."

  /// Restores, brings the schema up to date, ends all sign-ins, and returns what was restored and what breaks a rule.
  static func restore(_ file: URL, into store: Store, folder: URL) async throws -> (manifest: BackupManifest, breaches: [String]) {
    let migrator = Migrator(Features.migrations)
    let now = World.live.now()
    let manifest = try await Backup.restore(file, into: store, migrator: migrator, keys: folder, now: now)
    try await migrator.migrate(store, now: now)
    try await store.write { tx in
      try tx.run("DELETE FROM sign_in_session")
      try PastMail.end(tx, now: now)
    }
    return (manifest, try await Checking.breaches(in: store))
  }

  static func drill(_ file: URL) async throws -> [String] {
    let scratch = FileManager.default.temporaryDirectory.appending(path: "tandem-drill-\(ProcessInfo.processInfo.processIdentifier)")
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    defer { try? FileManager.default.removeItem(at: scratch) }
    let store = try await Store.open("sqlite:" + scratch.appending(path: "tandem.db").path, logger: quiet)
    do {
      let (manifest, breaches) = try await restore(file, into: store, folder: scratch)
      await store.close()
      return manifest.keys.contains(Backup.secretName) ? breaches : breaches + [noKey]
    } catch {
      await store.close()
      throw error
    }
  }
}
