/// The short waits a card passes before it is scheduled by days, in seconds.
struct Steps: Hashable, Sendable {
  let seconds: [Int]

  /// A place in the steps and the wait that leads to its question.
  struct Position: Hashable {
    let index: Int
    let wait: Int
  }

  /// The first step, or nil when there are no steps.
  var first: Position? { at(0) }

  /// Where an answer leads from step `index`; nil leaves the steps for review. An index beyond a list that was shortened since
  /// is a card that has finished it, unless it was forgotten.
  func after(_ index: Int, _ grade: Grade) -> Position? {
    switch grade {
    case .again: first
    case .hard: at(index).map { Position(index: index, wait: hardWait($0)) }
    case .good: seconds.indices.contains(index) ? at(index + 1) : nil
    case .easy: nil
    }
  }

  private func at(_ index: Int) -> Position? {
    seconds.indices.contains(index) ? Position(index: index, wait: seconds[index]) : nil
  }

  /// *Hard* repeats the step; on the first one it waits longer than *again*: half way to the next step, or half as long again.
  /// Half seconds are dropped.
  private func hardWait(_ position: Position) -> Int {
    guard position.index == 0 else { return position.wait }
    return at(1).map { (position.wait + $0.wait) / 2 } ?? position.wait * 3 / 2
  }
}
