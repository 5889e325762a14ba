import Synchronization

/// Order among writers of one process: whoever failed twice goes alone, one after the other, while newcomers wait.
///
/// Without it a transaction that conflicts with many short ones may lose every time.
final class WriterTurns: Sendable {
  private struct State {
    var isTaken = false
    var preferred: [CheckedContinuation<Void, Never>] = []
    var newcomers: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())

  /// Goes on at once, unless somebody has the turn.
  func pass() async {
    await withCheckedContinuation { waiter in
      let mayGo = state.withLock { state in
        if state.isTaken { state.newcomers.append(waiter) }
        return !state.isTaken
      }
      if mayGo { waiter.resume() }
    }
  }

  /// Takes the turn; `leave` must follow.
  func enter() async {
    await withCheckedContinuation { waiter in
      let mayGo = state.withLock { state in
        if state.isTaken { state.preferred.append(waiter) }
        defer { state.isTaken = true }
        return !state.isTaken
      }
      if mayGo { waiter.resume() }
    }
  }

  func leave() {
    let next = state.withLock { state in
      if !state.preferred.isEmpty { return [state.preferred.removeFirst()] }
      state.isTaken = false
      defer { state.newcomers = [] }
      return state.newcomers
    }
    next.forEach { $0.resume() }
  }
}
