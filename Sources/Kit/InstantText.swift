/// RFC 3339 text of an instant, `2026-11-23T08:00:00Z`, and its reader.
extension Instant: CustomStringConvertible, Codable {
  public var description: String {
    let day = seconds.flooredDivision(by: 86400)
    let second = Int(seconds - day * 86400)
    let (year, month, date) = Instant.civil(day: day)
    var text =
      "\(pad(year, 4))-\(pad(month, 2))-\(pad(date, 2))T\(pad(second / 3600, 2)):\(pad(second / 60 % 60, 2)):\(pad(second % 60, 2))"
    let fraction = Int(microseconds &- seconds &* 1_000_000)
    if fraction != 0 { text += "." + (fraction % 1000 == 0 ? pad(fraction / 1000, 3) : pad(fraction, 6)) }
    return text + "Z"
  }

  /// Reads RFC 3339 with `Z` or an offset up to ±14:00; seconds and their fraction may be left out. Years 1970 to 2200.
  public init?(_ text: some StringProtocol) {
    var reader = DigitReader(bytes: Array(text.utf8))
    guard let year = reader.number(4), reader.skip("-"), let month = reader.number(2), reader.skip("-"), let date = reader.number(2),
      reader.skip("T") || reader.skip("t") || reader.skip(" "),
      let hour = reader.number(2), reader.skip(":"), let minute = reader.number(2)
    else { return nil }
    var second = 0
    var fraction: Int64 = 0
    if reader.skip(":") {
      guard let read = reader.number(2) else { return nil }
      second = read
      if reader.skip(".") {
        guard let read = reader.fraction() else { return nil }
        fraction = read
      }
    }
    guard let offset = reader.offset(), reader.isAtEnd else { return nil }
    guard (1970...2200).contains(year), (1...12).contains(month), date >= 1, date <= Instant.length(ofMonth: month, year: year),
      hour < 24, minute < 60, second < 60
    else { return nil }
    let days = Instant.day(year: year, month: month, date: date)
    let local = days * 86400 + Int64(hour * 3600 + minute * 60 + second)
    self.init(microseconds: (local - Int64(offset * 60)) * 1_000_000 + fraction)
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let instant = Instant(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "Give a time such as 2026-11-23T08:00:00Z.")
    }
    self = instant
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }

  /// Days since 1970-01-01 of a date of the proleptic Gregorian calendar (Howard Hinnant, "chrono-compatible low-level date algorithms").
  public static func day(year: Int, month: Int, date: Int) -> Int64 {
    let shifted = Int64(month <= 2 ? year - 1 : year)
    let era = shifted.flooredDivision(by: 400)
    let yearOfEra = shifted - era * 400
    let dayOfYear = Int64((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + date - 1)
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// The date of a day since 1970-01-01: the inverse of `day(year:month:date:)`.
  public static func civil(day: Int64) -> (year: Int, month: Int, date: Int) {
    let shifted = day + 719_468
    let era = shifted.flooredDivision(by: 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = Int(shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9)
    return (Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0), month, Int(dayOfYear - (153 * shiftedMonth + 2) / 5 + 1))
  }

  public static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  private func pad(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}

private struct DigitReader {
  let bytes: [UInt8]
  var place = 0

  var isAtEnd: Bool { place == bytes.count }

  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard place < bytes.count, bytes[place] == UInt8(ascii: character) else { return false }
    place += 1
    return true
  }

  mutating func number(_ width: Int) -> Int? {
    guard place + width <= bytes.count else { return nil }
    var value = 0
    for byte in bytes[place..<place + width] {
      guard byte >= 48, byte <= 57 else { return nil }
      value = value * 10 + Int(byte - 48)
    }
    place += width
    return value
  }

  mutating func fraction() -> Int64? {
    var value: Int64 = 0
    var width = 0
    while place < bytes.count, bytes[place] >= 48, bytes[place] <= 57 {
      if width < 6 { value = value * 10 + Int64(bytes[place] - 48) }
      width += 1
      place += 1
    }
    guard width > 0, width <= 9 else { return nil }
    for _ in min(width, 6)..<6 { value *= 10 }
    return value
  }

  /// Minutes east of UTC.
  mutating func offset() -> Int? {
    if skip("Z") || skip("z") { return 0 }
    let sign = skip("+") ? 1 : skip("-") ? -1 : 0
    guard sign != 0, let hours = number(2), skip(":"), let minutes = number(2), minutes < 60, hours * 60 + minutes <= 840 else {
      return nil
    }
    return sign * (hours * 60 + minutes)
  }
}
