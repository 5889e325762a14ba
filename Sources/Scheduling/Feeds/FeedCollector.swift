/// Turns events and the wall times at which they come back into occurrences. Every reader of feeds uses it, so that all agree on what
/// an event means:
///
/// * an instance lasts as long as the first one: with `DTEND` the seconds that pass, with `DURATION` whole days on the wall and then
///   seconds; a date without either lasts that day; what has no length takes no time;
/// * `UNTIL` is compared as it is written: an instant, a wall reading, or a date of which the whole day counts; whole days are compared
///   with the date it names;
/// * an `EXDATE` of a date takes out all instances of that date, any other the instance at that instant;
/// * a `RECURRENCE-ID` takes out the instance it names, wherever in the file it stands, even when what replaces it is cancelled;
/// * instances of one event at the same instant are one.
package struct FeedCollector {
  package let rules: FeedRules
  private let from: Int64
  private let to: Int64
  package private(set) var zones: [FeedZone]
  package private(set) var occurrences: [FeedOccurrence] = []
  package private(set) var warnings: [FeedWarning] = []
  package private(set) var components = 0
  private var replaced: [(uid: UInt64, instant: Int64, day: Int, isDate: Bool)] = []
  private var current = Current()

  /// What all instances of the event at hand share.
  private struct Current {
    var zone = 0
    var isDate = false
    var days: Int64 = 0
    var seconds: Int64 = 0
    var until = FeedEvent.Until.none
    var excludedInstants: [Int64] = []
    var excludedDays: Set<Int> = []
    var pattern = FeedOccurrence(start: 0, end: 0, uid: 0, day: 0, isAllDay: false, isMarked: false, isReplacement: false)
    /// Where its occurrences begin.
    var first = 0
    var isSorted = true
  }

  package init(_ rules: FeedRules) {
    self.rules = rules
    from = rules.fromSecond
    to = rules.toSecond
    zones = [FeedZone(name: [], zone: .utc), FeedZone(name: [], zone: rules.owner)]
  }

  /// Begins another feed; zones stay known.
  package mutating func clear() {
    occurrences.removeAll(keepingCapacity: true)
    warnings.removeAll(keepingCapacity: true)
    replaced.removeAll(keepingCapacity: true)
    components = 0
  }

  package mutating func warn(_ warning: FeedWarning) {
    if warnings.count < 100, !warnings.contains(warning) { warnings.append(warning) }
  }

  /// The zone the feed calls by this name, if it was met before.
  func zoneIndex(_ name: Bytes) -> Int? {
    for index in 2..<zones.count where name.equals(zones[index].name) { return index }
    return nil
  }

  package mutating func add(_ zone: FeedZone) -> Int {
    zones.append(zone)
    return zones.count - 1
  }

  /// Forgets the zones from this index on: those that only one file defines.
  package mutating func forgetZones(from index: Int) { zones.removeSubrange(min(max(index, 2), zones.count)...) }

  package mutating func instant(_ moment: FeedMoment) -> Int64 {
    moment.isDate ? zones[FeedZone.owner].startOfDay(moment.day) : zones[moment.zone].instant(of: moment.wall)
  }

  /// Counts an event; false when it is one too many.
  package mutating func count() -> Bool {
    components += 1
    if components <= rules.mostComponents { return true }
    components = rules.mostComponents
    warn(.tooManyComponents(rules.mostComponents))
    return false
  }

  /// Prepares for the instances of `event`; false when none of them takes time.
  package mutating func begin(_ event: FeedEvent) -> Bool {
    guard let start = event.start else {
      warn(.unreadableEvents)
      return false
    }
    if let moment = event.replaced {
      replaced.append((event.uid, instant(moment), moment.day, moment.isDate))
    }
    if event.isCancelled || event.isTransparent && rules.transparentIsFree || start.isDate && !rules.allDayIsBusy { return false }
    setLength(event, start)
    guard current.days > 0 || current.seconds > 0 || event.additions.contains(where: { $0.seconds != nil }) else { return false }
    (current.zone, current.isDate) = (start.zone, start.isDate)
    until = event.until
    current.excludedInstants.removeAll(keepingCapacity: true)
    current.excludedDays.removeAll(keepingCapacity: true)
    for moment in event.exceptions {
      if moment.isDate { current.excludedDays.insert(moment.day) } else { current.excludedInstants.append(instant(moment)) }
    }
    if current.excludedInstants.count > 16 { current.excludedInstants.sort() }
    current.pattern.uid = event.uid
    current.pattern.isAllDay = start.isDate
    current.pattern.isMarked = event.isMarked
    current.pattern.isReplacement = event.replaced != nil
    current.first = occurrences.count
    current.isSorted = true
    return true
  }

  private mutating func setLength(_ event: FeedEvent, _ start: FeedMoment) {
    (current.days, current.seconds) = (0, 0)
    if let end = event.end {
      if start.isDate, end.isDate {
        current.days = Int64(end.day - start.day)
      } else {
        current.seconds = instant(end) - instant(start)
      }
    } else if let duration = event.duration {
      (current.days, current.seconds) = (duration.days, duration.seconds)
    } else if start.isDate {
      current.days = 1
    }
  }

  /// The end of the repetition at hand, for events with several rules.
  package var until: FeedEvent.Until {
    get { current.until }
    set {
      current.until = newValue
      if case .instant(let last) = newValue, current.isDate { current.until = .day(Int(floorDivide(last, 86_400))) }
    }
  }

  /// Days by which instances reach beyond their date, rounded up.
  private var lengthInDays: Int { Int(clamping: current.days + current.seconds / 86_400 + 1) }

  /// The dates, as days since 1970, outside of which no instance of the event at hand can matter.
  package var days: ClosedRange<Int> {
    let first = Int(floorDivide(from, 86_400)) - 2 - lengthInDays
    return first...max(first, Int(floorDivide(to, 86_400)) + 2)
  }

  /// An instance at a wall reading of the event's own clock; readings come in ascending order. False when no later one can matter.
  @inline(__always) package mutating func instance(at wall: Int64) -> Bool {
    switch current.until {
    case .none, .instant: break
    case .wall(let last): if wall > last { return false }
    case .day(let last): if floorDivide(wall, 86_400) > last { return false }
    }
    let start =
      current.isDate
      ? zones[FeedZone.owner].startOfDay(Int(floorDivide(wall, 86_400))) : zones[current.zone].instant(of: wall)
    if case .instant(let last) = current.until, start > last { return false }
    if start >= to { return start < to + 86_400 }
    return add(start: start, wall: wall, seconds: nil)
  }

  /// An instance written down by itself, perhaps with a length of its own.
  package mutating func addition(_ moment: FeedMoment, seconds: Int64?) -> Bool {
    add(start: instant(moment), wall: moment.wall, seconds: seconds)
  }

  @inline(__always) private mutating func add(start: Int64, wall: Int64, seconds: Int64?) -> Bool {
    let end = seconds.map { start + $0 } ?? self.end(start: start, wall: wall)
    if end <= from || end <= start || start >= to || isExcluded(start, wall) { return true }
    if occurrences.count > current.first, let last = occurrences.last, last.start >= start { current.isSorted = false }
    guard occurrences.count - current.first < rules.mostInstances else {
      warn(.tooManyInstances(rules.mostInstances))
      return false
    }
    guard occurrences.count < rules.mostInAll else {
      warn(.tooManyInstances(rules.mostInAll))
      return false
    }
    var occurrence = current.pattern
    occurrence.start = start
    occurrence.end = end
    occurrence.day = Int32(clamping: floorDivide(wall, 86_400))
    occurrences.append(occurrence)
    return true
  }

  private mutating func end(start: Int64, wall: Int64) -> Int64 {
    if current.days == 0 { return start + current.seconds }
    if current.isDate {
      return zones[FeedZone.owner].startOfDay(Int(floorDivide(wall, 86_400) + current.days)) + current.seconds
    }
    return zones[current.zone].instant(of: wall + current.days * 86_400) + current.seconds
  }

  @inline(__always) private func isExcluded(_ start: Int64, _ wall: Int64) -> Bool {
    if current.excludedInstants.isEmpty, current.excludedDays.isEmpty { return false }
    if !current.excludedDays.isEmpty, current.excludedDays.contains(Int(floorDivide(wall, 86_400))) { return true }
    let instants = current.excludedInstants
    if instants.count <= 16 { return instants.contains(start) }
    var low = 0
    var high = instants.count
    while low < high {
      let middle = (low + high) / 2
      if instants[middle] < start { low = middle + 1 } else { high = middle }
    }
    return low < instants.count && instants[low] == start
  }

  /// Closes the event at hand.
  package mutating func end() {
    if current.isSorted { return }
    let own = occurrences[current.first...].sorted { ($0.start, $0.end) < ($1.start, $1.end) }
    occurrences.removeSubrange(current.first...)
    for occurrence in own where occurrences.count == current.first || occurrences.last?.start != occurrence.start {
      occurrences.append(occurrence)
    }
  }

  /// Takes out what other events stand for. Call it once, after the last event.
  package mutating func finish() {
    if replaced.isEmpty { return }
    let byUID = Dictionary(grouping: replaced, by: \.uid)
    occurrences.removeAll { occurrence in
      guard !occurrence.isReplacement, let candidates = byUID[occurrence.uid] else { return false }
      return candidates.contains { candidate in
        candidate.isDate || occurrence.isAllDay ? candidate.day == Int(occurrence.day) : candidate.instant == occurrence.start
      }
    }
  }

  package var reading: FeedReading {
    var reading = FeedReading()
    reading.components = components
    reading.warnings = warnings
    reading.times = occurrences.map {
      FeedTime(
        start: MinuteClock.microseconds(seconds: $0.start), end: MinuteClock.microseconds(seconds: $0.end), uid: $0.uid,
        isAllDay: $0.isAllDay, isMarked: $0.isMarked)
    }.sorted()
    return reading
  }
}
