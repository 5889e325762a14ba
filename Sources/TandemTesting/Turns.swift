/// Lets a few tests at a time have a database: all of them at once would be more connections than a server gives, and more work
/// than two cores finish within anybody's patience.
actor Turns {
  @TaskLocal static var isHeld = false
  private var free: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(_ count: Int) { free = count }

  /// Runs the body when there is room. A body inside another one goes on at once, so that two databases in one test cannot wait for
  /// each other.
  nonisolated func take<Result: Sendable>(_ body: () async throws -> Result) async throws -> Result {
    if Turns.isHeld { return try await body() }
    await enter()
    do {
      let result = try await Turns.$isHeld.withValue(true) { try await body() }
      await leave()
      return result
    } catch {
      await leave()
      throw error
    }
  }

  private func enter() async {
    if free > 0 {
      free -= 1
      return
    }
    await withCheckedContinuation { waiting.append($0) }
  }

  private func leave() {
    if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
  }
}
