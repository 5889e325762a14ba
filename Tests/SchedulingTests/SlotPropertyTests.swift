import Scheduling
import Testing

@Suite struct SlotPropertyTests {
  let week: Int32 = 7 * 1_440
  let start = MinuteClock.minutes(roundingDown: now)

  /// Two to four people with random rules in zones whose quarter hours coincide.
  private func people(_ random: inout SeededGenerator) throws -> [Person] {
    try (0..<Int.random(in: 2...4, using: &random)).map { _ in
      var person = Person()
      person.rules.zone = ["Europe/Berlin", "America/New_York", "Africa/Cairo", "Asia/Kolkata"].randomElement(using: &random) ?? ""
      person.rules.weekly = try (0..<12).map { _ in
        let from = try #require(WallTime(minuteOfDay: Int.random(in: 0..<288, using: &random) * 5))
        let to = try #require(WallTime(minuteOfDay: Int.random(in: 0..<288, using: &random) * 5))
        return WeeklyWindow(Weekday.allCases.randomElement(using: &random) ?? .monday, from: from, to: to)
      }
      person.rules.bufferBefore = Int.random(in: 0...20, using: &random)
      person.rules.bufferAfter = Int.random(in: 0...20, using: &random)
      person.rules.noticeMinutes = Int.random(in: 0...2_000, using: &random)
      person.rules.sessionsPerDay = [nil, 1, 2].randomElement(using: &random) ?? nil
      person.rules.weeklyMinutes = [nil, 120, 300].randomElement(using: &random) ?? nil
      person.busy = intervals(12, &random)
      person.sessions = intervals(3, &random)
      return person
    }
  }

  private func intervals(_ count: Int, _ random: inout SeededGenerator) -> [Interval] {
    (0..<count).map { _ in
      let from = start + Int32.random(in: 0..<2 * week, using: &random)
      return Interval(start: from, end: from + Int32.random(in: 1...240, using: &random))
    }
  }

  private func search(_ people: [Person], minutes: Int = 30, now: Int64 = now) throws -> SlotSearch {
    let all = try people.map { try $0.participant() }
    return SlotSearch(host: try #require(all.first), guests: Array(all.dropFirst()), minutes: minutes, now: now)
  }

  private func forEachScene(_ body: ([Person], [Int32], inout SeededGenerator) throws -> Void) throws {
    var random = SeededGenerator(state: 2_026)
    var slots = 0
    for _ in 0..<150 {
      let scene = try people(&random)
      let starts = try search(scene).starts(from: start, to: start + 2 * week)
      slots += starts.count
      try body(scene, starts, &random)
    }
    try #require(slots > 1_000)
  }

  @Test("no slot touches anybody's busy time or buffers, and every slot lies on the grid of the host")
  func nothingBusy() throws {
    try forEachScene { people, starts, _ in
      for person in people {
        let zone = try tables.zone(person.rules.zone)
        for slot in starts {
          let taken = Interval(start: slot - Int32(person.rules.bufferBefore), end: slot + 30 + Int32(person.rules.bufferAfter))
          #expect(!(person.busy + person.sessions).contains { $0.overlaps(taken) })
          #expect(zone.local(at: MinuteClock.microseconds(slot)).time.minute % 15 == 0)
        }
      }
    }
  }

  @Test("every minute of a slot is inside a window of everybody, told by a slow independent reading of the rules")
  func insideWindows() throws {
    try forEachScene { people, starts, _ in
      for person in people {
        let zone = try tables.zone(person.rules.zone)
        for slot in starts {
          for minute in stride(from: slot, to: slot + 30, by: 5) {
            let local = zone.local(at: MinuteClock.microseconds(minute))
            #expect(person.rules.weekly.contains { isOpen($0, local) }, "\(local) \(zone.name)")
          }
        }
      }
    }
  }

  private func isOpen(_ weekly: WeeklyWindow, _ local: LocalDateTime) -> Bool {
    let window = weekly.window
    if window.from < window.to {
      return weekly.weekday == local.date.weekday && window.from <= local.time && local.time < window.to
    }
    return weekly.weekday == local.date.weekday && window.from <= local.time
      || weekly.weekday == local.date.adding(days: -1).weekday && local.time < window.to
  }

  @Test("every start on the grid that is open, free and within limits is a slot: none is forgotten")
  func complete() throws {
    try forEachScene { people, starts, _ in
      let known = Set(starts)
      let notice = people.map(\.rules.noticeMinutes).max() ?? 0
      for slot in stride(from: (start / 15 + 1) * 15, to: start + week, by: 15) where slot >= start + Int32(notice) && !known.contains(slot)
      {
        let reason = try people.contains { try isTaken(slot, $0) }
        #expect(reason, "\(slot) should be a slot")
      }
    }
  }

  /// Whether some rule of `person` speaks against 30 minutes at `slot`, minute by minute.
  private func isTaken(_ slot: Int32, _ person: Person) throws -> Bool {
    let zone = try tables.zone(person.rules.zone)
    let local = (slot..<slot + 30).map { zone.local(at: MinuteClock.microseconds($0)) }
    if local.contains(where: { minute in !person.rules.weekly.contains { isOpen($0, minute) } }) { return true }
    let (before, after) = (Int32(person.rules.bufferBefore), Int32(person.rules.bufferAfter))
    let own = Interval(start: slot - before, end: slot + 30 + after)
    if person.busy.contains(where: { $0.overlaps(own) }) { return true }
    if person.sessions.contains(where: { Interval(start: $0.start - before, end: $0.end + after).overlaps(own) }) { return true }
    let held = person.sessions.map { (date: zone.local(at: MinuteClock.microseconds($0.start)).date, minutes: $0.minutes) }
    return Set(local.map(\.date)).contains { date in
      let week = held.filter { IsoWeek(containing: $0.date) == IsoWeek(containing: date) }.reduce(0) { $0 + $1.minutes }
      return held.count { $0.date == date } >= person.rules.sessionsPerDay ?? .max || week + 30 > person.rules.weeklyMinutes ?? .max
    }
  }

  @Test("who is host and who is guest makes no difference where the grids coincide")
  func symmetric() throws {
    try forEachScene { people, starts, _ in
      let mirrored = try search(people.reversed())
      #expect(mirrored.starts(from: start, to: start + 2 * week) == starts)
    }
  }

  @Test("removing a busy interval or a session never removes a slot")
  func monotone() throws {
    try forEachScene { people, starts, random in
      var freed = people
      let who = Int.random(in: 0..<people.count, using: &random)
      freed[who].busy.remove(at: Int.random(in: 0..<freed[who].busy.count, using: &random))
      freed[who].sessions.remove(at: Int.random(in: 0..<freed[who].sessions.count, using: &random))
      let after = try search(freed).starts(from: start, to: start + 2 * week)
      #expect(Set(starts).isSubset(of: after))
    }
  }

  @Test("shifting everything by a week without a change of clocks shifts the slots")
  func shifted() throws {
    try forEachScene { people, starts, _ in
      let later = people.map { person in
        var moved = person
        moved.busy = person.busy.map { Interval(start: $0.start + week, end: $0.end + week) }
        moved.sessions = person.sessions.map { Interval(start: $0.start + week, end: $0.end + week) }
        return moved
      }
      let shifted = try search(later, now: now + MinuteClock.microseconds(week))
      #expect(shifted.starts(from: start + week, to: start + 3 * week) == starts.map { $0 + week })
    }
  }

  @Test("a window in two parts gives the same slots, and each start is confirmed on its own")
  func composable() throws {
    try forEachScene { people, starts, random in
      let search = try search(people)
      let cut = start + Int32.random(in: 0..<2 * week, using: &random)
      #expect(search.starts(from: start, to: cut) + search.starts(from: cut, to: start + 2 * week) == starts)
      #expect(starts.prefix(20).allSatisfy(search.isSlot))
      #expect(starts.prefix(20).allSatisfy { !search.isSlot($0 + 1) })
      #expect(starts.first == nil || search.nextFree(from: start) == starts.first)
      #expect(search.next(3, from: start).prefix(starts.count) == starts.prefix(3))
    }
  }
}
