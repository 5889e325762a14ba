import Kit

/// One message to one person. It holds any text; `MIMEWriter` makes a well-formed message of it, whatever the text is.
public struct Mail: Sendable, Hashable {
  public var messageID: MessageID
  public var date: Instant
  public var from: Mailbox
  public var to: Mailbox
  public var replyTo: Mailbox?
  public var subject: String
  /// The body as plain text. Line ends of any kind.
  public var text: String
  /// The same body as HTML, where the mail has one.
  public var html: String?
  public var calendar: CalendarPart?
  public var unsubscribe: Unsubscribe?
  /// RFC 3834. Mail that a person did not write says so, and holiday notices stay silent.
  public var autoSubmitted: AutoSubmitted
  /// The message this one answers; groups the mails of a session in the reader's mail program.
  public var inReplyTo: MessageID?
  public var extraHeaders: [ExtraHeader]

  public init(
    messageID: MessageID, date: Instant, from: Mailbox, to: Mailbox, replyTo: Mailbox? = nil, subject: String, text: String,
    html: String? = nil, calendar: CalendarPart? = nil, unsubscribe: Unsubscribe? = nil, autoSubmitted: AutoSubmitted = .generated,
    inReplyTo: MessageID? = nil, extraHeaders: [ExtraHeader] = []
  ) {
    self.messageID = messageID
    self.date = date
    self.from = from
    self.to = to
    self.replyTo = replyTo
    self.subject = subject
    self.text = text
    self.html = html
    self.calendar = calendar
    self.unsubscribe = unsubscribe
    self.autoSubmitted = autoSubmitted
    self.inReplyTo = inReplyTo
    self.extraHeaders = extraHeaders
  }

  /// An iCalendar object and what it asks the reader's calendar to do (RFC 5546).
  public struct CalendarPart: Sendable, Hashable {
    public enum Method: String, Sendable, Hashable, Codable {
      case request = "REQUEST"
      case cancel = "CANCEL"
    }

    public var method: Method
    /// The whole `VCALENDAR`, sent byte for byte.
    public var text: String

    public init(method: Method, text: String) {
      self.method = method
      self.text = text
    }
  }

  public enum AutoSubmitted: String, Sendable, Hashable, Codable {
    /// A notice, reminder or invitation.
    case generated = "auto-generated"
    /// An answer to a mail that came in.
    case replied = "auto-replied"
    /// Written by a person.
    case no = "no"
  }

  /// Where a mail program unsubscribes by one POST without asking (RFC 2369, RFC 8058).
  public struct Unsubscribe: Sendable, Hashable {
    public let url: String

    /// Nil unless the URL is `https://` or `http://`, at most 900 printable ASCII characters, without spaces and angle brackets.
    /// One-Click is announced for `https` only, as RFC 8058 asks.
    public init?(url: String) {
      guard url.hasPrefix("https://") || url.hasPrefix("http://"), url.utf8.count <= 900 else { return nil }
      guard url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x3C && $0 != 0x3E }) else { return nil }
      self.url = url
    }

    var isOneClick: Bool { url.hasPrefix("https://") }
  }

  /// A header of our own, `X-…`. Standard headers have their own properties, so that none can be sent twice.
  public struct ExtraHeader: Sendable, Hashable {
    public let name: String
    public let value: String

    /// Nil unless the name is `X-` with 1 to 60 letters, digits and hyphens.
    public init?(name: String, value: String) {
      guard name.hasPrefix("X-"), (3...62).contains(name.utf8.count) else { return nil }
      guard name.utf8.allSatisfy({ HeaderText.isLetterOrDigit($0) || $0 == 0x2D }) else { return nil }
      self.name = name
      self.value = value
    }
  }
}
