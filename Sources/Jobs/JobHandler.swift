import Foundation
import Kit
import Logging
import Store

/// How one kind of job is done. It may run more than once: its effects are made once by keys and by looking at the world again.
public struct JobHandler: Sendable {
  public let kind: String
  let lane: Lane
  let perform: @Sendable (_ payload: String, JobRun) async throws -> Void

  public init<J: Job>(_: J.Type, _ perform: @escaping @Sendable (J, JobRun) async throws -> Void) {
    kind = J.kind
    lane = J.lane
    self.perform = { payload, run in
      try await perform(try JSONDecoder().decode(J.self, from: Data(payload.utf8)), run)
    }
  }
}

/// What a job is given while it runs.
public struct JobRun: Sendable {
  public let job: QueuedJob
  public let store: Store
  public let world: World
  public let logger: Logger

  /// The organisation of the job; a job enqueued without one must not ask.
  public func org() throws -> ID<Organisation> {
    guard let org = job.org else { throw JobFailure.permanent("The job belongs to no organisation.") }
    return org
  }
}

/// Thrown by a job to say how to go on. Any other error counts as `.later`.
public enum JobFailure: Error, Sendable {
  /// Try again after a pause that doubles.
  case later(String)
  /// Never try again; an administrator sees it.
  case permanent(String)
  /// Not done yet: run again at this moment without counting a failure.
  case notBefore(Instant)
}

/// Work that comes back by the clock. One job a turn, whoever enqueues it first.
public struct ScheduledJob: Sendable {
  public let name: String
  public let every: Span
  let enqueue: @Sendable (Transaction, _ turn: Int64, World) throws -> Void

  public init<J: Job>(_ name: String, every: Span, _ job: J) {
    self.name = name
    self.every = every
    enqueue = { tx, turn, world in try tx.enqueue(job, for: nil, key: "\(name)@\(turn)", at: world.now(), world) }
  }
}
