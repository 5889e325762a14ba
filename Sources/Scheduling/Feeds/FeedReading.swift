/// A stretch of time that a feed takes up. Nothing else of the event is kept.
public struct FeedTime: Sendable, Hashable, Comparable {
  /// Microseconds since 1970 UTC.
  public var start: Int64
  /// Microseconds since 1970 UTC, after `start`.
  public var end: Int64
  /// ``FeedUID/hash(_:)`` of the event's UID; the same for all instances of an event.
  public var uid: UInt64
  /// Whether the event was written as whole days.
  public var isAllDay: Bool
  /// Whether `SUMMARY` was ``FeedRules/marker``.
  public var isMarked: Bool

  /// A stretch from `start` to `end`.
  public init(start: Int64, end: Int64, uid: UInt64, isAllDay: Bool = false, isMarked: Bool = false) {
    self.start = start
    self.end = end
    self.uid = uid
    self.isAllDay = isAllDay
    self.isMarked = isMarked
  }

  /// The whole minutes it touches, for slots.
  public var interval: Interval { Interval(startMicroseconds: start, endMicroseconds: end) }

  /// Earlier starts first, then earlier ends.
  public static func < (left: FeedTime, right: FeedTime) -> Bool {
    (left.start, left.end, left.uid) < (right.start, right.end, right.uid)
  }
}

/// What a feed says, as far as it was read.
public struct FeedReading: Sendable, Hashable {
  /// In ascending order; may overlap.
  public var times: [FeedTime] = []
  /// What the owner should know, each once, in the order it was met.
  public var warnings: [FeedWarning] = []
  /// How many events were read.
  public var components = 0

  /// An empty reading.
  public init() {}

  /// Whether nothing was left out.
  public var isComplete: Bool { !warnings.contains(where: \.leavesOut) }
}

/// Something about a feed that its owner should know.
public enum FeedWarning: Sendable, Hashable {
  /// A zone nobody knows; its times were read by the owner's clock.
  case unknownZone(String)
  /// Only the first so many events were read.
  case tooManyComponents(Int)
  /// Only the first so many instances of an event, or of all events, were read.
  case tooManyInstances(Int)
  /// Some events make no sense and were left out.
  case unreadableEvents
  /// Some repetitions make no sense, or come more than once an hour; of these events only the written dates were read.
  case unreadableRules
  /// Reading took too long; the rest was left out.
  case outOfTime

  /// Whether something that may be busy was left out.
  public var leavesOut: Bool {
    if case .unknownZone = self { return false }
    return true
  }

  /// The warning in a sentence for the owner of the feed.
  public var sentence: String {
    switch self {
    case .unknownZone(let name): "The time zone “\(name)” is unknown; its times were read by your own clock."
    case .tooManyComponents(let most): "The calendar holds more than \(most) events; the rest was left out."
    case .tooManyInstances(let most): "More than \(most) repetitions fall into the next months; the rest was left out."
    case .unreadableEvents: "Some events have no readable date and were left out."
    case .unreadableRules: "Some repetitions could not be read; of these events only the dates written down were read."
    case .outOfTime: "Reading the calendar took too long; the rest was left out."
    }
  }
}

/// Why a feed was not read at all. The last good state should be kept: a broken feed does not mean that its owner is free.
public enum FeedRefusal: Error, Sendable, Hashable {
  /// The text does not begin with `BEGIN:VCALENDAR`.
  case notACalendar
  /// The text does not end with `END:VCALENDAR`: the end was lost on the way.
  case cutOff
  /// Longer than ``FeedOutline/mostBytes``.
  case tooLarge

  /// The refusal in a sentence for the owner of the feed.
  public var sentence: String {
    switch self {
    case .notACalendar: "What came back is not a calendar."
    case .cutOff: "The calendar arrived incomplete."
    case .tooLarge: "The calendar is larger than 2 MB."
    }
  }
}

/// The trace of an event's UID that is kept in its place.
public enum FeedUID {
  /// FNV-1a over the bytes of `uid`, 64 bits. Compare it with ``FeedTime/uid`` to recognise one's own events.
  public static func hash(_ uid: String) -> UInt64 {
    uid.utf8.reduce(seed) { extended($0, by: $1) }
  }

  package static let seed: UInt64 = 0xCBF2_9CE4_8422_2325

  @inline(__always) static func extended(_ hash: UInt64, by byte: UInt8) -> UInt64 {
    (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
  }
}
