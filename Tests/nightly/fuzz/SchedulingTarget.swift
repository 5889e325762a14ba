import Foundation

/// What a fuzzer throws at the readers of calendars and of zone files: -D FUZZ_CALENDAR or FUZZ_ZONE. Compiled together with the sources of
/// Scheduling. Whatever is read must keep the promises of its type.
@_cdecl("LLVMFuzzerTestOneInput")
public func oneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  #if FUZZ_CALENDAR
    calendar(bytes)
  #elseif FUZZ_ZONE
    if let zone = try? Zone(name: "Fuzz/Zone", bytes: bytes) { clocks(of: zone) }
  #endif
  return 0
}

private let zones = ZoneFolder().tables()
private let berlin = (try? zones.zone("Europe/Berlin")) ?? .utc
/// 16 November 2026, 07:00 UTC.
private let now: Int64 = 1_794_812_400_000_000

func calendar(_ bytes: [UInt8]) {
  let rules = FeedRules(owner: berlin, now: now, daysBack: 30, daysAhead: 181)
  var reader = FeedReader(zones: zones, rules: rules)
  guard let reading = reader.read(bytes) else { return }
  var again = FeedReader(zones: zones, rules: rules)
  if again.read(bytes)?.times != reading.times || reading.times.count > rules.mostInAll { abort() }
  for time in reading.times where time.start >= time.end || time.end <= rules.from || time.start >= rules.to { abort() }
}

/// A reading of the wall that happens once is shown at its instant, and the next free slot is the first of all slots.
func clocks(of zone: Zone) {
  for step in 0..<40 {
    let instant = now + Int64(step * step - 400) * 86_400_000_000 * 9
    let wall = zone.local(at: instant)
    let resolution = zone.resolve(wall)
    if resolution.kind == .unique, zone.local(at: resolution.instant) != wall { abort() }
    _ = zone.startOfDay(wall.date)
    _ = zone.nextChange(after: instant)
  }
  let windows = (0..<5).compactMap { number -> WeeklyWindow? in
    guard let from = WallTime(minuteOfDay: number * 317 % 1_440), let to = WallTime(minuteOfDay: number * 511 % 1_440) else { return nil }
    return WeeklyWindow(Weekday.allCases[number], from: from, to: to)
  }
  let host = Participant(availability: Availability(zone: zone.name, weekly: windows, noticeMinutes: 0, horizonDays: 20), zone: zone)
  let search = SlotSearch(host: host, guests: [], minutes: 45, now: now)
  let minute = MinuteClock.minutes(roundingDown: now)
  for later in [minute, minute + 7_001] where search.nextFree(from: later) != search.starts(from: later, to: .max).first { abort() }
}
