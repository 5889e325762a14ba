import CPostgres
import Foundation
import Kit

/// One conversation with the server. Not thread safe: it belongs to the queue of its `PostgresWorker` or to one thread.
final class PostgresSession {
  private let handle: OpaquePointer
  private var statements = PostgresStatements()

  /// Defaults that the address may override (they stand before it), and one that it may not.
  private static let defaults = [
    ("application_name", "tandem"), ("connect_timeout", "5"), ("keepalives", "1"), ("keepalives_idle", "30"),
    ("keepalives_interval", "10"), ("keepalives_count", "3"), ("tcp_user_timeout", "30000"),
  ]

  private static let setup = """
    SET synchronous_commit = on; SET statement_timeout = '30s'; SET lock_timeout = '10s';
    SET idle_in_transaction_session_timeout = '60s'; SET TIME ZONE 'UTC'; SET bytea_output = 'hex'; SET extra_float_digits = 1;
    SET standard_conforming_strings = on; SET client_min_messages = warning; SET jit = off
    """

  /// Connects and sets what every session relies on. Blocks for at most about five seconds a host.
  init(url: String) throws {
    let settings = Self.defaults + [("dbname", url), ("client_encoding", "UTF8")]
    let names = settings.map { strdup($0.0) }
    let values = settings.map { strdup($0.1) }
    defer { (names + values).forEach { free($0) } }
    let opened = PQconnectdbParams(names.map { UnsafePointer($0) } + [nil], values.map { UnsafePointer($0) } + [nil], 1)
    guard let opened, PQstatus(opened) == CONNECTION_OK else {
      let failure = PostgresFailure(connecting: opened)
      PQfinish(opened)
      throw failure
    }
    handle = opened
    // The server's notices go nowhere: what matters comes back as an error.
    _ = PQsetNoticeProcessor(opened, { _, _ in }, nil)
    try command(Self.setup)
  }

  deinit { PQfinish(handle) }

  var isAlive: Bool { PQstatus(handle) == CONNECTION_OK }
  var isIdle: Bool { PQtransactionStatus(handle) == PQTRANS_IDLE }
  var socket: Int32 { PQsocket(handle) }

  /// Runs text of our own without values and returns the command tag of its last statement.
  @discardableResult
  func command(_ text: String) throws -> String {
    let answer = PostgresAnswer(PQexec(handle, text))
    try check(answer)
    return answer.tag
  }

  func execute(_ text: String, _ values: [Bound]) throws -> PostgresAnswer {
    let parameters = PostgresParameters(values)
    let key = PostgresStatements.Key(text: text, types: parameters.types)
    let answer: PostgresAnswer
    switch statements.plan(for: key) {
    case .direct:
      answer = parameters.withPointers { count, addresses, lengths, formats in
        PQexecParams(handle, text, count, parameters.types, addresses, lengths, formats, 0)
      }
    case .prepare(let name, let forgotten):
      if let forgotten { try command("DEALLOCATE \(forgotten)") }
      try check(PostgresAnswer(PQprepare(handle, name, text, Int32(clamping: values.count), parameters.types)))
      statements.note(name, for: key)
      answer = run(name, parameters)
    case .execute(let name):
      answer = run(name, parameters)
    }
    try check(answer)
    return answer
  }

  /// Drops every prepared statement, as needed when the schema changed under them.
  func forgetStatements() throws {
    statements.forgetAll()
    try command("DEALLOCATE ALL")
  }

  /// The payloads of notifications that have arrived. Throws when the connection is gone.
  func notifications() throws -> [String] {
    guard PQconsumeInput(handle) == 1 else { throw PostgresFailure(result: nil, connection: handle) }
    var payloads: [String] = []
    while let notification = PQnotifies(handle) {
      payloads.append(String(cString: notification.pointee.extra))
      PQfreemem(notification)
    }
    return payloads
  }

  private func run(_ name: String, _ parameters: PostgresParameters) -> PostgresAnswer {
    parameters.withPointers { count, addresses, lengths, formats in
      PQexecPrepared(handle, name, count, addresses, lengths, formats, 0)
    }
  }

  private func check(_ answer: borrowing PostgresAnswer) throws {
    if !answer.isGood { throw PostgresFailure(result: answer.handle, connection: handle) }
  }
}

/// Owns one result of libpq.
struct PostgresAnswer: ~Copyable {
  let handle: OpaquePointer?

  init(_ handle: OpaquePointer?) { self.handle = handle }
  deinit { PQclear(handle) }

  var isGood: Bool {
    let status = PQresultStatus(handle)
    return status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK || status == PGRES_EMPTY_QUERY
  }

  var tag: String { PQcmdStatus(handle).map { String(cString: $0) } ?? "" }

  /// How many rows a statement changed, or returned.
  var changed: Int { PQcmdTuples(handle).flatMap { Int(String(cString: $0)) } ?? 0 }

  /// Whether a column of the answer is of bytes.
  var holdsBytes: Bool { (0..<PQnfields(handle)).contains { PQftype(handle, $0) == PostgresType.bytea } }

  var rows: [Row] {
    let width = PQnfields(handle)
    let names = (0..<width).map { PQfname(handle, $0).map { String(cString: $0) } ?? "" }
    let types = (0..<width).map { PQftype(handle, $0) }
    let count = PQntuples(handle)
    var values: [Bound] = []
    values.reserveCapacity(Int(count) * types.count)
    for row in 0..<count {
      for (column, type) in types.enumerated() { values.append(value(row, Int32(column), type)) }
    }
    return Row.Answer(names, values).rows
  }

  private func value(_ row: Int32, _ column: Int32, _ type: Oid) -> Bound {
    guard PQgetisnull(handle, row, column) == 0, let start = PQgetvalue(handle, row, column) else { return .null }
    let length = Int(PQgetlength(handle, row, column))
    return start.withMemoryRebound(to: UInt8.self, capacity: length) {
      Bound(postgres: type, UnsafeBufferPointer(start: $0, count: length))
    }
  }
}
