/// Which target may import what: the layers of the package, in one table.
enum ArrowRule {
  static let pure: Set<String> = ["Kit", "SpacedRepetition", "AdaptiveTesting", "Matching", "Scheduling", "Interchange"]

  /// Our own modules, and the C libraries we wrap.
  static let own: [String: Set<String>] = [
    "Kit": [],
    "SpacedRepetition": [],
    "AdaptiveTesting": [],
    "Matching": [],
    "Scheduling": ["Kit"],
    "CalendarReading": ["Scheduling", "CICal"],
    "Interchange": ["Kit", "CMarkdown", "CZlib", "CZstd"],
    "Decks": ["Interchange"],
    "Outside": ["Kit", "CCurl"],
    "Store": ["Kit", "CPostgres", "CSQLite", "CZlib"],
    "Jobs": ["Kit", "Store"],
    "Web": ["Kit", "Store", "Jobs", "Outside", "CZlib"],
    "Features": [
      "Kit", "Store", "Jobs", "Outside", "Web", "SpacedRepetition", "Matching", "Scheduling", "CalendarReading",
      "Interchange", "Decks",
    ],
    "Tandem": [
      "CMalloc", "Kit", "Store", "Jobs", "Outside", "Web", "Features", "SpacedRepetition", "AdaptiveTesting", "Matching", "Scheduling",
      "CalendarReading", "Interchange", "Decks",
    ],
    "TandemTesting": ["Kit", "Store", "Jobs", "Outside", "Web", "Features"],
  ]

  /// Libraries of others that only some targets may name; what is not listed may be named anywhere.
  static let guarded: [String: Set<String>] = [
    "GRDB": ["Store"],
    "GRDBSQLite": ["Store", "Decks"],
    "Hummingbird": ["Web", "Features", "Tandem", "TandemTesting"],
    "HummingbirdCore": ["Web", "Tandem"],
    "NIOCore": ["Web", "Features", "Tandem", "TandemTesting"],
    "ArgumentParser": ["Tandem"],
    "TOMLKit": ["Tandem"],
    "Yams": ["Interchange", "Features"],
    "ServiceLifecycle": ["Jobs", "Web", "Tandem"],
    "Logging": ["Store", "Jobs", "Outside", "Web", "Features", "Tandem", "TandemTesting"],
  ]

  static func breaches(_ tree: SourceTree) -> [String] {
    tree.under("Sources", ending: ".swift").flatMap { file -> [String] in
      guard let allowed = own[file.target] else { return ["\(file.path): the target \(file.target) is not in the table of arrows"] }
      return imports(of: file).compactMap { module in
        let isOurs = own[module] != nil || module.hasPrefix("C") && own.values.contains { $0.contains(module) }
        if isOurs, !allowed.contains(module) { return "\(file.path): \(file.target) must not import \(module)" }
        if let users = guarded[module], !users.contains(file.target) { return "\(file.path): \(module) belongs to \(users.sorted())" }
        return nil
      }
    }
  }

  static func imports(of file: SourceFile) -> [String] {
    file.code.lines.compactMap { line in
      guard let match = line.firstMatch(of: /^(?:@\w+ |public |internal |package )*import (?:struct |enum |class |func )?(\w+)/) else {
        return nil
      }
      return String(match.1)
    }
  }
}
