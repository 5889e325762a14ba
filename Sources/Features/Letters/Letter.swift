import Jobs
import Kit
import Store

/// A mail to one person, as it is enqueued: what to say, not how it looks. It is written as text and HTML when it is sent.
public struct Letter: Job {
  public static let kind = "letter"
  public static let lane = Lane.mail

  /// What it is about; settings, quiet hours and the digest go by it.
  public enum Topic: String, Codable, Sendable, CaseIterable {
    /// Signing in, invitations, security: always at once.
    case account
    /// A session that is booked, moved, cancelled, near or over.
    case session
    /// An ask offered to a mentor, and what became of one's own ask.
    case request
    /// Lessons assigned, cards due.
    case learning
    /// Programs, goals, nudges.
    case program
  }

  public struct Button: Codable, Sendable, Hashable {
    public let label: String
    /// An own path; the installation's address is put in front.
    public let path: String
    public init(_ label: String, _ path: String) {
      self.label = label
      self.path = path
    }
  }

  /// The version of a session that a letter is true for; once that has changed, the letter is not sent any more.
  struct About: Codable, Sendable, Hashable {
    let session: ID<Session>
    let sequence: Int

    func holds(org: ID<Organisation>, _ tx: Transaction) throws -> Bool {
      try tx.count("SELECT count(*) FROM session WHERE org_id = \(org) AND id = \(session) AND sequence = \(sequence)") == 1
    }
  }

  /// The group session that a letter is about. It does not leave when that was called off, or when its receiver has no seat any more.
  struct AboutGroup: Codable, Sendable, Hashable {
    let group: ID<GroupSession>

    func holds(for person: ID<Person>, org: ID<Organisation>, _ tx: Transaction) throws -> Bool {
      guard let found = try GroupSession.find(group, org: org, tx), found.cancelledAt == nil else { return false }
      return try person == found.mentor || Seat.of(person, in: group, org: org, tx)?.state == .seated
    }
  }

  public struct Calendar: Codable, Sendable, Hashable {
    /// `REQUEST` or `CANCEL`.
    public let method: String
    public let text: String
    public init(method: String, text: String) {
      self.method = method
      self.text = text
    }
  }

  /// A member; nil for somebody who is not one yet, and then `email` and `name` say whom.
  public var to: ID<Person>?
  public var email: String?
  public var name: String?
  public var topic: Topic
  public var subject: String
  public var paragraphs: [String]
  /// Somebody's own words, set apart.
  public var quote: String?
  public var buttons: [Button]
  public var calendar: Calendar?
  var about: About?
  var aboutGroup: AboutGroup?
  /// After this moment it is of no use.
  var until: Kit.Instant?
  /// Whether it does not wait for the end of quiet hours: a moment that the person chose.
  var isAtOnce: Bool?
  /// The ways it may take; nil for all.
  public var channels: Set<Channel>?

  public init(
    to: ID<Person>, _ topic: Topic, subject: String, _ paragraphs: [String], quote: String? = nil, buttons: [Button] = [],
    calendar: Calendar? = nil
  ) {
    self.to = to
    self.topic = topic
    self.subject = subject
    self.paragraphs = paragraphs
    self.quote = quote
    self.buttons = buttons
    self.calendar = calendar
  }

  /// To an address that belongs to no member yet, or to one who is not signed in: a code, an invitation.
  public init(email: String, name: String, subject: String, _ paragraphs: [String], buttons: [Button] = []) {
    self.email = email
    self.name = name
    self.topic = .account
    self.subject = subject
    self.paragraphs = paragraphs
    self.buttons = buttons
  }

  func takes(_ channel: Channel) -> Bool { channels?.contains(channel) ?? true }
}

extension Transaction {
  /// Enqueues a mail in this transaction. The key makes it one mail however often the cause is repeated.
  public func send(_ letter: Letter, org: ID<Organisation>?, key: String, at time: Instant? = nil, _ world: World) throws {
    try enqueue(letter, for: org, key: key, at: time ?? world.now(), world)
  }
}
