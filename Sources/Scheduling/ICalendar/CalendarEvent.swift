/// One event of a calendar mail or feed. Text may be anything a person typed; writing it makes it harmless.
public struct CalendarEvent: Sendable, Hashable {
  /// `STATUS` of RFC 5545 section 3.8.1.11.
  public enum Status: String, Sendable, Hashable {
    case confirmed = "CONFIRMED"
    case tentative = "TENTATIVE"
    case cancelled = "CANCELLED"
  }

  /// Never changes over the life of a session.
  public var uid: String
  /// Rises by one with every move and with the cancellation, never falls.
  public var sequence: Int
  /// When this version was written (`DTSTAMP`), microseconds since 1970 UTC.
  public var stamp: Int64
  /// Microseconds since 1970 UTC; written to the second.
  public var start: Int64
  /// Microseconds since 1970 UTC, after `start`.
  public var end: Int64
  /// One line; line breaks become spaces.
  public var summary: String
  /// Several lines; line breaks are kept.
  public var description: String?
  /// One line.
  public var location: String?
  /// The page of the session.
  public var url: String?
  /// Whether it takes place.
  public var status: Status
  /// Whether the time stays free in the reader's calendar (`TRANSP:TRANSPARENT`).
  public var isTransparent: Bool
  /// Who answers go to; needed in mails, left out of feeds.
  public var organizer: CalendarOrganizer?
  /// Who is invited.
  public var attendees: [CalendarAttendee]
  /// How it repeats; nil for a single event. A series is written in its zone's wall time, a single event in UTC.
  public var series: CalendarSeries?
  /// For one instance of a series that differs from the rest: when it would have begun, microseconds since 1970 UTC. Such an event
  /// carries the `series` of its siblings for the zone alone.
  public var instanceOf: Int64?
  /// A reminder this many minutes before the start; nil for none.
  public var alarmMinutesBefore: Int?

  /// A confirmed, busy event unless told otherwise.
  public init(
    uid: String, sequence: Int = 0, stamp: Int64, start: Int64, end: Int64, summary: String, description: String? = nil,
    location: String? = nil, url: String? = nil, status: Status = .confirmed, isTransparent: Bool = false,
    organizer: CalendarOrganizer? = nil, attendees: [CalendarAttendee] = [], series: CalendarSeries? = nil, instanceOf: Int64? = nil,
    alarmMinutesBefore: Int? = nil
  ) {
    self.uid = uid
    self.sequence = sequence
    self.stamp = stamp
    self.start = start
    self.end = end
    self.summary = summary
    self.description = description
    self.location = location
    self.url = url
    self.status = status
    self.isTransparent = isTransparent
    self.organizer = organizer
    self.attendees = attendees
    self.series = series
    self.instanceOf = instanceOf
    self.alarmMinutesBefore = alarmMinutesBefore
  }
}

/// The address answers are sent to, with the name shown beside it.
public struct CalendarOrganizer: Sendable, Hashable {
  /// The name people see, usually the mentor's.
  public var name: String
  /// The installation's mail address.
  public var email: String

  /// An organizer with a name and a mail address.
  public init(name: String, email: String) {
    self.name = name
    self.email = email
  }
}

/// A person invited to an event.
public struct CalendarAttendee: Sendable, Hashable {
  /// `PARTSTAT` of RFC 5545 section 3.2.12, as far as it concerns events here.
  public enum Answer: String, Sendable, Hashable {
    case needsAction = "NEEDS-ACTION"
    case accepted = "ACCEPTED"
    case declined = "DECLINED"
    case tentative = "TENTATIVE"
  }

  /// The name people see.
  public var name: String
  /// The person's mail address.
  public var email: String
  /// What the person said, true to the state of the session.
  public var answer: Answer
  /// Whether an answer by mail is asked for; only where incoming mail is read.
  public var wantsReply: Bool

  /// An attendee who accepted and need not reply, unless told otherwise.
  public init(name: String, email: String, answer: Answer = .accepted, wantsReply: Bool = false) {
    self.name = name
    self.email = email
    self.answer = answer
    self.wantsReply = wantsReply
  }
}
