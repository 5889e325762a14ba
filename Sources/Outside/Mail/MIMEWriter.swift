import Kit

/// Writes a `Mail` as an Internet message (RFC 5322, RFC 2045-2047, RFC 6047).
///
/// The bytes are pure ASCII with CRLF line ends, and equal for equal mails. Lines keep to 78 characters unless one token is longer,
/// and never reach 998. No text of a mail can start a header, a part or a line of its own. A leading dot is left to the transport.
public enum MIMEWriter {
  public static func bytes(of mail: Mail) -> [UInt8] { Array(text(of: mail).utf8) }

  static func text(of mail: Mail) -> String { headers(of: mail) + body(of: mail) }

  private static func headers(of mail: Mail) -> String {
    var headers = HeaderText.tokens("Date", [MailDate.text(mail.date)])
    headers += HeaderText.mailbox("From", mail.from)
    headers += HeaderText.mailbox("To", mail.to)
    if let replyTo = mail.replyTo { headers += HeaderText.mailbox("Reply-To", replyTo) }
    headers += HeaderText.unstructured("Subject", mail.subject)
    headers += HeaderText.tokens("Message-ID", [mail.messageID.description])
    if let answered = mail.inReplyTo {
      headers += HeaderText.tokens("In-Reply-To", [answered.description])
      headers += HeaderText.tokens("References", [answered.description])
    }
    if mail.autoSubmitted != .no { headers += HeaderText.tokens("Auto-Submitted", [mail.autoSubmitted.rawValue]) }
    if let unsubscribe = mail.unsubscribe {
      headers += HeaderText.tokens("List-Unsubscribe", ["<\(unsubscribe.url)>"])
      if unsubscribe.isOneClick { headers += HeaderText.tokens("List-Unsubscribe-Post", ["List-Unsubscribe=One-Click"]) }
    }
    for header in mail.extraHeaders { headers += HeaderText.unstructured(header.name, header.value) }
    return headers + "MIME-Version: 1.0\r\n"
  }

  /// Text alone; or the alternatives; or, with a calendar, the alternatives and the same calendar once more as a file.
  private static func body(of mail: Mail) -> String {
    var alternatives = [part("text/plain; charset=utf-8", quoted: mail.text)]
    if let html = mail.html { alternatives.append(part("text/html; charset=utf-8", quoted: html)) }
    guard let calendar = mail.calendar else { return multipart("alternative", alternatives) }
    let bytes = Array(calendar.text.utf8)
    alternatives.append(part("text/calendar; charset=utf-8; method=\(calendar.method.rawValue)", encoded: bytes))
    let file = part(
      "application/ics; name=\"invite.ics\"", "Content-Disposition: attachment; filename=\"invite.ics\"", encoded: bytes)
    return multipart("mixed", [multipart("alternative", alternatives), file])
  }

  private static func part(_ type: String, quoted text: String) -> String {
    "Content-Type: \(type)\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" + QuotedPrintable.lines(of: text)
  }

  private static func part(_ type: String, _ headers: String..., encoded bytes: [UInt8]) -> String {
    let lines = ["Content-Type: \(type)", "Content-Transfer-Encoding: base64"] + headers
    return lines.joined(separator: "\r\n") + "\r\n\r\n" + Base64.lines(of: bytes)
  }

  /// The boundary holds `=_`, which neither quoted-printable nor base64 can contain.
  private static func multipart(_ kind: String, _ parts: [String]) -> String {
    if let only = parts.first, parts.count == 1 { return only }
    let boundary = "=_tandem_\(kind)_=_"
    let opening = "Content-Type: multipart/\(kind);\r\n boundary=\"\(boundary)\"\r\n\r\n"
    return opening + parts.map { "--\(boundary)\r\n\($0)" }.joined() + "--\(boundary)--\r\n"
  }
}

/// `Mon, 23 Nov 2026 08:00:00 +0000` (RFC 5322, always UTC).
enum MailDate {
  static func text(_ instant: Instant) -> String {
    let second = Int(instant.seconds.quotientAndFlooredRemainder(86_400).remainder)
    let day = instant.seconds.quotientAndFlooredRemainder(86_400).quotient
    let (year, month, date) = Instant.civil(day: day)
    let clock = [second / 3600, second / 60 % 60, second % 60].map(twoDigits).joined(separator: ":")
    let weekday = weekdays[Int((day + 4).quotientAndFlooredRemainder(7).remainder)]
    return "\(weekday), \(twoDigits(date)) \(months[month - 1]) \(year) \(clock) +0000"
  }

  private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
}

extension Int64 {
  fileprivate func quotientAndFlooredRemainder(_ divisor: Int64) -> (quotient: Int64, remainder: Int64) {
    let quotient = flooredDivision(by: divisor)
    return (quotient, self - quotient * divisor)
  }
}
