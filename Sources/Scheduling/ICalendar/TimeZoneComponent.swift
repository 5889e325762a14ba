/// Writes a `VTIMEZONE` (RFC 5545 section 3.6.5) from the zone tables: what the zone's clocks do over a span of time.
///
/// Changes that are alike (same offsets, same name) share one observance with a list of onsets, so that no rule has to be guessed and
/// zones that change around Ramadan or by half an hour are written as exactly as any other. O(changes in the span).
extension ContentLines {
  mutating func timeZone(_ zone: Zone, from: Int64, to: Int64) {
    raw("BEGIN:VTIMEZONE")
    raw("TZID:\(zone.name)")
    for observance in Self.observances(zone, from: MinuteClock.seconds(from), to: MinuteClock.seconds(to)) {
      let kind = observance.period.isDaylight ? "DAYLIGHT" : "STANDARD"
      raw("BEGIN:\(kind)")
      raw("DTSTART:\(Self.local(observance.onsets[0]))")
      raw("TZOFFSETFROM:\(Self.offset(observance.before))")
      raw("TZOFFSETTO:\(Self.offset(observance.period.offset))")
      text("TZNAME", observance.period.abbreviation)
      for onset in observance.onsets.dropFirst() { raw("RDATE:\(Self.local(onset))") }
      raw("END:\(kind)")
    }
    raw("END:VTIMEZONE")
  }

  private struct Observance {
    let period: ZonePeriod
    let before: Int32
    /// Wall seconds by the clock that is about to change; never empty.
    var onsets: [Int64]
  }

  /// The observance in force at the start, then every change until the end; at most 1,000.
  private static func observances(_ zone: Zone, from: Int64, to: Int64) -> [Observance] {
    var span = zone.span(at: from)
    // The first onset must not be after the first instance; where nothing is known before, it is the beginning of 1970.
    let opening = span.start == .min || span.start < 0 ? min(0, from) : span.start
    let before = span.start == .min ? span.period.offset : zone.span(at: span.start.addingSaturating(-1)).period.offset
    var found = [
      Observance(period: span.period, before: before, onsets: [opening.addingSaturating(Int64(before))])
    ]
    for _ in 0..<1_000 where span.end <= to && span.end != .max {
      let change = span.end
      let old = span.period.offset
      span = zone.span(at: change)
      let onset = change.addingSaturating(Int64(old))
      if let place = found.firstIndex(where: { $0.period == span.period && $0.before == old }) {
        found[place].onsets.append(onset)
      } else {
        found.append(Observance(period: span.period, before: old, onsets: [onset]))
      }
    }
    return found
  }

  /// `+0100`, with seconds where there are any.
  private static func offset(_ seconds: Int32) -> String {
    let size = Int(abs(seconds))
    let text = "\(seconds < 0 ? "-" : "+")\(padded(size / 3_600, 2))\(padded(size / 60 % 60, 2))"
    return size % 60 == 0 ? text : text + padded(size % 60, 2)
  }
}
