import Kit
import Store
import Web

/// What goes out of a table, and what its values look like outside.
enum ExportedTable {
  /// Tables that are not exported, and why.
  static let leftOut: [String: String] = [
    "idempotency": "kept for a day to recognise repetitions",
    "job": "work in progress; its effects are in the other tables",
    "mail_link": "links in mails work here only",
    "member_import": "files being read; their rows are members",
    "password": "a hash that is of use here only",
    "schema_step": "the manifest names the steps",
    "search_entry": "made from the other tables",
    "setup_link": "for the first administrator of this installation",
    "sign_in_attempt": "counts tries at this installation",
    "sign_in_code": "works here for ten minutes",
    "sign_in_session": "who is signed in here",
    "skill_import_file": "files being read; their rows are skills",
    "skill_phrase": "made from skill",
    "skill_word": "made from skill",
  ]

  /// Columns of the register that are of use to nobody else: hashes of tokens and codes.
  static let secrets: Set<String> = Set(
    Features.personalData.filter { $0.kind == .secret }.flatMap { entry in entry.columns.map { "\(entry.table).\($0)" } })

  static func columns(_ columns: [String], of table: String) -> [String] { columns.filter { !secrets.contains("\(table).\($0)") } }

  /// A value as the API shows it: ids as 13 characters of base 32, instants as RFC 3339 in UTC, bytes in base 64.
  static func value(_ value: Bound, column: String) -> ExportedValue? {
    switch value {
    case .null: nil
    case .integer(let number) where isID(column): .text(Crockford.encode(number))
    case .integer(let number) where isInstant(column): .text(Instant(microseconds: number).description)
    case .integer(let number): .integer(number)
    case .real(let number): .real(number)
    case .text(let text): .text(text)
    case .blob(let bytes): .text(bytes.base64URL)
    }
  }

  private static func isID(_ column: String) -> Bool { column == "id" || column.hasSuffix("_id") || column.hasSuffix("_by") }

  /// Moments are whole numbers under names that end so: `held_until`, `approval_due`.
  private static func isInstant(_ column: String) -> Bool {
    ["at", "until"].contains(column) || ["_at", "_until", "_due"].contains { column.hasSuffix($0) }
  }
}

enum ExportedValue: Codable, Sendable, Hashable {
  case integer(Int64)
  case real(Double)
  case text(String)

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if let number = try? value.decode(Int64.self) {
      self = .integer(number)
    } else if let number = try? value.decode(Double.self) {
      self = .real(number)
    } else {
      self = .text(try value.decode(String.self))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .integer(let number): try container.encode(number)
    case .real(let number): try container.encode(number)
    case .text(let text): try container.encode(text)
    }
  }
}
