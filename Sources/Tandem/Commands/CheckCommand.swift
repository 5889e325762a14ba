import ArgumentParser
import Features
import Kit
import Store
import Web

struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Look for damage and for broken rules of the domain; changes nothing.",
    discussion: "Example: tandem check --data ./data")

  @OptionGroup var common: CommonOptions

  func run() async throws {
    let breaches = try await common.withStore(migrating: false) { store, _, _ in
      let pending = try await Migrator(Features.migrations).pending(in: store)
      if !pending.isEmpty { return ["The schema lacks \(counted(pending.count, "step")). Run: tandem migrate"] }
      return try await Checking.breaches(in: store)
    }
    guard breaches.isEmpty else { throw Findings(description: breaches.joined(separator: "\n")) }
    Words.say("\(counted(Checking.checks.count, "rule")) checked; all hold.")
  }
}

enum Checking {
  static var checks: [Check] { Features.all.flatMap(\.checks) }

  /// Damage found by the engine, and rules of the domain that do not hold, each with its remedy.
  static func breaches(in store: Store) async throws -> [String] {
    var found = try await store.integrity()
    found += try await store.read { tx in
      try checks.compactMap { check in
        let count = try check.breaches(tx)
        return count == 0 ? nil : "\(check.name): \(counted(count, "row")). \(check.remedy)"
      }
    }
    return found
  }
}
