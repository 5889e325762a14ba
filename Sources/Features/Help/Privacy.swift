import Kit
import Store
import Web

/// What Tandem keeps about people, read off the register that export and erasure go by.
struct Privacy: Output {
  struct Group: Output {
    var name: String
    var words: String
    var entries: [Entry]
  }

  struct Entry: Output {
    var table: String
    var columns: String
    var erased: String
  }

  var groups: [Group]
  var tables: Int

  /// Columns that say something about a person, grouped by what kind of thing they say.
  init(_ register: [PersonalColumn]) {
    let shown = register.filter { $0.kind != .none && $0.kind != .secret }
    groups = Privacy.kinds.compactMap { kind, name, words in
      let entries = shown.filter { $0.kind == kind }.map { column in
        Entry(
          table: column.table.replacing("_", with: " "),
          columns: column.columns.map { $0.replacing("_", with: " ") }.joined(separator: ", "),
          erased: Privacy.erased(column.erasure))
      }
      return entries.isEmpty ? nil : Group(name: name, words: words, entries: entries)
    }
    tables = Set(shown.map(\.table)).count
  }

  private static let kinds: [(PersonalColumn.Kind, String, String)] = [
    (.identity, "Who you are", "So that people know whom they meet."),
    (.contact, "How to reach you", "For codes, invitations and reminders."),
    (
      .content, "What you write", "Questions, notes, goals, lessons. Notes and insights are seen by you and the other one of the pair only."
    ),
    (
      .behaviour, "What you do",
      "Reviews, sessions and settings, so that cards come back in time. Managers see counts of five people or more."
    ),
    (.special, "Sensitive", "Only where you give it yourself."),
  ]

  private static func erased(_ erasure: PersonalColumn.Erasure) -> String {
    switch erasure {
    case .keep: "kept without you"
    case .delete: "deleted"
    case .replace: "text replaced by a blank"
    case .pseudonymise: "unlinked from you"
    }
  }
}
