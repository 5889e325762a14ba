/// The state of a card as its events tell it.
public struct Replay: Hashable, Sendable {
  /// Memory, state and due time.
  public let progress: CardProgress
  /// The last event in replay order, whatever its kind; nil without events.
  public let lastEvent: EventID?
  /// The review or import that set the present due time: the one a `place` event must name. Nil for a new card.
  public let scheduledBy: EventID?
}

extension Scheduler {
  /// The state of a card, from the *set* of its events.
  ///
  /// Order of arrival, repeats and events of other cards do not matter. Undone events and practice are skipped, a reset starts
  /// anew, and the last `place` counts when it names the review that is the last one: a day chosen for an older review does not
  /// hold back a newer one. A placed day stays between the review's day and the maximum interval.
  /// Takes O(n log n) time for n events.
  public func replay(_ events: some Sequence<ReviewEvent>, card: Int64) -> Replay {
    let history = Self.sortedSet(events, card: card)
    let undone = Self.undone(in: history)
    var progress = CardProgress.new
    var scheduledBy: EventID?
    var places: [EventID: DayNumber] = [:]
    for event in history where !undone.contains(event.id) {
      switch event.kind {
      case .review(let grade):
        progress = answer(progress, grade, at: event.moment, card: card)
        scheduledBy = event.id
      case .import(let memory):
        progress = imported(memory, into: progress, at: event.moment, card: card)
        scheduledBy = event.id
      case .reset:
        progress = .new
        scheduledBy = nil
      case .place(let target, let day):
        places[target] = day
      case .practice, .undo:
        continue
      }
    }
    if let day = scheduledBy.flatMap({ places[$0] }) { progress = placed(progress, on: day) }
    return Replay(progress: progress, lastEvent: history.last?.id, scheduledBy: scheduledBy)
  }

  private static func sortedSet(_ events: some Sequence<ReviewEvent>, card: Int64) -> [ReviewEvent] {
    var seen: Set<EventID> = []
    return events.filter { $0.card == card }.sorted().filter { seen.insert($0.id).inserted }
  }

  private static func undone(in history: [ReviewEvent]) -> Set<EventID> {
    Set(
      history.compactMap { event in
        if case .undo(let target) = event.kind { target } else { nil }
      })
  }

  private func imported(_ memory: ImportedMemory, into progress: CardProgress, at moment: Moment, card: Int64) -> CardProgress {
    var next = progress
    next.lastReview = moment
    next.memory =
      switch memory {
      case .memory(let state): state
      case .superMemo2(let sm2): model.memory(from: sm2)
      }
    return inReview(next, card: card)
  }

  private func placed(_ progress: CardProgress, on day: DayNumber) -> CardProgress {
    guard progress.state == .review, let last = progress.lastReview?.day else { return progress }
    var next = progress
    next.due = .day(min(max(day, last), last.advanced(by: options.maximumInterval)))
    return next
  }
}
