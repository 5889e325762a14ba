import CPostgres
import Kit

/// What the server, or the wire to it, said.
struct PostgresFailure: Error, CustomStringConvertible {
  /// SQLSTATE; empty when the connection ended without a word.
  let code: String
  /// The primary message, which names columns and constraints but no values.
  let message: String
  let constraint: String
  /// Whether the connection is gone, so that what the statement did is unknown.
  let isLost: Bool

  var description: String { "PostgreSQL \(code.isEmpty ? "connection" : code): \(message)" }

  /// Serialisation failure or deadlock: the same transaction may succeed a moment later.
  var asksToTryAgain: Bool { code == "40001" || code == "40P01" }

  /// A statement prepared before the schema changed, or one the server no longer knows.
  var isStale: Bool { code == "26000" || (code == "0A000" && message.contains("cached plan")) }

  /// The error in the terms of `Store`: a broken rule, a full disk, a moment to wait, or itself.
  var mapped: any Error {
    switch code {
    case "23P01": return Violation(rule: .overlap, name: constraint)
    case "23505": return Violation(rule: .unique, name: constraint)
    case "23503": return Violation(rule: .reference, name: constraint)
    case "23514": return Violation(rule: .check, name: constraint)
    case "23502": return Violation(rule: .notNull, name: constraint)
    case "53100": return Problem.storageFull
    case "53300", "55P03", "57014", "40001", "40P01": return Problem.unavailable(retryAfter: 1)
    default: return isLost ? Problem.unavailable(retryAfter: 5) : self
    }
  }
}

extension PostgresFailure {
  private static let away: Set<String> = ["57P01", "57P02", "57P03", "57P05", "25P03"]

  /// Reads the failure of a result; a missing result or a dead connection is a lost one.
  init(result: OpaquePointer?, connection: OpaquePointer) {
    let code = result.flatMap { tandem_sqlstate($0) }.map { String(cString: $0) } ?? ""
    self.code = code
    let said = result.flatMap { tandem_message($0) } ?? UnsafePointer(PQerrorMessage(connection))
    message = said.map { String(cString: $0).trimmed } ?? ""
    let named = result.flatMap { tandem_constraint($0) ?? tandem_column($0) }
    constraint = named.map { String(cString: $0) } ?? ""
    isLost = code.hasPrefix("08") || Self.away.contains(code) || PQstatus(connection) != CONNECTION_OK
  }

  /// A connection that could not be made. libpq gives no SQLSTATE here, only the server's words.
  init(connecting connection: OpaquePointer?) {
    message = PQerrorMessage(connection).map { String(cString: $0).trimmed } ?? "out of memory"
    code = message.contains("too many clients") || message.contains("remaining connection slots") ? "53300" : ""
    constraint = ""
    isLost = true
  }
}
