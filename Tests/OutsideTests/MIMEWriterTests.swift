import Kit
import Outside
import Testing

@Suite("Messages as they are written")
struct MIMEWriterTests {
  static let monday = Instant(seconds: 1_795_420_800)

  static func mail(subject: String = "Hello", name: String = "Ben", text: String = "Hi", html: String? = nil) throws -> Mail {
    Mail(
      messageID: MessageID(key: "reminder/1", secret: Secret([1, 2, 3]), domain: "example.org"), date: monday,
      from: Mailbox(try EmailAddress("tandem@example.org"), name: "Tandem"), to: Mailbox(try EmailAddress("ben@example.net"), name: name),
      subject: subject, text: text, html: html)
  }

  static func written(_ mail: Mail) throws -> (text: String, message: MessageReader) {
    let text = String(decoding: MIMEWriter.bytes(of: mail), as: UTF8.self)
    return (text, try MessageReader(text))
  }

  static let names = ["Date", "From", "To", "Subject", "Message-ID", "Auto-Submitted", "MIME-Version"]
  static let leafNames = ["Content-Type", "Content-Transfer-Encoding"]

  @Test(
    "no text of a subject or a name can add, end or split a header",
    arguments: [
      "x\r\nBcc: eve@example.org", "x\nBcc: eve@example.org", "x\rBcc: eve@example.org", "x\r\n\r\n<b>body</b>", "x\u{0}\r\nX: 1",
      "x\u{85}Bcc: eve", "x\u{2028}Bcc: eve", "x\u{2029}Bcc: eve", "x\u{0B}Bcc: eve", "x\u{0C}Bcc: eve", "\r\n", "\r\n\r\n", "", " ",
      "=?utf-8?B?DQpCY2M6IGV2ZUBleGFtcGxlLm9yZw==?=", "=?utf-8?Q?x=0D=0ABcc:_eve?=", "\" <eve@example.org>, \"", "\\", "\\\"", "a\"b",
      "eve@example.org", "a, b; c: d <e>", "(comment", "\r\n--=_tandem_alternative_=_\r\n", "Ünï\r\ncödé", "\u{1F469}\u{200D}\u{1F52C}\r\n",
      String(repeating: "\r\nBcc: eve@example.org", count: 500),
    ])
  func injection(attack: String) throws {
    var mail = try Self.mail(subject: attack, name: attack, text: "Hi")
    mail.extraHeaders = [try #require(Mail.ExtraHeader(name: "X-Tandem", value: attack))]
    let (text, message) = try Self.written(mail)
    #expect(message.headers.map(\.name) == Self.names.dropLast() + ["X-Tandem", "MIME-Version"] + Self.leafNames)
    #expect(message.body == "Hi\r\n")
    #expect(!text.replacing("\r\n", with: "").utf8.contains { $0 < 0x20 || $0 > 0x7E })
    let address = message.all("To").first?.pieces(between: " ").last ?? ""
    #expect(address == "<ben@example.net>" || address == "ben@example.net")
  }

  @Test(
    "a subject comes back as it was",
    arguments: [
      "Ann asks: how do I say no to my manager? (30 min, Mon 09:00 your time)", "Größe", "日本語の件名はとても長いので、いくつかの符号化語に分かれます。それでも同じに戻ります。",
      "plain then ünïcode then plain again and on and on until the line has to be folded somewhere", "👩‍🔬👨‍👩‍👧‍👦🏳️‍🌈",
      String(repeating: "é", count: 400), String(repeating: "word ", count: 150).trimmed, String(repeating: "x", count: 5000),
      "looks =?utf-8?B?ZW5jb2RlZA==?= but is not", "שלום עולם",
    ])
  func subjects(subject: String) throws {
    let (text, message) = try Self.written(Self.mail(subject: subject))
    #expect(message["Subject"] == subject)
    #expect(text.pieces(between: "\r\n").allSatisfy { $0.utf8.count <= 78 })
  }

  @Test(
    "a subject is one line: line ends and blanks become one space, other control characters vanish",
    arguments: [("a\r\nb", "a b"), (" a \t\n b\u{2028}", "a b"), ("a\u{0}\u{1B}b\u{7F}", "ab"), ("ä\rb", "ä b")])
  func oneLine(subject: String, expected: String) throws {
    try #expect(Self.written(Self.mail(subject: subject)).message["Subject"] == expected)
  }

  @Test(
    "a display name comes back as it was",
    arguments: [
      ("Ada Lovelace", "Ada Lovelace <ben@example.net>"), ("Lovelace, Ada", "\"Lovelace, Ada\" <ben@example.net>"),
      ("a\"b\\c", "\"a\\\"b\\\\c\" <ben@example.net>"), ("eve@example.org", "\"eve@example.org\" <ben@example.net>"),
      ("Zoë", "Zoë <ben@example.net>"), ("", "ben@example.net"),
    ])
  func displayNames(name: String, value: String) throws {
    try #expect(Self.written(Self.mail(name: name)).message["To"] == value)
  }

  @Test("each encoded word is at most 75 characters and holds whole characters")
  func encodedWords() throws {
    let (text, _) = try Self.written(Self.mail(subject: String(repeating: "é日👩", count: 60)))
    let words = text.pieces(between: " ").flatMap { $0.pieces(between: "\r\n") }.filter { $0.hasPrefix("=?") }
    #expect(words.count > 10)
    for word in words {
      #expect(word.utf8.count <= 75)
      #expect(!MessageReader.words(String(word)).contains("\u{FFFD}"))
    }
  }

  @Test(
    "a body comes back as it was, with CRLF line ends",
    arguments: [
      "Hi", "", "one\ntwo\r\nthree\rfour", "trailing blanks  \nand tab\t\nend", ".\n..\n.hidden", "From here\n>From there", "=3D = ==",
      "Größe 日本語 👩‍🔬", String(repeating: "long ", count: 1000), String(repeating: "é", count: 3000), "--=_tandem_alternative_=_--\n\n\nx",
    ])
  func bodies(body: String) throws {
    let (text, message) = try Self.written(Self.mail(text: body, html: "<p>\(body)</p>"))
    let lines = body.split(omittingEmptySubsequences: false) { $0.isNewline }
    let expected = (lines.count > 1 && lines.last == "" ? lines.dropLast() : lines).joined(separator: "\r\n")
    #expect(message.type == "multipart/alternative")
    #expect(message.leaves.map(\.type) == ["text/plain", "text/html"])
    #expect(message.leaves.first?.body == expected)
    #expect(message.leaves.last?.body == "<p>" + lines.joined(separator: "\r\n") + "</p>")
    let written = text.pieces(between: "\r\n")
    #expect(written.allSatisfy { $0.utf8.count <= 78 && !$0.hasSuffix(" ") && !$0.hasSuffix("\t") })
    #expect(!text.replacing("\r\n", with: "").contains { $0 == "\r" || $0 == "\n" })
  }

  @Test("a calendar is an alternative with its method, and once more a file", arguments: [Mail.CalendarPart.Method.request, .cancel])
  func calendar(method: Mail.CalendarPart.Method) throws {
    let ics = "BEGIN:VCALENDAR\r\nMETHOD:\(method.rawValue)\r\nSUMMARY:Größe\r\nEND:VCALENDAR\r\n"
    var mail = try Self.mail(html: "<p>Hi</p>")
    mail.calendar = Mail.CalendarPart(method: method, text: ics)
    let message = try Self.written(mail).message
    #expect(message.type == "multipart/mixed")
    #expect(message.parts.map(\.type) == ["multipart/alternative", "application/ics"])
    #expect(message.leaves.map(\.type) == ["text/plain", "text/html", "text/calendar", "application/ics"])
    #expect(message.leaves[2]["Content-Type"] == "text/calendar; charset=utf-8; method=\(method.rawValue)")
    #expect(message.leaves[3]["Content-Disposition"] == "attachment; filename=\"invite.ics\"")
    #expect(message.leaves[2].body == ics && message.leaves[3].body == ics)
  }

  @Test("the headers that mail programs act on are there, once each")
  func headers() throws {
    var mail = try Self.mail()
    mail.unsubscribe = Mail.Unsubscribe(url: "https://tandem.example.org/unsubscribe?token=" + String(repeating: "a", count: 200))
    mail.replyTo = Mailbox(try EmailAddress("reply+abc@example.org"))
    mail.inReplyTo = MessageID("<first@example.org>")
    let message = try Self.written(mail).message
    #expect(Set(message.headers.map(\.name)).count == message.headers.count)
    #expect(message["Date"] == "Mon, 23 Nov 2026 08:00:00 +0000")
    #expect(message["Auto-Submitted"] == "auto-generated")
    #expect(message["List-Unsubscribe"] == "<\(try #require(mail.unsubscribe).url)>")
    #expect(message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click")
    #expect(message["Reply-To"] == "reply+abc@example.org")
    #expect(message["In-Reply-To"] == "<first@example.org>")
    #expect(message["Message-ID"] == mail.messageID.description)
  }

  @Test(
    "dates are those of the calendar",
    arguments: [
      (0, "Thu, 01 Jan 1970 00:00:00 +0000"), (951_782_400, "Tue, 29 Feb 2000 00:00:00 +0000"),
      (1_772_323_199, "Sat, 28 Feb 2026 23:59:59 +0000"), (-1, "Wed, 31 Dec 1969 23:59:59 +0000"),
    ])
  func dates(seconds: Int64, text: String) throws {
    var mail = try Self.mail()
    mail.date = Instant(seconds: seconds)
    try #expect(Self.written(mail).message["Date"] == text)
  }

  @Test("an unsubscribe link that could leave its brackets is refused; plain http is not announced as one-click")
  func unsubscribe() throws {
    for url in ["javascript:alert(1)", "https://a>\r\nBcc: x", "https://a b", "https://ü", "https://" + String(repeating: "a", count: 900)]
    {
      #expect(Mail.Unsubscribe(url: url) == nil)
    }
    var mail = try Self.mail()
    mail.unsubscribe = Mail.Unsubscribe(url: "http://127.0.0.1:8080/u")
    #expect(try Self.written(mail).message["List-Unsubscribe-Post"] == nil)
  }

  @Test(
    "only X- headers can be added",
    arguments: ["Bcc", "X-", "X-a b", "X-a:", "X-ä", "Subject", "x-a", "X-" + String(repeating: "a", count: 61)])
  func extraHeaders(name: String) {
    #expect(Mail.ExtraHeader(name: name, value: "1") == nil)
  }

  @Test("a Message-ID is the same for the same key, another for another key or secret")
  func messageIDs() throws {
    let first = MessageID(key: "a", secret: Secret([1]), domain: "example.org")
    #expect(first == MessageID(key: "a", secret: Secret([1]), domain: "Example.org"))
    #expect(first != MessageID(key: "b", secret: Secret([1]), domain: "example.org"))
    #expect(first != MessageID(key: "a", secret: Secret([2]), domain: "example.org"))
    #expect(first.left.count == 40 && MessageID(first.description) == first)
    #expect(MessageID("<a@b>\r\nX: 1") == nil)
  }

  @Test("the same mail is the same bytes, and a mail with 20 kB of text is under 25 kB")
  func size() throws {
    let mail = try Self.mail(
      text: String(repeating: "A line of the kind people write, with a comma.\n", count: 220),
      html: String(repeating: "<p>x</p>", count: 1200))
    #expect(MIMEWriter.bytes(of: mail) == MIMEWriter.bytes(of: mail))
    #expect(MIMEWriter.bytes(of: mail).count < 25_000)
  }
}

extension StringProtocol where SubSequence == Substring {
  func pieces(between separator: String) -> [Substring] { split(separator: separator, omittingEmptySubsequences: false) }
}
