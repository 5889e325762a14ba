/// What a calendar program answers to an invitation: a `REPLY` or a `COUNTER` (RFC 5546 sections 3.2.3 and 3.2.7).
///
/// Bytes from outside: whatever they hold, reading ends, in time linear in their length, with a reply or with nil.
public struct InvitationReply: Sendable, Hashable {
  public enum Method: String, Sendable, Hashable {
    case reply = "REPLY"
    case counter = "COUNTER"
  }

  public var method: Method
  public var uid: String
  /// The version that is answered; 0 where it is left out.
  public var sequence: Int
  /// Nil when no attendee is named or the answer is of another kind, such as a delegation.
  public var answer: CalendarAttendee.Answer?
  /// What a `COUNTER` proposes, microseconds since 1970 UTC.
  public var start: Int64?
  /// The proposed end, microseconds since 1970 UTC.
  public var end: Int64?

  /// Longer texts are not read.
  public static let most = 256 * 1024

  /// Reads the first event of a calendar.
  ///
  /// - Parameter zones: for times with a `TZID`; a zone that is not known leaves the time out.
  public init?(_ text: String, zones: (String) -> Zone?) {
    guard text.utf8.count <= Self.most else { return nil }
    var method: Method?
    var values: [String: (parameters: String, value: String)] = [:]
    var depth: [String] = []
    for line in Self.unfolded(text) {
      guard let (name, parameters, value) = Self.split(line) else { continue }
      if name == "BEGIN" {
        if depth.count > 8 { return nil }
        depth.append(value.uppercased())
      } else if name == "END" {
        if depth.popLast() == "VEVENT" { break }
      } else if depth.count == 1, name == "METHOD" {
        method = Method(rawValue: value.uppercased())
      } else if depth == ["VCALENDAR", "VEVENT"], values[name] == nil {
        values[name] = (parameters, value)
      }
    }
    guard let method, let uid = values["UID"]?.value, !uid.isEmpty else { return nil }
    self.method = method
    self.uid = uid
    sequence = max(0, Int(values["SEQUENCE"]?.value ?? "0") ?? 0)
    let attendee = values["ATTENDEE"]?.parameters.uppercased() ?? ""
    answer = attendee.split(separator: ";").first { $0.hasPrefix("PARTSTAT=") }.flatMap {
      CalendarAttendee.Answer(rawValue: String($0.dropFirst(9)))
    }
    start = values["DTSTART"].flatMap { Self.time($0, zones) }
    end = values["DTEND"].flatMap { Self.time($0, zones) }
  }

  private static func unfolded(_ text: String) -> [String] {
    var lines: [String] = []
    // By scalars: a CR LF pair is one character to Swift.
    for line in text.unicodeScalars.split(whereSeparator: { $0 == "\r" || $0 == "\n" }) {
      if let first = line.first, first == " " || first == "\t", !lines.isEmpty {
        lines[lines.count - 1] += String(line.dropFirst())
      } else {
        lines.append(String(line))
      }
    }
    return lines
  }

  private static func split(_ line: String) -> (name: String, parameters: String, value: String)? {
    var quoted = false
    var firstSemicolon: String.Index?
    for index in line.indices {
      switch line[index] {
      case "\"": quoted.toggle()
      case ";" where !quoted: firstSemicolon = firstSemicolon ?? index
      case ":" where !quoted:
        let name = line[..<(firstSemicolon ?? index)].uppercased()
        let parameters = firstSemicolon.map { String(line[line.index(after: $0)..<index]) } ?? ""
        return (name, parameters, String(line[line.index(after: index)...]))
      default: break
      }
    }
    return nil
  }

  /// `20261123T080000Z`, or without `Z` in the zone that `TZID` names.
  private static func time(_ property: (parameters: String, value: String), _ zones: (String) -> Zone?) -> Int64? {
    let digits = property.value.filter(\.isASCII)
    guard digits.utf8.count >= 15, let date = CivilDate(dashed(digits.prefix(8))), digits.dropFirst(8).first == "T",
      let hour = Int(digits.dropFirst(9).prefix(2)), let minute = Int(digits.dropFirst(11).prefix(2)),
      let time = WallTime(hour: hour, minute: minute)
    else { return nil }
    if digits.hasSuffix("Z") { return Zone.utc.instant(of: LocalDateTime(date, time)) }
    let named = property.parameters.split(separator: ";").first { $0.uppercased().hasPrefix("TZID=") }?.dropFirst(5)
    guard let named, let zone = zones(named.filter { $0 != "\"" }) else { return nil }
    return zone.instant(of: LocalDateTime(date, time))
  }

  private static func dashed(_ digits: Substring) -> String { "\(digits.prefix(4))-\(digits.dropFirst(4).prefix(2))-\(digits.suffix(2))" }
}
