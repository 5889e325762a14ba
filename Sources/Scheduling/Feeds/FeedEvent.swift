/// One event of a feed, as written.
package struct FeedEvent {
  package var start: FeedMoment?
  package var end: FeedMoment?
  package var duration: FeedDuration?
  package var until = Until.none
  /// `EXDATE`: instances that do not take place.
  package var exceptions: [FeedMoment] = []
  /// `RDATE`: instances beside the rule; with a length of their own where the file gives one.
  package var additions: [(moment: FeedMoment, seconds: Int64?)] = []
  /// `RECURRENCE-ID`: the instance of another event with the same UID that this one stands for.
  package var replaced: FeedMoment?
  package var uid = FeedUID.seed
  package var isCancelled = false
  package var isTransparent = false
  package var isMarked = false

  /// The end of a repetition, itself included.
  package enum Until {
    case none
    case instant(Int64)
    case wall(Int64)
    case day(Int)
  }

  /// An event of which nothing is known yet.
  package init() {}

  /// Forgets everything and keeps the memory.
  package mutating func clear() {
    (start, end, duration, replaced, until) = (nil, nil, nil, nil, .none)
    exceptions.removeAll(keepingCapacity: true)
    additions.removeAll(keepingCapacity: true)
    uid = FeedUID.seed
    (isCancelled, isTransparent, isMarked) = (false, false, false)
  }
}

/// One time an event takes place, in UTC seconds.
package struct FeedOccurrence: Sendable {
  package var start: Int64
  package var end: Int64
  package var uid: UInt64
  /// The date on the clock the event is written in, as days since 1970.
  package var day: Int32
  package var isAllDay: Bool
  package var isMarked: Bool
  /// Stands for an instance of another event.
  package var isReplacement: Bool
}
