import Synchronization

/// Counts and keeps the statements that run under it: tests hold the cost of a page constant with it.
public final class StatementCounter: Sendable {
  @TaskLocal public static var current: StatementCounter?
  private let kept = Mutex<[String]>([])

  public init() {}

  public var statements: [String] { kept.withLock { $0 } }

  func count(_ statement: String) { kept.withLock { $0.append(statement) } }
}
