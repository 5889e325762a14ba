import Foundation
import Kit
import Store

/// Work to be done outside the transaction that caused it: mail, matching, a nightly count. The value is its payload.
public protocol Job: Codable, Sendable {
  /// The name in the queue; it outlives the Swift type's name.
  static var kind: String { get }
  /// Whom it waits for. Each lane has places of its own, so that a server which answers slowly keeps no other work waiting.
  static var lane: Lane { get }
}

extension Job {
  public static var lane: Lane { .own }
}

/// Whom jobs wait for.
public enum Lane: Sendable, Hashable, CaseIterable {
  /// The database, and nobody else.
  case own
  case mail
  /// Push services.
  case push
  /// Servers of calendars.
  case calendars

  /// How many jobs of the lane run at once, in a worker of this width.
  func places(_ width: Int) -> Int {
    switch self {
    case .own, .mail: width
    case .push, .calendars: max(1, width / 2)
    }
  }
}

extension Transaction {
  /// Puts a job into the queue as part of this transaction.
  ///
  /// - Parameters:
  ///   - org: whose work it is; nil for the installation's own.
  ///   - key: what makes it the same job; a second job of this kind and key is not enqueued while the first is remembered.
  ///   - time: not before this moment.
  /// - Returns: false when the job was there already.
  @discardableResult
  public func enqueue<J: Job>(_ job: J, for org: ID<Organisation>?, key: String, at time: Instant, _ world: World) throws -> Bool {
    let payload = String(decoding: try JSONEncoder().encode(job), as: UTF8.self)
    let made = try run(
      """
      INSERT INTO job (id, org_id, kind, key, run_at, attempts, state, payload, created_at)
      VALUES (\(world.id() as ID<QueuedJob>), \(org?.value ?? 0), \(J.kind), \(key), \(time), 0, \("ready"), \(payload), \(world.now()))
      ON CONFLICT (kind, key) DO NOTHING
      """)
    if made == 1 { signal("jobs") }
    return made == 1
  }

  /// Takes back a job that has not run: its cause is gone.
  public func withdraw<J: Job>(_: J.Type, key: String) throws {
    try run("DELETE FROM job WHERE kind = \(J.kind) AND key = \(key) AND state = \("ready")")
  }

  /// Takes back all jobs of a kind whose key begins so.
  public func withdraw<J: Job>(_: J.Type, keysFrom prefix: String) throws {
    try run(
      "DELETE FROM job WHERE kind = \(J.kind) AND key >= \(prefix) AND key < \(prefix + "\u{10FFFF}") AND state = \("ready")")
  }
}

/// A row of the queue.
public struct QueuedJob: Sendable, RowDecodable {
  public enum State: String, Bindable, Codable, Sendable {
    case ready, running, done, dead
  }

  public let id: ID<QueuedJob>
  public let org: ID<Organisation>?
  public let kind: String
  public let key: String
  public let attempts: Int
  public let payload: String

  public init(row: Row) throws {
    id = try row("id")
    let org: Int64 = try row("org_id")
    self.org = org == 0 ? nil : ID(org)
    kind = try row("kind")
    key = try row("key")
    attempts = try row("attempts")
    payload = try row("payload")
  }
}

public enum Queue {
  public static let migrations = [
    Migration(
      "jobs/1",
      [
        """
        CREATE TABLE job (
          id BIGINT PRIMARY KEY, org_id BIGINT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, run_at BIGINT NOT NULL,
          attempts BIGINT NOT NULL, state TEXT NOT NULL CHECK (state IN ('ready', 'running', 'done', 'dead')),
          lease_until BIGINT, lease_owner BIGINT, payload TEXT NOT NULL, created_at BIGINT NOT NULL, finished_at BIGINT, failure TEXT,
          UNIQUE (kind, key))
        """,
        "CREATE INDEX job_due ON job (state, run_at)",
        "CREATE INDEX job_org ON job (org_id, state, run_at)",
      ])
  ]
}
